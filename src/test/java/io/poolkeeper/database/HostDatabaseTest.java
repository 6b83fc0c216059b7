// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.lab.host.HandOffHost;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import io.poolkeeper.lab.sqlcmd.SqlcmdProgram;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that only a host without Java reaches: its command lines do what they say, and what they leave is judged. */
class HostDatabaseTest {
    private static final String SET = "2026-11-23T230000Z-nightly-7c1a";
    private static final String RTC = "database:ocs2007-rtc/rtc";

    @TempDir
    static Path staging;

    @TempDir
    Path folder;

    private static Lab lab;
    private SqlcmdProgram sqlcmd;
    private HandOffHost host;
    private Site site;
    private TestWork work;

    /** What becomes of a file on its way here. */
    private UnaryOperator<Path> way = file -> file;

    @BeforeAll
    static void start() {
        lab = Lab.start(staging, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.OFFERED)
                .with("rtc", RecoveryModel.FULL, 3_000)
                .with("Büro & 100% 'Chat'", RecoveryModel.SIMPLE, 10);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void install() throws IOException {
        sqlcmd = SqlcmdProgram.install(folder).reaches("127.0.0.1,1", lab.server.port());
        Files.createDirectories(folder.resolve("desk"));
        site = TestSites.in(
                folder,
                TestSites.STANDARD
                                .replace(
                                        "    url: jdbc:sqlserver://127.0.0.1:1;",
                                        "    method: sqlcmd\n    worker: back\n    url: jdbc:sqlserver://127.0.0.1:1;")
                                .replace("    drill: drill-sql\n", "")
                        + "workers: {back: {handOff: desk}}\n");
        script("rtc", "Büro & 100% 'Chat'");
        host = new HandOffHost(
                        folder.resolve("desk"),
                        folder.resolve("scripts"),
                        folder.resolve("work"),
                        folder.resolve("bin"),
                        () -> {
                            throw new AssertionError("nothing is asked of the directory");
                        })
                .sees("C:\\backup", staging)
                .variable("SQLCMDPASSWORD", Lab.PASSWORD);
    }

    /** The files of the host, written when a run had found these databases. */
    private void script(String... databases) {
        var found = java.util.Arrays.stream(databases)
                .map(name -> new Inventory.Database(name, "ONLINE", "FULL"))
                .toList();
        var instance = new Inventory.SqlInstance("ocs2007-rtc", Instant.now(), null, null, false, "9", "", 0, found);
        new io.poolkeeper.plan.RecordedInventory(site)
                .keep(new Inventory(java.util.Map.of("ocs2007-rtc", instance), java.util.List.of(), null));
        var said = new StringWriter();
        var exit = Poolkeeper.run(
                new PrintWriter(said),
                new PrintWriter(said),
                "script",
                "--host",
                "back",
                "--folder",
                "C:\\handoff",
                "--to",
                folder.resolve("scripts").toString(),
                "-c",
                site.file().toString());
        assertThat(exit).as(said.toString()).isZero();
    }

    @AfterEach
    void mend() throws IOException {
        host.close();
        lab.server.clearFaults();
        try (var left = Files.list(staging)) {
            for (var file : left.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void isTakenInFullVerifiedOnItsHostAndProvenByTheSameBytes() throws IOException {
        Files.writeString(staging.resolve("poolkeeper-sqlcmd-ocs2007-rtc..rtc-interrupted.bak"), "left");

        var captured = capture(RTC, Level.FULL);

        assertThat(captured.level()).isEqualTo(Level.FULL);
        assertThat(captured.warnings()).isEmpty();
        assertThat(captured.recorded().path("rows").path("dbo.Resource").toString())
                .isEqualTo("[3000,3000]");
        assertThat(captured.recorded().path("history").path("type").asText()).isEqualTo("D");
        assertThat(captured.recorded().path("history").path("is_copy_only").asBoolean())
                .isFalse();
        assertThat(captured.recorded().path("files")).hasSize(2);
        assertThat(captured.recorded().path("clock").path("skewMillis").asLong())
                .isBetween(-60_000L, 60_000L);
        assertThat(captured.tools()).containsKey("sqlcmd").containsEntry("sqlServer", "9.00.5000.00");
        assertThat(captured.artefacts()).singleElement().satisfies(artefact -> {
            assertThat(work.attemptFolder().resolve(artefact.path())).isNotEmptyFile();
            assertThat(CaptureByHost.verified(captured.recorded(), artefact)).isTrue();
        });
        assertThat(staging).as("nothing stays beside the server").isEmptyDirectory();
        assertThat(work.attemptFolder().resolve(".tool")).doesNotExist();
    }

    @Test
    void aNameThatMeansSomethingToWindowsIsTakenAsItIs() {
        var captured = capture("database:ocs2007-rtc/Büro & 100% 'Chat'", Level.FULL);

        assertThat(captured.artefacts()).hasSize(1);
        assertThat(HostSql.backupJob(PartId.parse("database:ocs2007-rtc/Büro & 100% 'Chat'")))
                .isEqualTo("sqlcmd-ocs2007-rtc..B.c3.bcro.20.26.20100.25.20.27Chat.27");
    }

    @Test
    void isTakenInFullWhateverLevelIsAskedForAndSaysWhy() {
        var captured = capture(RTC, Level.INCREMENTAL);

        assertThat(captured.level()).isEqualTo(Level.FULL);
        assertThat(captured.base()).isNull();
        assertThat(captured.recorded().path("promoted").asText()).contains("full backups alone");
    }

    @Test
    void isNotProvenWhereTheHostCannotTellWhatItVerified() throws IOException {
        way = file -> file.endsWith("hash.txt") ? text(file, "'certutil' is not recognized") : file;

        var captured = capture(RTC, Level.FULL);

        assertThat(CaptureByHost.verified(
                        captured.recorded(), captured.artefacts().get(0)))
                .isFalse();
    }

    @Test
    void failsWhenAnotherFileArrivesThanWasVerified() {
        way = file -> file.endsWith("backup.bak") ? text(file, "something else") : file;

        assertThat(refusal(TransientFault.class)).hasMessageContaining("is not the same here as on host back");
    }

    @Test
    void failsWithWhatTheServerSaidOfTheBackup() throws IOException {
        lab.server.inject(new Fault.OpenFails("C:\\backup", OsError.ACCESS_DENIED));
        sqlcmd.speaks("german");

        assertThat(refusal(PermanentFault.class)).hasMessageContaining("3201").hasMessageContaining("Access is denied");
    }

    @Test
    void failsWhenTheServerDoesNotReadWhatItHasWritten() {
        lab.server.inject(new Fault.Denied("CREATE ANY DATABASE", ""));

        assertThat(refusal(PermanentFault.class))
                .hasMessageContaining("RESTORE VERIFYONLY")
                .hasMessageContaining("262");
    }

    @Test
    void believesNoExitCodeWithoutTheMessageOfSuccess() throws IOException {
        sqlcmd.swallows(3014);

        assertThat(refusal(PermanentFault.class)).hasMessageContaining("without saying that it succeeded (3014)");
    }

    @Test
    void saysWhoWasRefusedByTheServer() {
        host.variable("SQLCMDPASSWORD", "wrong");

        assertThat(refusal(PermanentFault.class)).hasMessageContaining("18456").hasMessageContaining("of host back");
    }

    @Test
    void doesNotWaitForAPasswordThatNobodyGives() {
        host.forget("SQLCMDPASSWORD");

        assertThat(refusal(PermanentFault.class))
                .hasMessageContaining("9007")
                .extracting(StepFault::hint)
                .asString()
                .contains("set SQLCMDPASSWORD");
    }

    @Test
    void saysThatTheHostHasNoSqlcmd() throws IOException {
        Files.delete(folder.resolve("scripts/sqlcmd-ocs2007-rtc..rtc.sql"));

        assertThat(refusal(StepFault.class)).hasMessageContaining("sqlcmd");
    }

    @Test
    void listsItsDatabasesAndWhoElseBackedThemUp() throws Exception {
        capture(RTC, Level.FULL);
        try (var stranger = lab.connect();
                var statement = stranger.createStatement()) {
            statement.execute("BACKUP DATABASE rtc TO DISK = 'C:\\backup\\x.bak' WITH INIT, NAME = 'stranger'");
        }
        Files.createDirectories(folder.resolve("desk/out"));
        Files.writeString(
                folder.resolve("desk/out/alive.txt"),
                "version=1\r\nutc=2026-11-27T16:00:00Z\r\n",
                StandardCharsets.US_ASCII);

        var found = discover();

        assertThat(found.reachable()).as(found.cause()).isTrue();
        assertThat(found.version()).isEqualTo("9.00.5000.00");
        assertThat(found.databases()).extracting("name").contains("rtc", "master", "Büro & 100% 'Chat'");
        assertThat(found.toString()).contains("a full backup outside Poolkeeper, 'stranger', by sa at");
    }

    @Test
    void aHostThatIsSilentIsNotWaitedFor() {
        var found = discover();

        assertThat(found.reachable()).isFalse();
        assertThat(found.cause()).contains("host back is not asked for the databases", "it was never seen");
    }

    @Test
    void nobodyElseAsksTheInstance() {
        var fault = catchThrowableOfType(
                PermanentFault.class, () -> new Clients(site).open(site.sql().get("ocs2007-rtc"), newWork()));

        assertThat(fault).hasMessageContaining("is asked by host back alone");
    }

    private Inventory.SqlInstance discover() {
        var step = step("source:sql/ocs2007-rtc", Action.DISCOVER, Level.FULL);
        var asked = new SqlcmdDatabases(site, this::handOff, Clock.systemUTC());
        newWork();
        return asked.watch(step, asked.discover(step, work), work)
                .inventory()
                .sql()
                .get("ocs2007-rtc");
    }

    private HandOff.Done handOff(String job, Step step, Path into, io.poolkeeper.step.Work work) {
        try {
            var started = Instant.now();
            var id = HandOffFolder.id(step, step.attempt());
            var exit = host.perform(job, id);
            try (var left = Files.list(folder.resolve("work").resolve(id))) {
                for (var file : left.toList()) {
                    Files.copy(way.apply(file), into.resolve(file.getFileName()));
                }
            }
            return new HandOff.Done(started, new ToolRun.Ended(exit, "", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path text(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Output.Captured capture(String part, Level level) {
        newWork();
        return (Output.Captured)
                new CaptureDatabase(site, new Turns(), this::handOff).handle(step(part, Action.CAPTURE, level), work);
    }

    private <T extends StepFault> T refusal(Class<T> type) {
        var fault = catchThrowableOfType(type, () -> capture(RTC, Level.FULL));
        assertThat(fault).isNotNull();
        return fault;
    }

    private TestWork newWork() {
        work = new TestWork(
                Vault.of(site).folder(), Vault.of(site).attempt(SET, "capture-01-1"), folder.resolve("sandbox"));
        return work;
    }

    private Step step(String part, Action action, Level level) {
        return new Step(
                "2026-11-23T230000Z-nightly-7c1a",
                "capture-01",
                1,
                PartId.parse(part),
                action,
                Method.SQLCMD,
                action.effect(),
                "back",
                SET,
                null,
                level,
                Depth.CONTENT,
                false,
                Instant.now().plusSeconds(60),
                site.hash());
    }
}
