// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.lab.host.HandOffHost;
import io.poolkeeper.lab.host.HandOffHost.Conduct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without Java: the coordinator puts jobs into a folder, and what the host answers decides. */
class HandOffIT {
    private static final String POOL = "settings:global-pool/ocs2007";
    private static final String MACHINE = "settings:machine/ocs2007.ocs.lab";
    private static final String USERS = "settings:userdata/ocs2007";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static Path desk;
    private static HandOffHost host;

    @BeforeAll
    static void start() throws IOException {
        site = LabSite.start(folder.resolve("lab"));
        desk = Files.createDirectories(folder.resolve("desk"));
        var file = site.lab().siteFile();
        var text = Files.readString(file)
                .replaceFirst("worker: local", "worker: ocs2007")
                .replace("deadline: PT3H", "deadline: PT30S");
        Files.writeString(file, text + "workers: {ocs2007: {handOff: '" + desk + "'}}\n");
        var scripts = folder.resolve("scripts");
        var written =
                site.run("script", "--host", "ocs2007.ocs.lab", "--folder", "C:\\handoff", "--to", scripts.toString());
        assertThat(written.exit()).as(written.err()).isZero();
        host = new HandOffHost(
                desk, scripts, folder.resolve("work"), site.folder().resolve("bin"));
        host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
        site.close();
    }

    @AfterEach
    void behaveAgain() {
        host.behave();
    }

    /** The names of all that lies in the job folder, but answers that were taken. */
    private static List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(desk)) {
            return files.filter(file -> !file.toString().contains("/taken/"))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void settingsAndUserDataAreTakenAndProvenAsIfTheyHadBeenExportedHere() throws Exception {
        var backup = site.run("backup", "--part", POOL, "--part", MACHINE, "--part", USERS);

        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.last().path("ok").asInt()).isEqualTo(3);
        for (var part : new String[] {POOL, MACHINE, USERS}) {
            assertThat(backup.part(part).path("verdict").asText()).isEqualTo("PROVEN");
        }
        assertThat(left())
                .as("what users have in their lists does not stay on the share")
                .noneMatch(name -> name.endsWith(".files") || name.endsWith(".xml") || name.endsWith(".job"));
    }

    @Test
    void aJobWhoseHostIsKilledIsLostAtTheDeadlineAndTheOthersArePublished() {
        host.conduct("lcscmd-machine", Conduct.KILLED);

        var backup = site.run("backup", "--part", POOL, "--part", MACHINE);

        assertThat(backup.part(POOL).path("outcome").asText()).isEqualTo("OK");
        assertThat(backup.part(MACHINE).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(backup.part(MACHINE).path("cause").asText())
                .contains("LOST: host ocs2007 gave no answer to job lcscmd-machine")
                .contains("the host has begun it and not ended it")
                .contains("last seen at");
        assertThat(site.mails()).last().asString().contains("LOST");
    }

    @Test
    void anAnswerToAnAttemptThatWasGivenUpChangesNothingAndIsKeptAsLate() throws Exception {
        host.conduct("lcscmd-machine", Conduct.KILLED);
        var backup = site.run("backup", "--part", MACHINE);
        var run = backup.last().path("run").asText();
        assertThat(backup.part(MACHINE).path("outcome").asText()).isEqualTo("FAILED");

        host.behave();
        host.finish(run + ".capture-01-1");
        var next = site.run("backup", "--part", POOL);

        assertThat(next.exit()).as(next.out()).isZero();
        assertThat(desk.resolve("out/late/" + run + ".capture-01-1.done")).exists();
        assertThat(desk.resolve("out/" + run + ".capture-01-1.files")).doesNotExist();
        assertThat(site.run("status", run).out()).contains("FAILED").contains("LOST");
    }

    @Test
    void anAnswerWithoutItsFileFailsAndSaysSo() {
        host.conduct("dbimpexp", Conduct.WITHOUT_FILE);

        var backup = site.run("backup", "--part", USERS);

        assertThat(backup.part(USERS).path("outcome").asText()).isEqualTo("FAILED");
        assertThat(backup.part(USERS).path("cause").asText())
                .contains("the host says that job")
                .contains("export.xml is not there");
    }

    @Test
    void anAnswerThatMakesNoSenseFailsAtOnce() {
        host.conduct("dbimpexp", Conduct.GARBAGE);

        var backup = site.run("backup", "--part", USERS);

        assertThat(backup.part(USERS).path("cause").asText())
                .contains("makes no sense: line 1 is no key=value of plain characters");
    }

    @Test
    void aFileOutsideItsFolderIsRefused() throws Exception {
        for (var conduct : new Conduct[] {Conduct.ESCAPING, Conduct.ABSOLUTE}) {
            host.conduct("dbimpexp", conduct);

            var backup = site.run("backup", "--part", USERS);

            assertThat(backup.part(USERS).path("outcome").asText()).isEqualTo("FAILED");
            assertThat(backup.part(USERS).path("cause").asText()).contains("makes no sense");
        }
    }

    @Test
    void aJobThatTheHostDoesNotKnowFailsWithItsRefusal() throws Exception {
        var jobs = folder.resolve("scripts/poolkeeper-jobs.cmd");
        var text = Files.readString(jobs, StandardCharsets.US_ASCII);
        Files.writeString(jobs, text.replaceFirst(" dbimpexp\"", "\""));
        try {
            var backup = site.run("backup", "--part", USERS);

            assertThat(backup.part(USERS).path("cause").asText())
                    .isEqualTo("host ocs2007 refused job dbimpexp: it is not in its list of jobs");
        } finally {
            Files.writeString(jobs, text);
        }
    }

    @Test
    void aHostWithOtherCommandLinesRefuses() throws Exception {
        var jobs = folder.resolve("scripts/poolkeeper-jobs.cmd");
        var text = Files.readString(jobs, StandardCharsets.US_ASCII);
        Files.writeString(jobs, text.replaceFirst("PK_COMMANDS=[0-9a-f]+", "PK_COMMANDS=0123456789abcdef"));
        try {
            var backup = site.run("backup", "--part", USERS);

            assertThat(backup.part(USERS).path("cause").asText()).contains("refused", "those of another site file");
        } finally {
            Files.writeString(jobs, text);
        }
    }

    @Test
    void checkTellsThatTheHostIsThereAndWhatItDoes() {
        assertThat(aboutTheHost()).singleElement().satisfies(finding -> {
            assertThat(finding.path("state").asText()).isEqualTo("ok");
            assertThat(finding.path("what").asText()).contains("last seen", "lcscmd-global-pool", "dbimpexp");
        });
    }

    private static List<JsonNode> aboutTheHost() {
        return site.run("check").lines().stream()
                .filter(line -> line.path("about").asText().equals("workers.ocs2007"))
                .toList();
    }
}
