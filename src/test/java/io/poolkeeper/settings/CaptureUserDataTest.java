// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureUserDataTest {
    private static final String PART = "settings:userdata/ocs2007";

    @TempDir
    Path folder;

    @Test
    void countsTheUsersOfUtf16() throws IOException {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n" + StandIn.USERS.replace("c@", "\u010d@");
        Files.write(folder.resolve("export"), ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16LE));
        var run = SettingsRun.standard(folder, "cp \"$here/export\" \"$file\"");

        var captured = run.captureUserData(PART);

        assertThat(captured.warnings()).isEmpty();
        assertThat(captured.recorded().path("users").asLong()).isEqualTo(2);
        assertThat(captured.artefacts()).singleElement().extracting("path").isEqualTo("userdata/ocs2007.xml");
        assertThat(run.work.attemptFolder().resolve("userdata/ocs2007.xml"))
                .hasSameBinaryContentAs(folder.resolve("export"));
    }

    @Test
    void leavesTheServerOutOnStandardEdition() {
        var run = SettingsRun.standard(folder, StandIn.writing(StandIn.USERS));

        run.captureUserData(PART);

        assertThat(run.arguments())
                .satisfiesExactly(
                        file -> assertThat(file).startsWith("/hrxmlfile:").endsWith("ocs2007.xml"),
                        type -> assertThat(type).isEqualTo("/restype:user"));
    }

    @ParameterizedTest
    @CsvSource({
        "'jdbc:sqlserver://sql1.ocs.lab;encrypt=true', sql1.ocs.lab",
        "'jdbc:sqlserver://sql1.ocs.lab:1433;encrypt=true;instanceName=RTC', sql1.ocs.lab\\RTC",
        "'jdbc:sqlserver://sql1.ocs.lab\\RTC;encrypt=true', sql1.ocs.lab\\RTC",
        "'jdbc:sqlserver://;serverName=sql1.ocs.lab;instanceName={RTC}', sql1.ocs.lab\\RTC",
        "'jdbc:sqlserver://SQL1;encrypt=true', sql1"
    })
    void namesTheBackEndOfAnEnterprisePool(String url, String backEnd) {
        var run = enterprise(url);

        run.captureUserData("settings:userdata/pool1");

        assertThat(run.arguments()).contains("/sqlserver:" + backEnd);
    }

    @Test
    void refusesToGuessABackEnd() {
        var program = StandIn.program(folder, StandIn.writing(StandIn.USERS));
        var run = new SettingsRun(folder, pools() + SettingsRun.tools(program));

        assertThatThrownBy(() -> run.captureUserData("settings:userdata/pool1"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("back end of pool pool1");
    }

    @Test
    void warnsWhenThereIsNoUser() {
        var run = SettingsRun.standard(folder, StandIn.writing("<HomedResources/>"));

        assertThat(run.captureUserData(PART).warnings()).containsExactly("dbimpexp exported no user");
    }

    @Test
    void warnsWhenTheFileIsOfAnotherKind() {
        var run = SettingsRun.standard(folder, StandIn.writing("<a><HomedResource/></a>"));

        assertThat(run.captureUserData(PART).warnings())
                .singleElement()
                .asString()
                .contains("<a>");
    }

    private SettingsRun enterprise(String url) {
        var program = StandIn.program(folder, StandIn.writing(StandIn.USERS));
        return new SettingsRun(folder, pools() + SettingsRun.tools(program) + """
                sql:
                  archive: {url: 'jdbc:sqlserver://sql9.ocs.lab;encrypt=true', authentication: windows, pool: pool1, backupDirectory: /b}
                  backend: {url: '%s', authentication: windows, pool: pool1, backupDirectory: /b}
                """.formatted(url));
    }

    private static String pools() {
        return """
                site: ocs-lab
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - name: pool1
                    edition: enterprise
                    servers:
                      - {fqdn: fe1.ocs.lab, roles: [front-end]}
                      - {fqdn: sql1.ocs.lab, roles: [back-end]}
                """;
    }
}
