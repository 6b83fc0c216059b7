// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import io.poolkeeper.tool.Unattended;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the product relies on from SQL Server. It holds for the lab's stand-ins always, and for a real server when
 * {@code POOLKEEPER_SQLSERVER_URL} names one, with {@code _USER}, {@code _PASSWORD}, {@code _BACKUP} (a folder as its service
 * account sees it) and, for the tests that damage a file, {@code _COLLECT} (the same folder as this machine sees it). Each
 * test makes a database of its own and drops it; nothing else is touched. docs/fidelity.md lists the same reliances.
 */
class SqlServerContractTest {
    private static final String REAL = "POOLKEEPER_SQLSERVER_";

    @TempDir
    static Path folder;

    private static final List<Server> SERVERS = new ArrayList<>();
    private static final List<Lab> LABS = new ArrayList<>();

    /**
     * A server to be held to the contract.
     *
     * @param backups a folder as its service account sees it
     * @param collect the same folder as this machine sees it; null if it does not
     */
    record Server(
            String name,
            String url,
            String user,
            String password,
            String backups,
            @Nullable Path collect) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        String device(String file) {
            return backups + (backups.contains("\\") ? "\\" : "/") + file;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void findServers() throws IOException {
        standIn("2005 Express", ServerVersion.SQL_2005_SP4, Edition.EXPRESS);
        standIn("2008 R2 Standard", ServerVersion.SQL_2008_R2_SP3, Edition.STANDARD);
        standIn("2019 Standard", ServerVersion.SQL_2019, Edition.STANDARD);
        var url = System.getenv(REAL + "URL");
        if (url != null) {
            var collect = System.getenv(REAL + "COLLECT");
            SERVERS.add(new Server(
                    "real",
                    url,
                    System.getenv(REAL + "USER"),
                    System.getenv(REAL + "PASSWORD"),
                    System.getenv(REAL + "BACKUP"),
                    collect == null ? null : Path.of(collect)));
        }
    }

    private static void standIn(String name, ServerVersion version, Edition edition) throws IOException {
        var staging = Files.createDirectories(folder.resolve(name.replace(' ', '-')));
        var lab = Lab.start(staging, version, edition, TlsPolicy.OFFERED);
        LABS.add(lab);
        SERVERS.add(new Server(name, lab.url(""), "sa", Lab.PASSWORD, "C:\\backup", staging));
    }

    @AfterAll
    static void stop() {
        LABS.forEach(Lab::close);
    }

    static Stream<Server> servers() {
        return SERVERS.stream();
    }

    /** Those whose backup files can be reached, to be damaged. */
    static Stream<Server> serversWithFiles() {
        return SERVERS.stream().filter(server -> server.collect() != null);
    }

    /** A database of a test's own, in FULL recovery, with one table of one row, and a session in master. */
    private static final class Trial implements AutoCloseable {
        private final Server server;
        private final Connection connection;
        private final String name = "poolkeeper_contract_" + System.nanoTime();
        private final Map<Integer, Integer> heard = new HashMap<>();

        Trial(Server server) throws SQLException {
            this.server = server;
            connection = server.connect();
            connection.unwrap(SQLServerConnection.class).setServerMessageHandler(message -> {
                heard.put(message.getErrorNumber(), message.getErrorSeverity());
                return message;
            });
            run("CREATE DATABASE " + name);
            run("ALTER DATABASE " + name + " SET RECOVERY FULL");
            run("CREATE TABLE " + name + ".dbo.Story (Id INT PRIMARY KEY)");
            insert(1);
        }

        void run(String sql) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
                while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                    // what an error after the first result needs to show
                }
            }
        }

        void insert(int id) throws SQLException {
            run("INSERT INTO " + name + ".dbo.Story VALUES (" + id + ")");
        }

        String device(String file) {
            return server.device(name + "-" + file);
        }

        void backUp(String what, String file, String options) throws SQLException {
            run("BACKUP " + what + " " + name + " TO DISK = N'" + device(file) + "' WITH " + options
                    + "INIT, CHECKSUM");
        }

        BackupFacts facts(String file) throws SQLException {
            return BackupFacts.read(
                    BackupHistory.row(statements(), name, device(file)).orElseThrow());
        }

        List<Integer> refused(String sql) {
            var error = catchThrowableOfType(SQLException.class, () -> run(sql));
            assertThat((Throwable) error).as(sql).isNotNull();
            return SqlFaults.chain(error).stream()
                    .map(SqlFaults.Message::number)
                    .toList();
        }

        List<String> ids(String database) throws SQLException {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT Id FROM [" + database + "].dbo.Story ORDER BY Id")) {
                var ids = new ArrayList<String>();
                while (row.next()) {
                    ids.add(row.getString(1));
                }
                return ids;
            }
        }

        Statements statements() {
            return new JdbcStatements(connection, new Unattended(Duration.ofMinutes(1)));
        }

        String state() throws SQLException {
            return LiveDatabase.find(connection, name).map(LiveDatabase::state).orElse("gone");
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                connection.setCatalog("master");
                run("IF DB_ID('" + name + "') IS NOT NULL DROP DATABASE " + name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysByNumberThatABackupSucceededAndHowFarItIsAndBothAreNoErrors(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "STATS = 5, ");

            assertThat(trial.heard).containsKeys(3014, 3211, 4035);
            assertThat(trial.heard.get(3014).intValue()).isLessThanOrEqualTo(10);
            assertThat(trial.heard.get(3211).intValue()).isLessThanOrEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void recordsABackupInMsdbOnlyIfItSucceeded(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            trial.refused("BACKUP DATABASE " + trial.name + " TO DISK = N'"
                    + server.device("no-such-folder" + separator(server) + "x.bak") + "'");

            assertThat(trial.facts("full.bak").uuid()).hasSize(36);
            assertThat(BackupHistory.row(
                            trial.statements(),
                            trial.name,
                            server.device("no-such-folder" + separator(server) + "x.bak")))
                    .isEmpty();
        }
    }

    private static String separator(Server server) {
        return server.backups().contains("\\") ? "\\" : "/";
    }

    @ParameterizedTest
    @MethodSource("servers")
    void tellsTheCauseFirstAndThatItEndedSecond(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            assertThat(trial.refused("BACKUP DATABASE " + trial.name + " TO DISK = N'"
                            + server.device("no-such-folder" + separator(server) + "x.bak") + "'"))
                    .containsExactly(3201, 3013);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void refusesABackupInATransaction(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.connection.setAutoCommit(false);
            assertThat(trial.refused("BACKUP DATABASE " + trial.name + " TO DISK = N'" + trial.device("x.bak") + "'"))
                    .contains(3021);
            trial.connection.rollback();
            trial.connection.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void compressesWhereTheProductThinksItDoesAndNowhereElse(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            var sql = "BACKUP DATABASE " + trial.name + " TO DISK = N'" + trial.device("small.bak")
                    + "' WITH INIT, COMPRESSION";
            if (ServerFacts.ask(trial.statements()).compresses()) {
                trial.run(sql);
            } else {
                assertThat(trial.refused(sql)).startsWith(1844);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void describesABackupByColumnsOfTheseNames(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");

            try (var statement = trial.connection.createStatement();
                    var row = statement.executeQuery(
                            "RESTORE HEADERONLY FROM DISK = N'" + trial.device("full.bak") + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("DatabaseName")).isEqualTo(trial.name);
                assertThat(row.getInt("BackupType")).isEqualTo(1);
                assertThat(row.getInt("Position")).isEqualTo(1);
                assertThat(row.getBoolean("HasBackupChecksums")).isTrue();
                assertThat(row.getBoolean("IsDamaged")).isFalse();
                assertThat(row.getBoolean("IsCopyOnly")).isFalse();
                assertThat(row.next()).isFalse();
            }
            assertThat(BackupFile.listed(trial.statements(), " FROM DISK = N'" + trial.device("full.bak") + "'"))
                    .extracting(BackupFile::type)
                    .containsExactlyInAnyOrder("D", "L");
            assertThat(BackupFile.listed(trial.statements(), " FROM DISK = N'" + trial.device("full.bak") + "'"))
                    .isEqualTo(BackupFile.live(trial.statements(), trial.name));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void countsADifferentialFromTheNewestFullBackupThatIsNotCopyOnly(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            trial.backUp("DATABASE", "copy.bak", "COPY_ONLY, ");
            trial.insert(2);
            trial.backUp("DATABASE", "diff.bak", "DIFFERENTIAL, ");

            assertThat(trial.facts("diff.bak").isDifferentialOf(trial.facts("full.bak")))
                    .isTrue();
            assertThat(trial.facts("diff.bak").isDifferentialOf(trial.facts("copy.bak")))
                    .isFalse();

            trial.backUp("DATABASE", "other.bak", "");
            trial.backUp("DATABASE", "diff2.bak", "DIFFERENTIAL, ");

            assertThat(trial.facts("diff2.bak").isDifferentialOf(trial.facts("full.bak")))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void beginsEachLogBackupWhereTheOneBeforeEnded(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            trial.insert(2);
            trial.backUp("LOG", "1.trn", "");
            trial.insert(3);
            trial.backUp("LOG", "2.trn", "");

            assertThat(trial.facts("1.trn").continuesLogOf(trial.facts("full.bak")))
                    .isTrue();
            assertThat(trial.facts("2.trn").firstLsn())
                    .isEqualTo(trial.facts("1.trn").lastLsn())
                    .isGreaterThan(BigInteger.ZERO);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void refusesLevelsThatHaveNoBaseByTheseNumbers(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            assertThat(trial.refused("BACKUP LOG " + trial.name + " TO DISK = N'" + trial.device("x.trn") + "'"))
                    .contains(4214);
            assertThat(trial.refused("BACKUP DATABASE " + trial.name + " TO DISK = N'" + trial.device("x.bak")
                            + "' WITH DIFFERENTIAL"))
                    .contains(3035);
            trial.run("ALTER DATABASE " + trial.name + " SET RECOVERY SIMPLE");
            assertThat(trial.refused("BACKUP LOG " + trial.name + " TO DISK = N'" + trial.device("x.trn") + "'"))
                    .contains(4208);
            assertThat(trial.refused("BACKUP LOG master TO DISK = N'" + trial.device("x.trn") + "'"))
                    .contains(4212);
        }
    }

    @ParameterizedTest
    @MethodSource("serversWithFiles")
    void findsAFlippedByteWithChecksumAndAnswersWithANumberOfDamage(Server server) throws SQLException, IOException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            trial.run("RESTORE VERIFYONLY FROM DISK = N'" + trial.device("full.bak") + "' WITH CHECKSUM");
            assertThat(trial.heard).containsKey(3262);
            var file = server.collect().resolve(trial.name + "-full.bak");
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);

            assertThat(trial.refused(
                            "RESTORE VERIFYONLY FROM DISK = N'" + trial.device("full.bak") + "' WITH CHECKSUM"))
                    .anyMatch(SqlFaults.DAMAGE::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void refusesToVerifyChecksumsThatABackupDoesNotHave(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.run("BACKUP DATABASE " + trial.name + " TO DISK = N'" + trial.device("bare.bak")
                    + "' WITH INIT, NO_CHECKSUM");

            assertThat(trial.refused(
                            "RESTORE VERIFYONLY FROM DISK = N'" + trial.device("bare.bak") + "' WITH CHECKSUM"))
                    .contains(3187);
            trial.run("RESTORE VERIFYONLY FROM DISK = N'" + trial.device("bare.bak") + "'");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void restoresAChainToAMomentByItsOwnClock(Server server) throws SQLException, InterruptedException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            trial.insert(2);
            Thread.sleep(50); // datetime counts in 3.33 ms
            var moment = serverTime(trial.connection);
            Thread.sleep(50);
            trial.insert(3);
            trial.backUp("LOG", "1.trn", "");

            trial.run("RESTORE DATABASE " + trial.name + " FROM DISK = N'" + trial.device("full.bak")
                    + "' WITH REPLACE, NORECOVERY");
            assertThat(trial.state()).isEqualTo("RESTORING");
            trial.run("RESTORE LOG " + trial.name + " FROM DISK = N'" + trial.device("1.trn") + "' WITH STOPAT = N'"
                    + moment + "', RECOVERY");

            assertThat(trial.state()).isEqualTo("ONLINE");
            assertThat(trial.ids(trial.name)).containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void leavesADatabaseRestoringWhenTheMomentIsBeyondTheLog(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            trial.backUp("LOG", "1.trn", "");
            trial.run("RESTORE DATABASE " + trial.name + " FROM DISK = N'" + trial.device("full.bak")
                    + "' WITH REPLACE, NORECOVERY");

            trial.run("RESTORE LOG " + trial.name + " FROM DISK = N'" + trial.device("1.trn") + "' WITH STOPAT = N'"
                    + serverTime(trial.connection).plusHours(1) + "', RECOVERY");

            assertThat(trial.state()).isEqualTo("RESTORING");
            trial.run("RESTORE DATABASE " + trial.name + " WITH RECOVERY");
        }
    }

    private static LocalDateTime serverTime(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CONVERT(varchar(23), GETDATE(), 126)")) {
            row.next();
            return LocalDateTime.parse(row.getString(1));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void keepsPeopleFromRestoringByMistake(Server server) throws SQLException {
        try (var trial = new Trial(server);
                var other = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            other.backUp("DATABASE", "full.bak", "");
            trial.insert(2);
            trial.backUp("LOG", "1.trn", "");
            trial.insert(3);

            assertThat(trial.refused(
                            "RESTORE DATABASE " + trial.name + " FROM DISK = N'" + trial.device("full.bak") + "'"))
                    .as("the tail of the log is in no backup")
                    .contains(3159);
            assertThat(trial.refused(
                            "RESTORE DATABASE " + trial.name + " FROM DISK = N'" + other.device("full.bak") + "'"))
                    .as("another database")
                    .contains(3154);
            assertThat(trial.refused("RESTORE LOG " + trial.name + " FROM DISK = N'" + trial.device("1.trn") + "'"))
                    .as("nothing waits for a log")
                    .contains(3117);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void restoresBesideUnderAnotherNameAndFindsItSound(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            trial.backUp("DATABASE", "full.bak", "");
            var beside = trial.name + "_beside";
            var files = BackupFile.listed(trial.statements(), " FROM DISK = N'" + trial.device("full.bak") + "'");
            var moves = new StringBuilder();
            for (var file : files) {
                moves.append("MOVE N'")
                        .append(file.logicalName())
                        .append("' TO N'")
                        .append(file.physicalName().replace(trial.name, beside))
                        .append("', ");
            }

            trial.run("RESTORE DATABASE " + beside + " FROM DISK = N'" + trial.device("full.bak") + "' WITH " + moves
                    + "CHECKSUM, RECOVERY");
            try {
                trial.run("DBCC CHECKDB (" + beside + ") WITH NO_INFOMSGS, ALL_ERRORMSGS");
                assertThat(trial.ids(beside)).containsExactly("1");
            } finally {
                trial.run("DROP DATABASE " + beside);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void sendsEverybodyAwayAndLetsThemInAgain(Server server) throws SQLException {
        try (var trial = new Trial(server);
                var user = server.connect()) {
            user.setCatalog(trial.name);

            trial.run("ALTER DATABASE " + trial.name + " SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
            trial.run("ALTER DATABASE " + trial.name + " SET MULTI_USER");

            assertThat(user.isValid(5)).isFalse();
            assertThat(trial.state()).isEqualTo("ONLINE");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void tellsItsClockAndWhetherAFolderIsThere(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            var clock = ServerClock.ask(trial.statements());
            assertThat(clock.offsetMinutes() % 15).isZero();
            assertThat(clock.offsetMinutes()).isBetween(-14 * 60, 14 * 60);
            try (var statement = trial.connection.createStatement();
                    var row = statement.executeQuery("EXEC master.dbo.xp_fileexist N'" + server.backups() + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(2)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void knowsItsOwnDatabases(Server server) throws SQLException {
        try (var trial = new Trial(server)) {
            var live = LiveDatabase.find(trial.connection, trial.name).orElseThrow();

            assertThat(live.recoveryModel()).isEqualTo("FULL");
            assertThat(live.lastBackup()).isNull();
            assertThat(RowCounts.of(trial.statements(), trial.name)).isEqualTo(Map.of("dbo.Story", 1L));
            assertThat(Set.of("ONLINE")).contains(live.state());
        }
    }
}
