// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says about an instance, and that it leaves the folder for backups as it was. */
class PreflightDatabasesTest {
    private static final String FOLDER = "sql.ocs2007-rtc.backupDirectory";

    @TempDir
    static Path staging;

    @TempDir
    Path folder;

    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = Lab.start(staging).with("rtc", RecoveryModel.SIMPLE, 10);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @AfterEach
    void mend() throws IOException {
        lab.server.clearFaults();
        lab.server.setState("rtc", DatabaseState.ONLINE);
        try (var left = Files.list(staging)) {
            assertThat(left).as("left in staging").isEmpty();
        }
    }

    @Test
    void findsNothingWrongWithAGoodInstance() {
        assertThat(look(staging)).allMatch(finding -> finding.state() == State.OK);
        assertThat(about(look(staging), FOLDER).what())
                .contains("copy-only backup of model")
                .contains(staging.toString());
    }

    @Test
    void saysThatTheServiceAccountCannotWriteAndWhichAccountThatIs() {
        lab.server.inject(new Fault.OpenFails(".bak", OsError.ACCESS_DENIED));

        var finding = about(look(staging), FOLDER);

        assertThat(finding.state()).isEqualTo(State.PROBLEM);
        assertThat(finding.what())
                .contains("cannot write to C:\\backup")
                .contains("3201")
                .contains("5(Access is denied.)");
        assertThat(finding.hint()).contains("service account (not the login)").contains("DOMAIN\\HOST$");
    }

    @Test
    void saysThatTheServiceAccountCannotReadWhatTheWorkerPlaces() {
        lab.server.inject(new Fault.OpenFails(".txt", OsError.ACCESS_DENIED));

        assertThat(look(staging))
                .filteredOn(finding -> finding.about().equals(FOLDER))
                .extracting(Finding::state)
                .containsExactly(State.PROBLEM, State.OK);
    }

    @Test
    void saysThatTheServersDiskIsFull() {
        lab.server.inject(new Fault.WriteFails("model", 0, OsError.DISK_FULL));

        var finding = about(look(staging), FOLDER);

        assertThat(finding.state()).isEqualTo(State.PROBLEM);
        assertThat(finding.what()).contains("3202").contains("112");
        assertThat(finding.hint()).contains("full");
    }

    @Test
    void saysThatTheServerDoesNotReachTheFileServer() {
        lab.server.inject(new Fault.OpenFails("C:\\backup", new OsError(53, "The network path was not found.")));

        assertThat(about(look(staging), FOLDER))
                .matches(finding -> finding.state() == State.PROBLEM)
                .extracting(Finding::hint)
                .asString()
                .contains("UNC path");
    }

    @Test
    void saysThatTheTwoFoldersAreNotOneAndLetsTheServerWriteNothing() throws IOException {
        var other = Files.createDirectory(folder.resolve("other"));

        var finding = about(look(other), FOLDER);

        assertThat(finding.state()).isEqualTo(State.PROBLEM);
        assertThat(finding.what()).contains("two folders").contains(other.toString());
        assertThat(finding.hint()).contains("collectFrom");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void writesNothingWhereTheWorkerCouldNotDeleteIt() {
        var findings = look(folder.resolve("not-there"));

        assertThat(about(findings, "sql.ocs2007-rtc.collectFrom").state()).isEqualTo(State.PROBLEM);
        assertThat(about(findings, FOLDER).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void takesAnotherSmallDatabaseWhenTheLoginMayNotBackUpModel() {
        lab.server.inject(new Fault.Denied("BACKUP DATABASE", "model"));

        assertThat(about(look(staging), FOLDER))
                .matches(finding -> finding.state() == State.OK)
                .extracting(Finding::what)
                .asString()
                .contains("backup of rtc");
    }

    @Test
    void doesNotCallGoodWhatItCouldNotTry() {
        lab.server.inject(new Fault.Denied("BACKUP DATABASE", "model"));
        lab.server.inject(new Fault.Denied("BACKUP DATABASE", "rtc"));

        var findings = look(staging);

        assertThat(about(findings, FOLDER).state()).isEqualTo(State.UNKNOWN);
        assertThat(about(findings, "database:ocs2007-rtc/rtc"))
                .matches(finding -> finding.state() == State.PROBLEM)
                .extracting(Finding::hint)
                .asString()
                .contains("db_backupoperator");
    }

    @Test
    void saysThatBackupsCannotBeVerifiedWithoutTheRightToCreateDatabases() {
        lab.server.inject(new Fault.Denied("CREATE ANY DATABASE", ""));

        var findings = look(staging);

        assertThat(about(findings, "sql.ocs2007-rtc.user"))
                .matches(finding -> finding.state() == State.PROBLEM)
                .extracting(Finding::what)
                .asString()
                .contains("VERIFYONLY");
        assertThat(about(findings, FOLDER).state())
                .as("the folder can be tried all the same")
                .isEqualTo(State.OK);
    }

    @Test
    void namesADatabaseThatIsOffline() {
        lab.server.setState("rtc", DatabaseState.OFFLINE);

        assertThat(about(look(staging), "database:ocs2007-rtc/rtc"))
                .matches(finding -> finding.state() == State.PROBLEM)
                .extracting(Finding::what)
                .isEqualTo("is OFFLINE");
    }

    @Test
    void warnsOfPagesThatNobodyVerifies() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE rtc SET PAGE_VERIFY NONE");
            assertThat(about(look(staging), "database:ocs2007-rtc/rtc").state()).isEqualTo(State.WARNING);
            statement.execute("ALTER DATABASE rtc SET PAGE_VERIFY CHECKSUM");
        }
    }

    @Test
    void warnsOfALogThatGrowsUntilItIsBackedUp() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE rtc SET RECOVERY FULL");
            assertThat(about(look(staging), "database:ocs2007-rtc/rtc"))
                    .matches(finding -> finding.state() == State.WARNING)
                    .extracting(Finding::what)
                    .asString()
                    .contains("no backup of its log");

            statement.execute("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\a.bak'");
            statement.execute("BACKUP LOG rtc TO DISK = N'C:\\backup\\b.bak'");
            assertThat(about(look(staging), "database:ocs2007-rtc/rtc").state()).isEqualTo(State.OK);
        } finally {
            staging.resolve("a.bak").toFile().delete();
            staging.resolve("b.bak").toFile().delete();
            recover();
        }
    }

    private static void recover() throws SQLException {
        try (var connection = lab.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE rtc SET RECOVERY SIMPLE");
        }
    }

    @Test
    void refusesAnInstanceForDrillsThatIsTheSourceByAnotherName() {
        var drill = drill(site(staging, lab.url(""), lab.url("applicationName=other")));

        assertThat(drill.state()).isEqualTo(State.PROBLEM);
        assertThat(drill.what()).contains("is the source itself").contains("OCS2007\\RTC");
    }

    @Test
    void acceptsItWhenSomebodyAcceptedTheRisk() {
        var yaml = yaml(staging, lab.url(""), lab.url("applicationName=other"))
                + "acceptRisk: [{risk: drill-on-source, reason: only one server, owner: me}]\n";

        assertThat(drill(site(yaml)))
                .matches(finding -> finding.state() == State.OK)
                .extracting(Finding::what)
                .asString()
                .contains("accepted");
    }

    @Test
    void doesNotKnowAboutDrillsOnAnInstanceThatDoesNotAnswer() {
        assertThat(drill(site(staging, lab.url(""), "jdbc:sqlserver://127.0.0.1:1;encrypt=true"))
                        .state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    void saysWhatToDoAboutAServerThatSpeaksTls10Only() {
        try (var old = Lab.start(folder, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.TLS_1_0_ONLY)) {
            var site = site(folder, old.url(""), old.url(""));

            assertThat(about(look(site), "sql.ocs2007-rtc"))
                    .matches(finding -> finding.state() == State.PROBLEM)
                    .extracting(Finding::hint)
                    .asString()
                    .contains("TLS 1.0 only");
        }
    }

    private List<Finding> look(Path collectFrom) {
        return look(site(collectFrom, lab.url(""), lab.url("")));
    }

    private static List<Finding> look(Site site) {
        var findings = new Findings();
        var source = Objects.requireNonNull(site.sql().get("ocs2007-rtc"));
        new PreflightDatabases(site, instance -> Set.of("rtc")).look(source, findings);
        return findings.all();
    }

    private static Finding drill(Site site) {
        var findings = new Findings();
        var source = Objects.requireNonNull(site.sql().get("ocs2007-rtc"));
        new PreflightDatabases(site, instance -> Set.of()).drill(source, findings);
        assertThat(findings.all()).hasSize(1);
        return findings.all().get(0);
    }

    /** The first finding about something. */
    private static Finding about(List<Finding> findings, String about) {
        return findings.stream()
                .filter(finding -> finding.about().equals(about))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing about " + about + " in " + findings));
    }

    private Site site(Path collectFrom, String url, String drillUrl) {
        return site(yaml(collectFrom, url, drillUrl));
    }

    private Site site(String yaml) {
        var site = TestSites.in(folder, yaml);
        try {
            Files.writeString(folder.resolve("secrets/sql"), Lab.PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return site;
    }

    private static String yaml(Path collectFrom, String url, String drillUrl) {
        return TestSites.STANDARD
                .replace(
                        "jdbc:sqlserver://127.0.0.1:1;encrypt=true;trustServerCertificate=true",
                        url.replaceAll(";$", ""))
                .replace(
                        "jdbc:sqlserver://127.0.0.1:2;encrypt=true;trustServerCertificate=true",
                        drillUrl.replaceAll(";$", ""))
                .replace("collectFrom: backup\n", "collectFrom: " + collectFrom + "\n");
    }
}
