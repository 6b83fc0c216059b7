// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.lab.tools.Level;
import io.poolkeeper.schema.Schemas;
import java.io.PrintWriter;
import java.io.StringWriter;
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

/** Settings that somebody changed appear as exactly those lines: in the report, the e-mail, the card, and later. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettingsDifferenceIT {
    private static final String MACHINE = "settings:machine/ocs2007.ocs.lab";
    private static final String POOL = "settings:global-pool/ocs2007";
    private static final String LIMIT = "/OcsConfiguration/Level[@Name='machine']"
            + "/Class[@Name='MSFT_SIPRoutingSetting']/Instance[@Key='']/Property[@Name='ConnectionLimit']: '5000' -> '7500'";
    private static final String GRACE = "/OcsConfiguration/Level[@Name='pool']"
            + "/Class[@Name='MSFT_SIPDataMCUCapabilitySetting']/Instance[@Key='Backend=(local)\\rtc']"
            + "/Property[@Name='ContentExpirationGracePeriod']: '15' -> '30'";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static String first = "";
    private static String second = "";
    private static JsonNode summary;

    @BeforeAll
    static void backUpChangeAndBackUp() throws Exception {
        site = LabSite.start(folder.resolve("lab"));
        var file = site.lab().siteFile();
        Files.writeString(file, Files.readString(file).replaceFirst("on: \\[[^\\]]*]", "on: [changed]"));
        var backup = site.run("backup", "--part", MACHINE, "--part", POOL);
        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        first = backup.last().path("set").asText();
        site.lab().mutations().changeSetting();
        var tools = site.lab().tools();
        tools.changeSetting(
                tools.store(Level.POOL, "ocs2007"),
                "MSFT_SIPDataMCUCapabilitySetting",
                "Backend=(local)\\rtc",
                "ContentExpirationGracePeriod",
                "30");
        var changed = site.run("backup", "--part", MACHINE, "--part", POOL);
        assertThat(changed.exit()).as(changed.out() + changed.err()).isZero();
        summary = changed.last();
        second = summary.path("set").asText();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static List<String> lines(String part) {
        for (var candidate : summary.path("parts")) {
            if (candidate.path("part").asText().equals(part)) {
                assertThat(candidate.path("changes").path("since").asText()).isEqualTo(first);
                return texts(candidate.path("changes").path("lines"));
            }
        }
        throw new AssertionError(part);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String plain(String... verb) {
        var out = new StringWriter();
        var args = new ArrayList<>(List.of(verb));
        args.addAll(List.of("-c", site.lab().siteFile().toString()));
        var exit =
                Poolkeeper.run(new PrintWriter(out), new PrintWriter(new StringWriter()), args.toArray(new String[0]));
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    @Order(1)
    void theSummaryHoldsExactlyTheChangedValues() {
        assertThat(Schemas.check("summary", summary)).isEmpty();
        assertThat(lines(MACHINE)).containsExactly(LIMIT);
        assertThat(lines(POOL)).containsExactly(GRACE);
    }

    @Test
    @Order(2)
    void theReportShowsThemAndSoItDoesLater() {
        assertThat(plain("status", summary.path("run").asText()))
                .containsSubsequence("CHANGED " + POOL + " since set " + first, "  " + GRACE)
                .containsSubsequence("CHANGED " + MACHINE + " since set " + first, "  " + LIMIT);
    }

    @Test
    @Order(3)
    void mailAndCardSayTheSame() {
        var mail = site.mails()
                .get(site.mails().size() - 1)
                .replaceAll("=\r?\n", "")
                .replace("=3D", "=");
        var card = site.cards().get(site.cards().size() - 1).replace("\\\\", "\\");

        assertThat(mail).contains("CHANGED " + POOL, "CHANGED " + MACHINE);
        assertThat(mail).contains("'5000' -> '7500'", "'15' -> '30'", "ConnectionLimit");
        assertThat(card).contains("CHANGED " + MACHINE, "'5000' -> '7500'", "'15' -> '30'");
    }

    @Test
    @Order(4)
    void theManifestKeepsThem() throws Exception {
        var vault = io.poolkeeper.set.Vault.of(site.site());

        var recorded = vault.manifest(second).parts().stream()
                .filter(part -> part.part().toString().equals(MACHINE))
                .findFirst()
                .orElseThrow()
                .recorded();

        assertThat(texts(recorded.path("changes").path("lines"))).containsExactly(LIMIT);
    }

    @Test
    @Order(5)
    void showTellsWhatDiffersBetweenTwoSets() {
        assertThat(plain("show", second, "--since", first, "--part", MACHINE))
                .isEqualTo(MACHINE + ": 1 difference since set " + first + "\n  " + LIMIT + "\n");
        var all = site.run("show", second, "--since", first).lines();
        assertThat(all)
                .allSatisfy(line ->
                        assertThat(Schemas.check("settings-difference", line)).isEmpty());
        assertThat(all).extracting(line -> texts(line.path("lines"))).containsExactly(List.of(GRACE), List.of(LIMIT));
        assertThat(site.run("show", second, "--part", MACHINE).exit()).isEqualTo(64);
    }

    @Test
    @Order(6)
    void aRunWithoutChangesTellsOfNone() {
        var same = site.run("backup", "--part", MACHINE);

        assertThat(same.part(MACHINE).path("changes").path("count").asInt()).isZero();
        assertThat(plain("status", same.last().path("run").asText())).doesNotContain("CHANGED");
    }
}
