// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.lab.tools.Level;
import io.poolkeeper.schema.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does when settings were changed or lost: look, import, look again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettingsImportIT {
    private static final String MACHINE = "settings:machine/ocs2007.ocs.lab";
    private static final String POOL = "settings:global-pool/ocs2007";
    private static final String USERS = "settings:userdata/ocs2007";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static String first = "";

    @BeforeAll
    static void backUpAndBreak() throws Exception {
        site = LabSite.start(folder.resolve("lab"));
        var backup = site.run("backup", "--part", MACHINE, "--part", POOL, "--part", USERS);
        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        first = backup.last().path("set").asText();
        site.lab().mutations().changeSetting();
        var tools = site.lab().tools();
        tools.changeSetting(
                tools.store(Level.POOL, "ocs2007"),
                "MSFT_SIPDataMCUCapabilitySetting",
                "Backend=(local)\\rtc",
                "ContentStorageLimit",
                "1");
        var users = store();
        Files.writeString(
                users, Files.readString(users).replaceFirst("(?s)\\[HomedResource.*?(?=\\[HomedResource)", ""));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static Path store() {
        return site.folder().resolve("ocs/userdata-local.txt");
    }

    private static List<String> lines(LabSite.Ended ended) {
        assertThat(ended.exit()).as(ended.err()).isZero();
        var texts = new ArrayList<String>();
        for (var line : ended.lines()) {
            assertThat(Schemas.check("settings-difference", line))
                    .as(line.toString())
                    .isEmpty();
            line.path("lines").forEach((JsonNode text) -> texts.add(text.asText()));
        }
        return texts;
    }

    @Test
    @Order(1)
    void printsTheCommandWhatItWouldChangeAndWhatIsUnverified() throws Exception {
        var before = Files.readString(site.lab().tools().store(Level.MACHINE, "ocs2007.ocs.lab"));

        var shown = site.run("restore", "--part", MACHINE);

        assertThat(lines(shown)).singleElement().asString().contains("ConnectionLimit", "'7500' -> '5000'");
        assertThat(shown.last().path("command").asText())
                .startsWith("LCSCmd /config /action:import /level:machine /configfile:")
                .endsWith("ocs2007-machine.xml /restore:true /fqdn:ocs2007.ocs.lab");
        assertThat(shown.last().path("unverified").asText()).startsWith("UNVERIFIED");
        assertThat(Files.readString(site.lab().tools().store(Level.MACHINE, "ocs2007.ocs.lab")))
                .isEqualTo(before);
    }

    @Test
    @Order(2)
    void showsWhoseDataAnImportWouldBringAndNotWhatItIs() {
        var shown = site.run("restore", "--part", USERS);

        assertThat(lines(shown)).singleElement().asString().startsWith("user ").endsWith("has no data now");
        assertThat(shown.last().path("command").asText()).contains("dbimpexp /import /hrxmlfile:", "/restype:user");
    }

    @Test
    @Order(3)
    void importsNothingWithoutBeingTold() {
        assertThat(site.run("restore", "--part", MACHINE, "--overwrite").exit()).isEqualTo(64);
        assertThat(site.run("restore", "--part", MACHINE, "--part", "directory:ocs", "--apply")
                        .exit())
                .isNotZero();
        assertThat(site.run("restore", "--part", MACHINE, "--apply", "--dry-run")
                        .exit())
                .isZero();
        assertThat(lines(site.run("restore", "--part", MACHINE))).hasSize(1);
    }

    @Test
    @Order(4)
    void importsSaysFirstWhatGoesAndFindsTheSetAfterwards() {
        var restored = site.run("restore", "--part", MACHINE, "--part", POOL, "--apply");

        assertThat(restored.exit()).as(restored.out() + restored.err()).isZero();
        assertThat(restored.err())
                .contains("'7500' -> '5000'", "'1' -> '500'", "UNVERIFIED", "/action:import /level:global,pool");
        assertThat(restored.part(MACHINE).path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(restored.part(MACHINE).path("depth").asText()).isEqualTo("restored");
        assertThat(lines(site.run("restore", "--part", MACHINE, "--part", POOL)))
                .isEmpty();
        var again = site.run("backup", "--part", MACHINE, "--part", POOL);
        assertThat(again.part(MACHINE).path("changes").path("count").asInt(-1)).isZero();
        assertThat(again.part(POOL).path("changes").path("count").asInt(-1)).isZero();
    }

    @Test
    @Order(5)
    void importsUserData() throws Exception {
        var restored = site.run("restore", "--part", USERS, "--apply");

        assertThat(restored.exit()).as(restored.out() + restored.err()).isZero();
        assertThat(lines(site.run("restore", "--part", USERS))).isEmpty();
        assertThat(Files.readString(store())).contains("contact ");
    }

    @Test
    @Order(6)
    void aToolThatDoesNothingIsNoRestore() throws Exception {
        site.lab().mutations().changeSetting();
        site.lab().tools().lcscmdSilent(true);
        try {
            var shown = site.run("restore", "--part", MACHINE);
            assertThat(shown.exit()).isZero();
            assertThat(shown.last().path("unknown").asText()).contains("could not be exported");

            var restored = site.run("restore", "--part", MACHINE, "--apply");

            assertThat(restored.exit()).as(restored.out()).isEqualTo(12);
            assertThat(restored.part(MACHINE).path("outcome").asText()).isEqualTo("FAILED");
        } finally {
            site.lab().tools().lcscmdSilent(false);
        }
    }

    @Test
    @Order(7)
    void neverImportsADamagedExport() throws Exception {
        var file = site.site()
                .vault()
                .path()
                .resolve(site.site().name())
                .resolve(first)
                .resolve("settings/ocs2007-machine.xml");
        Files.writeString(file, Files.readString(file).replace("5000", "6000"));

        var refused = site.run("restore", "--set", first, "--part", MACHINE, "--apply");

        assertThat(refused.exit()).as(refused.out()).isEqualTo(20);
        assertThat(refused.err()).contains("is damaged", "ocs2007-machine.xml").doesNotContain("6000");
        assertThat(site.run("restore", "--set", first, "--part", MACHINE).exit())
                .isEqualTo(20);
        assertThat(lines(site.run("restore", "--part", MACHINE)))
                .singleElement()
                .asString()
                .contains("'7500' -> '5000'");
    }
}
