// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.lab.host.HandOffHost;
import io.poolkeeper.lab.host.HandOffHost.Conduct;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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

    private static final String SYSTEM_STATE = "directory:ocs-system-state";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static Path desk;
    private static HandOffHost host;
    private static HandOffHost controller;

    @BeforeAll
    static void start() throws IOException {
        site = LabSite.start(folder.resolve("lab"));
        desk = Files.createDirectories(folder.resolve("desk"));
        var ofController = Files.createDirectories(folder.resolve("desk of dc1"));
        var file = site.lab().siteFile();
        var text = Files.readString(file)
                .replaceFirst("worker: local", "worker: ocs2007")
                .replace("  bindDn:", "  worker: dc1\n  bindDn:")
                .replace("deadline: PT3H}", "deadline: PT30S}\n  patient: {kind: backup, deadline: PT5M}");
        Files.writeString(file, text + """
                methods: {directory: [ldifde, ifm, system-state]}
                workers:
                  ocs2007: {handOff: '%s'}
                  dc1: {handOff: '%s'}
                """.formatted(desk, ofController));
        host = host("ocs2007.ocs.lab", desk);
        controller = host("dc1", ofController);
    }

    private static HandOffHost host(String name, Path desk) {
        var scripts = folder.resolve("scripts of " + name);
        var written = site.run("script", "--host", name, "--folder", "C:\\handoff", "--to", scripts.toString());
        assertThat(written.exit()).as(written.err()).isZero();
        var host = new HandOffHost(
                desk,
                scripts,
                folder.resolve("work of " + name),
                site.folder().resolve("bin"),
                site.lab()::connectToDirectory);
        host.start();
        return host;
    }

    @AfterAll
    static void stop() {
        host.close();
        controller.close();
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
    void theDirectoryIsTakenByLdifdeOfTheDomainController() throws Exception {
        var backup = site.run("backup", "--part", "directory:ocs");

        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.part("directory:ocs").path("method").asText()).isEqualTo("ldifde");
        assertThat(backup.part("directory:ocs").path("verdict").asText()).isEqualTo("PROVEN");
        assertThat(entries(backup.last().path("set").asText()))
                .as("as many entries as an export over the network holds")
                .isPositive()
                .isEqualTo(entriesByLdap());
    }

    private static long entries(String set) throws IOException {
        var vault = site.site().vault().path().resolve(site.site().name()).resolve(set);
        var manifest = Json.tree(Files.readString(vault.resolve("manifest.json")));
        return manifest.path("parts").path(0).path("recorded").path("entries").asLong();
    }

    /** The same site with the other method, in a vault of its own. */
    private static long entriesByLdap() throws Exception {
        var other = site.lab().siteFile().resolveSibling("by-ldap.yaml");
        var text = Files.readString(site.lab().siteFile()).replace("[ldifde, ifm, system-state]", "[ldif]");
        Files.writeString(other, text);
        var out = new StringWriter();
        var exit = Poolkeeper.run(
                new PrintWriter(out),
                new PrintWriter(out),
                "backup",
                "--part",
                "directory:ocs",
                "-c",
                other.toString(),
                "--json");
        assertThat(exit).as(out.toString()).isZero();
        var lines = out.toString().lines().toList();
        return entries(Json.tree(lines.get(lines.size() - 1)).path("set").asText());
    }

    @Test
    void mediaToInstallADomainControllerComeFromIt() throws Exception {
        Files.setPosixFilePermissions(
                Files.writeString(site.folder().resolve("bin/ntdsutil"), """
                        #!/bin/sh
                        folder="${3#create full }"
                        mkdir -p "$folder/Active Directory" "$folder/registry"
                        printf '0000\\357\\315\\253\\211the database' > "$folder/Active Directory/ntds.dit"
                        echo hive > "$folder/registry/SYSTEM"
                        echo hive > "$folder/registry/SECURITY"
                        """),
                PosixFilePermissions.fromString("rwx------"));

        var backup = site.run("backup", "--part", "directory:ocs-ifm");

        assertThat(backup.exit()).as(backup.out() + backup.err()).isZero();
        assertThat(backup.part("directory:ocs-ifm").path("outcome").asText()).isEqualTo("OK");
    }

    @Test
    void theSystemStateStaysAtTheTargetAndIsAVersionThatWasNotThereBefore() throws Exception {
        site.lab().windowsBackup().promote();

        var backup = site.run("backup", "--part", SYSTEM_STATE);

        assertThat(backup.exit()).as(backup.out() + backup.err()).isEqualTo(24);
        assertThat(backup.part(SYSTEM_STATE).path("outcome").asText()).isEqualTo("WARNING");
        assertThat(backup.part(SYSTEM_STATE).path("verdict").asText()).isEqualTo("UNKNOWN");
        assertThat(backup.part(SYSTEM_STATE).path("cause").asText())
                .contains("there when its host had taken it", "nothing short of a restore")
                .contains("wbadmin start systemstaterecovery -version:");
        var image = site.lab()
                .folder()
                .images()
                .resolve(backup.last().path("run").asText() + ".capture-01-1")
                .resolve("image");
        assertThat(image.resolve("WindowsImageBackup")).isDirectory();

        Disk.delete(image.resolve("WindowsImageBackup"));
        var verify = site.run("verify", "--part", SYSTEM_STATE);
        assertThat(verify.exit()).as(verify.out()).isEqualTo(20);
        assertThat(verify.part(SYSTEM_STATE).path("verdict").asText()).isEqualTo("SUSPECT");
    }

    @Test
    void aSystemStateFailsWhenWbadminIsContentAndNothingIsThere() throws Exception {
        site.lab().windowsBackup().promote();
        site.lab().windowsBackup().strike("no-version");
        try {
            var backup = site.run("backup", "--part", SYSTEM_STATE);

            assertThat(backup.part(SYSTEM_STATE).path("outcome").asText()).isEqualTo("FAILED");
            assertThat(backup.part(SYSTEM_STATE).path("cause").asText())
                    .contains("wbadmin ended with 0, but", "shows no new version", "There are no backups");
        } finally {
            site.lab().windowsBackup().strike();
        }
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
        var jobs = folder.resolve("scripts of ocs2007.ocs.lab/poolkeeper-jobs.cmd");
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
        var jobs = folder.resolve("scripts of ocs2007.ocs.lab/poolkeeper-jobs.cmd");
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
    void planWarnsOfAHostThatIsSilent() throws Exception {
        assertThat(site.run("plan", "--part", MACHINE).exit()).isZero();

        host.rest();
        host.tick(); // waits for one that is going on
        var minutesAgo = Instant.now().minus(Duration.ofMinutes(11));
        Files.setLastModifiedTime(desk.resolve("out/alive.txt"), FileTime.from(minutesAgo));
        var plan = site.run("plan", "--part", MACHINE);

        assertThat(plan.exit()).isEqualTo(4);
        assertThat(plan.last().path("warnings").toString()).contains("worker ocs2007", "last seen at");
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

    @Test
    void aCoordinatorThatIsStartedAgainMeanwhileAsksAgainAndTheFirstAnswerIsLate() throws Exception {
        host.rest();
        String run;
        try (var backup = process("backup", "patient", "--part", MACHINE, "--json")) {
            await(() -> job("in", ".job").isPresent());
            run = job("in", ".job").orElseThrow().replaceFirst("[.]capture-01-1[.]job$", "");
            backup.kill();
        }
        host.behave();
        await(() -> job("out", ".done").isPresent());

        try (var serve = process("serve")) {
            await(() -> hasEnded(run));
            assertThat(site.run("status", run).last().path("exit").asInt(-1)).isZero();
            serve.terminate();
            assertThat(serve.await(Duration.ofMinutes(1))).isEqualTo(128 + 15);
        }

        assertThat(host.done()).contains(run + ".capture-01-1", run + ".capture-01-2");
        assertThat(desk.resolve("out/late/" + run + ".capture-01-1.done")).exists();
        assertThat(desk.resolve("out/taken/" + run + ".capture-01-2.done")).exists();
        assertThat(left()).noneMatch(name -> name.endsWith(".files"));
    }

    private static ProductProcess process(String... verb) {
        return ProductProcess.start(folder.resolve("said"), Map.of(), site.lab().siteFile(), verb);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
    }

    private static boolean hasEnded(String run) {
        var told = site.run("status", run).lines();
        return !told.isEmpty() && told.get(0).path("closed").isTextual();
    }

    private static Optional<String> job(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(desk.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .findFirst();
        }
    }
}
