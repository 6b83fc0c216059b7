// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.step.PermanentFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFactsTest {
    private static final String FQDN = "MSFT_SIPPoolSetting.PoolFQDN";

    @TempDir
    Path folder;

    /** Four ways in which a tool could spell the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<S><Class Name='MSFT_SIPPoolSetting'><Instance Key='k'><Property Name='PoolFQDN'>p.lab</Property>"
                        + "</Instance></Class></S>",
                "<S><MSFT_SIPPoolSetting><PoolFQDN Type='string'> p.lab </PoolFQDN></MSFT_SIPPoolSetting></S>",
                "<S><MSFT_SIPPoolSetting PoolFQDN='p.lab'/></S>",
                "<S><INSTANCE CLASSNAME='MSFT_SIPPoolSetting'><PROPERTY NAME='PoolFQDN' TYPE='string'><VALUE>p.lab</VALUE>"
                        + "</PROPERTY></INSTANCE></S>"
            })
    void findsAPropertyHoweverItIsSpelt(String xml) throws Exception {
        var file = Files.writeString(folder.resolve("s.xml"), xml);

        assertThat(SettingsFacts.values(file, List.of(FQDN))).containsEntry(FQDN, Set.of("p.lab"));
    }

    @Test
    void takesNoPropertyOfAnotherClassAndNoEmptyValue() throws Exception {
        var file = Files.writeString(
                folder.resolve("s.xml"),
                "<S><Class Name='Other'><Property Name='PoolFQDN'>no.lab</Property></Class>"
                        + "<Class Name='MSFT_SIPPoolSetting'><Property Name='PoolFQDN'/></Class></S>");

        assertThat(SettingsFacts.values(file, List.of(FQDN))).containsEntry(FQDN, Set.of());
    }

    @Test
    void readsTheUsersOfAnExportInUtf16() throws Exception {
        var file = Files.write(
                folder.resolve("u.xml"),
                ("<?xml version=\"1.0\" encoding=\"utf-16\"?><HomedResources><HomedResource UserAtHost=\"A@ocs.lab\"/>"
                                + "<HomedResource UserAtHost=\"sip:b@ocs.lab\"/></HomedResources>")
                        .getBytes(StandardCharsets.UTF_16));

        assertThat(SettingsFacts.users(file)).containsExactlyInAnyOrder("a@ocs.lab", "b@ocs.lab");
    }

    @Test
    void saysThatAFileIsNoXml() throws Exception {
        var file = Files.writeString(folder.resolve("s.xml"), "<S>");

        assertThatThrownBy(() -> SettingsFacts.users(file)).isInstanceOf(PermanentFault.class);
        assertThatThrownBy(() -> SettingsFacts.values(file, List.of(FQDN))).isInstanceOf(PermanentFault.class);
    }
}
