// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole site, from the first plan to the proof, through the command line. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkflowIT {
    private static final Map<String, String> SCHEMAS = Map.of(
            "expected",
            "expected",
            "step",
            "finished-step",
            "progress",
            "running",
            "summary",
            "summary",
            "plan",
            "plan",
            "set",
            "set-line",
            "set-details",
            "set-details",
            "status",
            "overview",
            "validation",
            "validation");

    @TempDir
    static Path folder;

    private static LabSite site;
    private static LabSite.Ended backup;

    @BeforeAll
    static void backUpOnce() {
        site = LabSite.start(folder.resolve("lab"));
        backup = site.run("backup");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void plansWithoutTouchingAnything() {
        var plan = site.run("plan");

        assertThat(plan.exit()).isZero();
        assertThat(plan.last().path("expected").asInt())
                .isEqualTo(backup.last().path("expected").asInt());
        assertEveryLineIsValid(plan);
    }

    @Test
    @Order(2)
    void accountsForEveryPart() {
        var summary = backup.last();

        assertThat(backup.exit()).as(backup.err()).isZero();
        assertThat(summary.path("ok").asInt()
                        + summary.path("warning").asInt()
                        + summary.path("failed").asInt()
                        + summary.path("excused").asInt())
                .isEqualTo(summary.path("expected").asInt());
        assertThat(backup.part("database:ocs2007-rtc/rtc").path("verdict").asText())
                .isEqualTo("PROVEN");
        assertThat(backup.part("share:address-book-files").path("outcome").asText())
                .isEqualTo("EXCUSED");
        assertThat(backup.part("share:group-chat-web").path("disposition").asText())
                .isEqualTo("absent");
        assertEveryLineIsValid(backup);
    }

    @Test
    @Order(3)
    void saysWhatIsExpectedBeforeTheFirstStep() {
        var types = backup.lines().stream()
                .map(line -> line.path("message_type").asText())
                .filter(type -> !type.equals("progress"))
                .toList();

        assertThat(types.get(0)).isEqualTo("expected");
        assertThat(types).endsWith("summary");
    }

    @Test
    @Order(4)
    void tellsByMailAndTeams() {
        assertThat(site.mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .contains("Subject: [OK] ocs-lab backup nightly")
                        .contains("multipart/alternative"));
        assertThat(site.cards())
                .singleElement()
                .satisfies(
                        card -> assertThat(card).contains("\"version\":\"1.4\"").contains("OK"));
    }

    @Test
    @Order(5)
    void writesForItsOwnerAlone() throws IOException {
        assertThat(rights(site.folder().resolve("state"))).isEqualTo("rwx------");
        var vault = site.site().vault().path();
        try (var tree = Files.walk(vault)) {
            assertThat(tree.toList())
                    .allSatisfy(
                            file -> assertThat(rights(file)).as(file.toString()).matches("rw-------|rwx------"));
        }
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    @Order(6)
    void answersTheSameFromTheVaultWhenTheStateIsGone() throws IOException {
        var before = site.run("list").out() + site.run("show", "latest").out();
        moveAway(site.folder().resolve("state"));

        assertThat(site.run("list").out() + site.run("show", "latest").out()).isEqualTo(before);
        assertThat(site.run("status").last().path("restorable").path("line").asText())
                .startsWith("Restorable to");
        assertThat(site.run("verify").exit()).isZero();
    }

    @Test
    @Order(7)
    void provesByRestoringAndComparing() {
        var drill = site.run("drill");

        assertThat(drill.exit()).as(drill.out()).isZero();
        assertThat(StreamSupport.stream(drill.last().path("parts").spliterator(), false))
                .allSatisfy(part -> assertThat(part.path("depth").asText()).isEqualTo("restored"));
        assertThat(drill.last().path("line").asText()).contains("Proven just now");
        assertEveryLineIsValid(drill);
    }

    @Test
    @Order(8)
    void restoresAPartIntoAnEmptyFolderAndNeverOverSomething() {
        var target = folder.resolve("restored");

        assertThat(site.run("restore", "--part", "share:meeting-content", "--to", target.toString())
                        .exit())
                .isZero();
        assertThat(target.resolve("share/meeting-content")).isNotEmptyDirectory();
        assertThat(site.run("restore", "--part", "share:meeting-content", "--to", target.toString())
                        .exit())
                .isEqualTo(16);
    }

    @Test
    @Order(9)
    void takesOnlyWhatChangedWhenAskedTo() {
        var again = site.run("backup", "--level", "incremental", "--part", "share:meeting-content");

        assertThat(again.exit()).as(again.out()).isZero();
        assertThat(again.last().path("expected").asInt()).isEqualTo(1);
        assertThat(again.part("share:meeting-content").path("bytes").asLong())
                .isLessThan(backup.part("share:meeting-content").path("bytes").asLong() / 2);
        assertThat(site.run("verify", "--part", "share:meeting-content").exit()).isZero();
        assertThat(site.run("drill", "--part", "share:meeting-content").exit()).isZero();
    }

    @Test
    @Order(10)
    void endsWithTheReasonWhenAPartIsNotThere() {
        var wrong = site.run("backup", "--part", "share:nothing");

        assertThat(wrong.exit()).isEqualTo(16);
        assertThat(wrong.last().path("failure").asText()).contains("there is no part 'share:nothing'");
    }

    private static void assertEveryLineIsValid(LabSite.Ended ended) {
        for (JsonNode line : ended.lines()) {
            var schema = SCHEMAS.get(line.path("message_type").asText());
            assertThat(schema).as("a schema for " + line).isNotNull();
            assertThat(Schemas.check(schema, line)).as(line.toString()).isEmpty();
        }
    }

    private static void moveAway(Path state) throws IOException {
        Files.move(state, state.resolveSibling("state-gone"));
    }
}
