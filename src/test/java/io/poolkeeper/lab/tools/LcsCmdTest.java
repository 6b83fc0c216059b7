// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LcsCmdTest {
    private static final OcsSite STANDARD = OcsSite.of(2007, Edition.STANDARD, new Scale(0.05));
    private static final OcsSite ENTERPRISE = OcsSite.of(2007, Edition.ENTERPRISE, new Scale(0.05));

    @TempDir
    private Path lab;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path xml;

    @BeforeEach
    void install() throws IOException {
        xml = lab.resolve("settings.xml");
        OcsTools.install(STANDARD, lab);
    }

    @Test
    void exportsGlobalAndPoolSettingsAsTheArticleDoes() throws IOException {
        assertThat(run("/config", "/action:export", "/level:global,pool", "/configfile:" + xml, "/poolname:ocs2007"))
                .isZero();

        assertThat(Files.readString(xml))
                .contains("<Level Name=\"global\"", "<Level Name=\"pool\" PoolName=\"ocs2007\">")
                .contains("MSFT_SIPLocationProfileSetting", "Büro Köln", "(local)\\rtc", "Data MCU Web\\Non-Web");
    }

    @Test
    void exportsMachineSettingsByPoolNameOnAStandardEditionServer() throws IOException {
        assertThat(run("/config", "/action:export", "/level:machine", "/configfile:" + xml, "/poolname:ocs2007"))
                .isZero();

        assertThat(Files.readString(xml)).contains("<Level Name=\"machine\" Fqdn=\"ocs2007.ocs.lab\">");
    }

    @Test
    void takesItsOptionsInAnyCase() {
        assertThat(run("/CONFIG", "/Action:Export", "/LEVEL:Machine", "/ConfigFile:" + xml, "/FQDN:OCS2007.ocs.lab"))
                .isZero();
        assertThat(xml).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/config /action:export /level:global,pool /configfile:LAB/missing/a.xml /poolname:ocs2007 | folder does not exist",
                "/config /action:export /level:globe /configfile:LAB/a.xml /poolname:ocs2007 | 'globe' of '/level' is not valid",
                "/config /action:export /level:pool,machine /configfile:LAB/a.xml /poolname:ocs2007 | cannot be combined",
                "/config /action:export /level:pool /configfile:LAB/a.xml /poolname:other | pool 'other' does not exist",
                "/config /action:export /level:machine /configfile:LAB/a.xml /fqdn:other.ocs.lab | could not be found",
                "/config /action:export /level:machine /configfile:LAB/a.xml | '/fqdn' is missing",
                "/config /action:export /level:pool /configfile:LAB/a.xml | '/poolname' is missing",
                "/config /action:export /level:pool /poolname:ocs2007 | '/configfile' is missing",
                "/config /action:export /configfile:LAB/a.xml /poolname:ocs2007 | '/level' is missing",
                "/config /level:pool /configfile:LAB/a.xml /poolname:ocs2007 | '/action' is missing",
                "/config /action:export /level:pool /configfile:LAB/a.xml /pool:ocs2007 | Unknown parameter",
                "/config /action:exprot /level:pool /configfile:LAB/a.xml /poolname:ocs2007 | 'exprot'",
                "config /action:export | Invalid parameter 'config'",
                "/action:export | No context"
            })
    void failsWhereTheRealOneFails(String arguments, String reason) {
        assertThat(run(arguments.replace("LAB", lab.toString()).split(" "))).isNotZero();

        assertThat(said.toString(StandardCharsets.UTF_8)).contains(reason);
        assertThat(lab.resolve("a.xml")).doesNotExist();
    }

    @Test
    void wantsTheServersNameInAnEnterprisePool() throws IOException {
        OcsTools.install(ENTERPRISE, lab);

        assertThat(run("/config", "/action:export", "/level:machine", "/configfile:" + xml, "/poolname:ocspool"))
                .isNotZero();
        assertThat(run("/config", "/action:export", "/level:machine", "/configfile:" + xml, "/fqdn:ocsmed.ocs.lab"))
                .isZero();
    }

    @Test
    void cannotReachGroupChatAndCommunicatorWebAccess() throws IOException {
        OcsTools.install(ENTERPRISE, lab);

        for (var server : new String[] {"ocschat", "ocscwa"}) {
            assertThat(run(
                            "/config",
                            "/action:export",
                            "/level:machine",
                            "/configfile:" + xml,
                            "/fqdn:" + server + ".ocs.lab"))
                    .isNotZero();
        }
    }

    @Test
    void saysNothingIsWrongAndWritesNothingWhenSilenced() throws IOException {
        var tools = OcsTools.install(STANDARD, lab);
        tools.lcscmdSilent(true);

        assertThat(run("/config", "/action:export", "/level:global", "/configfile:" + xml))
                .isZero();
        assertThat(xml).doesNotExist();

        tools.lcscmdSilent(false);
        assertThat(run("/config", "/action:export", "/level:global", "/configfile:" + xml))
                .isZero();
        assertThat(xml).exists();
    }

    @Test
    void bringsAChangedSettingBackByImport() throws IOException {
        var tools = OcsTools.install(STANDARD, lab);
        var store = tools.store(Level.MACHINE, "ocs2007.ocs.lab");
        var untouched = Files.readString(store);
        run("/config", "/action:export", "/level:machine", "/configfile:" + xml, "/fqdn:ocs2007.ocs.lab");
        assertThat(tools.changeSetting(store, "MSFT_SIPRoutingSetting", "", "ConnectionLimit", "1\n2"))
                .isEqualTo("5000");
        assertThat(Files.readString(store)).isNotEqualTo(untouched);

        assertThat(run(
                        "/config",
                        "/action:import",
                        "/level:machine",
                        "/configfile:" + xml,
                        "/restore:true",
                        "/fqdn:ocs2007.ocs.lab"))
                .isZero();

        assertThat(Files.readString(store)).isEqualTo(untouched);
    }

    @Test
    void runsAsAProcessOfItsOwn() throws IOException, InterruptedException {
        var launcher = lab.resolve("bin/LCSCmd").toString();
        var process = new ProcessBuilder(
                        launcher, "/config", "/action:export", "/level:global", "/configfile:" + lab.resolve("x y.xml"))
                .redirectErrorStream(true)
                .start();

        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(lab.resolve("x y.xml")).isNotEmptyFile();
    }

    private int run(String... arguments) {
        var tool = new LcsCmd(new OcsFolder(lab.resolve("ocs")), new PrintStream(said, true, StandardCharsets.UTF_8));
        return tool.run(Arrays.asList(arguments));
    }
}
