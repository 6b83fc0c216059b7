// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.observed.RestoreObserved;
import io.poolkeeper.schema.Home;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that another product backs up: what is said about its backups, wherever they stand. */
class ObservedDatabaseTest {
    @TempDir
    Path folder;

    private Path backups;
    private Lab lab;

    @BeforeEach
    void start() throws IOException {
        backups = Files.createDirectory(folder.resolve("backups"));
        lab = Lab.start(backups).with("rtc", RecoveryModel.FULL, 300);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void isWellWhenTheOtherProductsBackupIsYoungAndReadsToItsEnd() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var run = run("");

        var part = observe(run);
        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(part.captured()).isFalse();
        assertThat(ObservedBackup.of(part)).hasValueSatisfying(backup -> {
            assertThat(backup.who()).contains("'Veritas nightly'").contains("sa");
            assertThat(backup.where()).isEqualTo("C:\\backup\\rtc.bak");
            assertThat(Duration.between(backup.finished(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        });
        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
        assertThat(judged.warnings()).isEmpty();
    }

    @Test
    void failsWhenThereIsNone() {
        assertThatThrownBy(() -> observe(run("")))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("knows no full backup of database:ocs2007-rtc/rtc by another product");
    }

    @Test
    void doesNotTakeItsOwnBackupsForAnotherProducts() {
        execute("BACKUP DATABASE [rtc] TO DISK = N'C:\\backup\\own.bak' WITH INIT, CHECKSUM,"
                + " NAME = N'poolkeeper 2026-11-23T230000Z-nightly-7c1a'");

        assertThatThrownBy(() -> observe(run(""))).hasMessageContaining("by another product");
    }

    @Test
    void saysHowOldTheLastOneIsWhatIsAllowedAndWhoMadeIt() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var tomorrow = rows(row -> row.put(
                "utc_now",
                Timestamp.valueOf(
                        ((Timestamp) row.get("utc_now")).toLocalDateTime().plusHours(30))));

        assertThatThrownBy(() -> observe(run(""), tomorrow))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("is 1 d 6 h old, allowed are 1 d 2 h")
                .hasMessageContaining("'Veritas nightly' by sa")
                .extracting(e -> ((StepFault) e).hint())
                .asString()
                .contains("maxAge");
    }

    @Test
    void judgesTheAgeByTheServersClockWhateverItsZoneAndHoweverWrong() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        // a server in Kolkata whose clock is three days ahead, two hours after the backup
        var made = LocalDateTime.of(2030, 1, 10, 1, 30);
        var rows = rows(row -> {
            row.put("finished", Timestamp.valueOf(made));
            row.put("time_zone", 22);
            row.put("utc_now", Timestamp.valueOf(made.minusMinutes(330).plusHours(2)));
        });
        var now = Instant.parse("2030-01-06T22:00:00Z");

        var captured = new ObserveDatabase(site(""), Clock.fixed(now, java.time.ZoneOffset.UTC))
                .found(run("").step(Action.CAPTURE), withoutDisk(rows), run("").work());

        assertThat(captured.recorded().path("finished").asText()).isEqualTo("2030-01-06T20:00:00Z");
        assertThat(captured.warnings()).isEmpty();
    }

    @Test
    void usesTheServersZoneOfNowWhenTheBackupRecordedNone() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var made = LocalDateTime.of(2030, 1, 10, 1, 30);
        var rows = rows(row -> {
            row.put("finished", Timestamp.valueOf(made));
            row.put("time_zone", 127);
            row.put("server_now", Timestamp.valueOf(made.plusHours(2).plusSeconds(1)));
            row.put("utc_now", Timestamp.valueOf(made.plusHours(2).minusHours(9)));
        });

        var captured = new ObserveDatabase(site(""), Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC))
                .found(run("").step(Action.CAPTURE), withoutDisk(rows), run("").work());

        assertThat(captured.recorded().path("finished").asText()).isEqualTo("1969-12-31T22:00:00Z");
    }

    @Test
    void failsWhenTheFileIsGoneAlready() throws IOException {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        Files.delete(backups.resolve("rtc.bak"));

        assertThatThrownBy(() -> observe(run("")))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("C:\\backup\\rtc.bak is gone")
                .extracting(e -> ((StepFault) e).hint())
                .asString()
                .contains("folder under observed");
    }

    @Test
    void failsWhenTheFileHoldsSomethingElseByNow() {
        lab.with("other", RecoveryModel.SIMPLE, 3);
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        execute("BACKUP DATABASE [other] TO DISK = N'C:\\backup\\rtc.bak' WITH FORMAT, INIT, NAME = N'somebody'");

        assertThatThrownBy(() -> observe(run("")))
                .hasMessageContaining("holds a backup of other")
                .hasMessageContaining("in its place");
    }

    @Test
    void looksInTheFolderThatTheFileWasMovedTo() throws IOException {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        Files.createDirectory(backups.resolve("moved"));
        Files.move(backups.resolve("rtc.bak"), backups.resolve("moved/rtc.bak"));
        var elsewhere = ", folder: 'C:\\backup\\moved'";
        var run = run(elsewhere);

        var part = run.published(new ObserveDatabase(site(elsewhere), Clock.systemUTC())
                .found(run.step(Action.CAPTURE), rows(row -> {}), run.work()));

        assertThat(ObservedBackup.of(part).orElseThrow().where()).isEqualTo("C:\\backup\\moved\\rtc.bak");
        assertThat(run.judged(new VerifyObservedDatabase(site(elsewhere)), Action.VERIFY)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void isSuspectWhenTheFileWasRemovedAfterItWasSeen() throws IOException {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var run = run("");
        observe(run);
        Files.delete(backups.resolve("rtc.bak"));

        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judged.damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).startsWith("is gone"));
    }

    @Test
    void doesNotKnowWhenTheServerMayNotReadTheFile() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        lab.server.inject(new Fault.OpenFails("rtc.bak", OsError.ACCESS_DENIED));
        var run = run("");
        observe(run);

        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("3201").contains("C:\\backup\\rtc.bak");
    }

    @Test
    void isSuspectWhenAPageWasSpoiled() throws IOException {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var run = run("");
        observe(run);
        spoil(backups.resolve("rtc.bak"), Files.size(backups.resolve("rtc.bak")) / 2);

        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judged.damages().toString()).contains("SQL Server refuses set 1");
    }

    @Test
    void saysThatABackupWithoutChecksumsProvesLess() {
        backUp("DATABASE", "rtc.bak", "NO_CHECKSUM");
        var run = run("");
        observe(run);

        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.warnings()).singleElement().asString().contains("made without checksums");
    }

    @Test
    void verifiesAppendedMediaByPositionAndNamesASpoiledFirstSet() throws IOException {
        backUp("DATABASE", "rtc.bak", "NOINIT, CHECKSUM");
        var first = Files.size(backups.resolve("rtc.bak"));
        backUp("DATABASE", "rtc.bak", "NOINIT, CHECKSUM");
        spoil(backups.resolve("rtc.bak"), first / 2);
        var run = run("");
        var part = observe(run);

        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(part.recorded().at("/links/0/position").asInt()).isEqualTo(2);
        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.warnings())
                .singleElement()
                .asString()
                .startsWith("set 1 of C:\\backup\\rtc.bak")
                .contains("is damaged");
    }

    @Test
    void followsTheChainToTheLastLogAndVerifiesEveryLink() {
        backUp("DATABASE", "full.bak", "CHECKSUM");
        change(1);
        backUp("DATABASE", "diff.bak", "DIFFERENTIAL, CHECKSUM");
        change(2);
        backUp("LOG", "log.trn", "CHECKSUM");
        var run = run("");

        var part = observe(run);

        assertThat(part.recorded().path("links")).hasSize(3);
        assertThat(part.recorded().path("where").asText())
                .isEqualTo("C:\\backup\\full.bak, C:\\backup\\diff.bak, C:\\backup\\log.trn");
        assertThat(run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void leavesToTheOtherProductWhatSqlServerCannotRead() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var run = run("");
        observe(run, withoutDisk(rows(row -> {})));

        var judged = run.judged(new VerifyObservedDatabase(site("")), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("device type 7").contains("Veritas");
    }

    @Test
    void failsWhenMsdbMarksTheNewestAsDamaged() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");

        assertThatThrownBy(() -> observe(run(""), rows(row -> row.put("is_damaged", true))))
                .hasMessageContaining("is marked as damaged in msdb: 'Veritas nightly'");
    }

    @Test
    void restoresNothingAndSaysWhereItLies() {
        backUp("DATABASE", "rtc.bak", "CHECKSUM");
        var run = run("");
        observe(run);

        var judged = run.judged(new RestoreObserved(), Action.RESTORE);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("the vault holds no copy").contains("C:\\backup\\rtc.bak");
        assertThat(judged.where()).isNull();
    }

    private Manifest.Part observe(ObservedRun run) {
        return observe(run, rows(row -> {}));
    }

    private Manifest.Part observe(ObservedRun run, List<Map<String, Object>> rows) {
        Captured captured =
                new ObserveDatabase(site(""), Clock.systemUTC()).found(run.step(Action.CAPTURE), rows, run.work());
        return run.published(captured);
    }

    /** A virtual device: msdb tells its name, and no file of that name is looked for. */
    private static List<Map<String, Object>> withoutDisk(List<Map<String, Object>> rows) {
        rows.forEach(row -> row.put("device_type", 7));
        return rows;
    }

    private interface Change {
        void of(Map<String, Object> row);
    }

    private List<Map<String, Object>> rows(Change change) {
        try (var connection = lab.connect();
                var statement = connection.createStatement();
                var result =
                        statement.executeQuery(Files.readString(Home.file("routes/worker/observe-database.sql")))) {
            var rows = new ArrayList<Map<String, Object>>();
            while (result.next()) {
                var row = new LinkedHashMap<String, Object>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
                }
                change.of(row);
                rows.add(row);
            }
            return rows;
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private void backUp(String what, String file, String options) {
        execute("BACKUP " + what + " [rtc] TO DISK = N'C:\\backup\\" + file + "' WITH " + options
                + ", NAME = N'Veritas nightly'");
    }

    private void change(int rows) {
        execute("INSERT INTO rtc.dbo.Resource(UserAtHost) VALUES (N'new" + rows + "@ocs.lab')");
    }

    private void execute(String sql) {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static void spoil(Path file, long position) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 1;
        Files.write(file, bytes);
    }

    private ObservedRun run(String more) {
        return new ObservedRun(site(more), "database:ocs2007-rtc/rtc");
    }

    private Site site(String more) {
        var yaml = TestSites.STANDARD.replace(
                        "jdbc:sqlserver://127.0.0.1:1;encrypt=true;trustServerCertificate=true",
                        lab.url("").replaceAll(";$", ""))
                + "observed: [{part: 'database:ocs2007-rtc/rtc'" + more + "}]\n";
        var site = TestSites.in(folder, yaml);
        try {
            Files.writeString(folder.resolve("secrets/sql"), Lab.PASSWORD);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return site;
    }
}
