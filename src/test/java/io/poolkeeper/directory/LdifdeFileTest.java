// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.tool.Unattended;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdifdeFileTest {
    private static final String TEXT = """
            dn: CN=RTC Service,CN=Services,CN=Configuration,DC=ocs,DC=lab
            changetype: add
            objectClass: top
            objectClass: container
            cn: RTC Service
            description:: SsO8cmdlbg==

            dn: CN=Pools,CN=RTC Service,CN=Services,CN=Configuration,DC=ocs,DC=l
             ab
            changetype: add
            objectClass: container
            cn: Pools

            """.replace("\n", "\r\n");

    @TempDir
    Path folder;

    private List<Entry> read(String text, Charset encoding) throws IOException {
        var entries = new ArrayList<Entry>();
        LdifdeFile.read(
                Files.writeString(folder.resolve("configuration-1.ldf"), text, encoding),
                new Unattended(Duration.ofMinutes(1)),
                entries::add);
        return entries;
    }

    @Test
    void readsItInEveryEncodingThatLdifdeWrites() throws IOException {
        var plain = read(TEXT, StandardCharsets.US_ASCII);

        assertThat(plain).hasSize(2);
        assertThat(plain.get(0).getAttributeValue("description")).isEqualTo("Jürgen");
        assertThat(plain.get(0).hasAttribute("changetype")).isFalse();
        assertThat(plain.get(1).getDN()).endsWith("DC=lab");
        assertThat(read("\uFEFF" + TEXT, StandardCharsets.UTF_16LE)).isEqualTo(plain);
        assertThat(read(TEXT, StandardCharsets.UTF_16LE)).isEqualTo(plain);
        assertThat(read("\uFEFF" + TEXT, StandardCharsets.UTF_16BE)).isEqualTo(plain);
        assertThat(read("\uFEFF" + TEXT, StandardCharsets.UTF_8)).isEqualTo(plain);
    }

    @Test
    void readsNothingFromAFileWithoutEntries() throws IOException {
        assertThat(read("", StandardCharsets.US_ASCII)).isEmpty();
    }

    @Test
    void refusesWhatIsCutOffWithinAnEntry() {
        assertThatThrownBy(() -> read(TEXT.substring(0, TEXT.indexOf("top") - 5), StandardCharsets.US_ASCII))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("is not LDIF");
    }

    @Test
    void refusesRecordsThatAddNothing() {
        assertThatThrownBy(() -> read("dn: CN=a,DC=lab\r\nchangetype: delete\r\n\r\n", StandardCharsets.US_ASCII))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("adds nothing");
    }

    @Test
    void fetchesNoValueFromAnywhere() {
        assertThatThrownBy(() -> read(
                        "dn: CN=a,DC=lab\r\nchangetype: add\r\ncn:< file:///etc/passwd\r\n\r\n",
                        StandardCharsets.US_ASCII))
                .isInstanceOf(PermanentFault.class);
    }

    @Test
    void noticesThatADomainControllerGaveOnlySomeValues() throws IOException {
        var entries = read(
                "dn: CN=g,DC=lab\r\nchangetype: add\r\nmember;range=0-1499: CN=a,DC=lab\r\n\r\n",
                StandardCharsets.US_ASCII);

        assertThat(LdifdeFile.ranged(entries.get(0))).hasValue("member of CN=g,DC=lab");
    }
}
