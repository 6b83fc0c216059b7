// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.schema.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demonstration as its users start it, at a small scale. */
@ExtendWith(Matrix.class)
class DemoIT {
    private static final Set<String> CAPTURED = Set.of("required", "recommended", "optional");

    @TempDir
    Path folder;

    private record Ended(int exit, List<JsonNode> lines, String err) {
        JsonNode summary() {
            return lines.get(lines.size() - 1);
        }

        List<JsonNode> parts() {
            return StreamSupport.stream(summary().path("parts").spliterator(), false)
                    .toList();
        }

        List<JsonNode> differences() {
            return StreamSupport.stream(summary().path("differences").spliterator(), false)
                    .toList();
        }
    }

    @Test
    void restoresEveryPartOfAStandardEditionAndFindsNoDifference() {
        var demo = demo("--scale", "0.02");

        assertThat(demo.exit()).as(demo.err()).isZero();
        assertAddsUp(demo);
        assertEveryCapturedPartCameBack(demo);
        assertThat(demo.differences()).isEmpty();
        assertThat(demo.summary().path("line").asText())
                .startsWith("Restorable to")
                .contains("Proven just now");
    }

    @Test
    void accountsForWholeCatalogueOfAnEnterpriseEdition() throws IOException {
        var demo = demo("--scale", "0.02", "--edition", "enterprise");

        assertThat(demo.exit()).as(demo.err()).isZero();
        assertAddsUp(demo);
        assertEveryCapturedPartCameBack(demo);
        assertThat(demo.differences()).isEmpty();
        var catalogue = catalogue();
        for (var database : catalogue.path("databases")) {
            assertDisposition(demo, "database", database.path("name").asText(), database.path("disposition"));
        }
        for (var share : catalogue.path("shares")) {
            assertDisposition(demo, "share", share.path("role").asText(), share.path("disposition"));
        }
        assertThat(ofOcs(catalogue)).hasSize(10);
        assertThat(catalogue.path("shares")).hasSize(8);
    }

    /** The databases of OCS itself: without the four of every SQL Server. */
    private static List<String> ofOcs(JsonNode catalogue) {
        var names = new ArrayList<String>();
        catalogue.path("databases").forEach(database -> {
            if (!database.path("everyInstance").asBoolean()) {
                names.add(database.path("name").asText());
            }
        });
        return names;
    }

    private static void assertDisposition(Ended demo, String kind, String role, JsonNode disposition) {
        assertThat(demo.parts())
                .filteredOn(part -> part.path("kind").asText().equals(kind)
                        && part.path("role").asText().equals(role))
                .as(kind + " " + role)
                .isNotEmpty()
                .allSatisfy(part -> {
                    assertThat(part.path("disposition")).isEqualTo(disposition);
                    assertThat(part.path("outcome").asText())
                            .isEqualTo(CAPTURED.contains(disposition.asText()) ? "OK" : "EXCUSED");
                });
    }

    @Test
    void findsExactlyWhatWasChangedAfterTheCapture() {
        var demo = demo("--scale", "0.02", "--mutate");

        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.differences()).hasSize(4);
        assertDifference(demo, "database:ocs2007-rtc/rtc", "PublishedStaticInstance");
        assertDifference(demo, "share:meeting-content", ".");
        assertDifference(demo, "directory:ocs", "msrtcsip-line");
        assertDifference(demo, "settings:machine/ocs2007.ocs.lab", "MSFT_SIPRoutingSetting");
        assertThat(demo.parts().stream()
                        .filter(part -> part.path("differences").asInt() > 0)
                        .map(part -> part.path("differences").asInt()))
                .containsExactly(1, 1, 1, 1);
    }

    private static void assertDifference(Ended demo, String part, String place) {
        assertThat(demo.differences())
                .filteredOn(difference -> difference.path("part").asText().equals(part))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.path("place").asText()).contains(place);
                    assertThat(difference.path("live")).isNotEqualTo(difference.path("restored"));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "database-offline, 8, database:ocs2007-rtc/rtc",
        "share-gone, 8, share:meeting-metadata",
        "lcscmd-silent, 8, settings:global-pool/ocs2007",
        "mail-down, 0, "
    })
    @Case(value = "a database, a share, LCSCmd or mail is down", holds = "the rest is captured; the news waits")
    void capturesTheRestWhenOneThingIsBroken(String fault, int exit, String part) {
        var demo = demo("--scale", "0.02", "--fault", fault);

        assertThat(demo.exit()).as(demo.err()).isEqualTo(exit);
        assertAddsUp(demo);
        var failed = demo.parts().stream()
                .filter(one -> one.path("outcome").asText().equals("FAILED"))
                .toList();
        if (part == null) {
            assertThat(failed).isEmpty();
            assertThat(demo.summary().path("told").path("email").asInt()).isZero();
            assertThat(demo.summary().path("told").path("teams").asInt()).isPositive();
        } else {
            assertThat(failed).anyMatch(one -> one.path("part").asText().equals(part));
            assertThat(failed).allSatisfy(one -> {
                assertThat(one.path("cause").asText()).isNotBlank();
                assertThat(one.path("hint").asText()).isNotBlank();
            });
            assertThat(demo.summary().path("set").isTextual()).isTrue();
            assertThat(demo.summary().path("ok").asInt()).isGreaterThanOrEqualTo(11);
        }
    }

    @Test
    @Case(value = "the vault is full", holds = "exit 12; earlier sets are as they were")
    void aFullVaultFailsTheBackupAndLeavesTheEarlierSetAsItWas() throws IOException {
        var lab = folder.resolve("lab");
        var demo = demo("--scale", "0.02", "--fault", "vault-full", "--dir", lab.toString());
        assumeTrue(!demo.err().contains("so its vault cannot be filled up"), demo.err());

        assertThat(demo.exit()).as(demo.err()).isEqualTo(12);
        assertAddsUp(demo);
        assertThat(demo.summary().path("set").isNull()).isTrue();
        assertThat(demo.parts().toString()).contains("space");
        var before = Files.readAllLines(lab.resolve("scratch/before.sha256"));
        assertThat(Files.readAllLines(lab.resolve("scratch/after.sha256"))).isEqualTo(before);
        assertThat(before.stream().map(line -> line.replaceAll(".*/", "")))
                .contains("manifest.json", "SHA256SUMS", "rtc-full.bak");
    }

    @Test
    void refusesAFaultThatItDoesNotHave() {
        var out = new StringWriter();
        var err = new StringWriter();

        assertThat(Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), "demo", "--fault", "rain"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("there is no fault rain").contains("vault-full");
        assertThat(out.toString()).isEmpty();
    }

    private static void assertAddsUp(Ended demo) {
        var summary = demo.summary();
        assertThat(summary.path("expected").asInt())
                .isPositive()
                .isEqualTo(Stream.of("ok", "warning", "failed", "excused")
                        .mapToInt(outcome -> summary.path(outcome).asInt())
                        .sum());
        assertThat(demo.parts().stream()
                        .filter(part -> !part.path("outcome").isNull())
                        .count())
                .isEqualTo(summary.path("expected").asInt());
    }

    private static void assertEveryCapturedPartCameBack(Ended demo) {
        assertThat(demo.parts())
                .filteredOn(part -> CAPTURED.contains(part.path("disposition").asText()))
                .hasSize(demo.summary().path("ok").asInt())
                .allSatisfy(part -> {
                    assertThat(part.path("restored").asBoolean())
                            .as(part.toString())
                            .isTrue();
                    assertThat(part.path("differences").asInt(-1))
                            .as(part.toString())
                            .isZero();
                    assertThat(part.path("verdict").asText()).isEqualTo("PROVEN");
                    assertThat(part.path("depth").asText()).isEqualTo("restored");
                });
    }

    private static JsonNode catalogue() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("config/catalogue/ocs-2007-r2.yaml").toFile());
    }

    private static Ended demo(String... options) {
        var args = new ArrayList<>(List.of("demo", "--json"));
        args.addAll(List.of(options));
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), args.toArray(new String[0]));
        return new Ended(exit, out.toString().lines().map(Json::tree).toList(), err.toString());
    }
}
