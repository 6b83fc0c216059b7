// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.poolkeeper.lab.compare.RowComparison;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.lab.model.ShareRole;
import io.poolkeeper.lab.site.Description;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
    private static final Scale SMALL = new Scale(0.05);

    @TempDir
    private static Path folder;

    private static Lab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = Lab.start(new LabOptions(folder.resolve("lab"), Edition.ENTERPRISE, 2007, SMALL));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void answersOverTdsWithTheRowsOfTheModel() throws SQLException {
        try (var connection = connect("backend", "rtc");
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT COUNT(*) FROM dbo.Resource")) {
            count.next();
            assertThat(count.getInt(1)).isEqualTo(lab.site().people().size());
        }
    }

    @Test
    void readsTheSameRowsWhicheverDriverAsks() throws SQLException {
        for (var instance : lab.site().instances()) {
            for (var database : instance.databases()) {
                try (var overTds = connect(instance.key(), database);
                        var direct = lab.sql().openForSeeding(instance.key(), database)) {
                    assertThat(RowComparison.compare(database, overTds, direct)).isEmpty();
                }
            }
        }
    }

    @Test
    void restoresABackupOnTheInstanceForDrills() throws SQLException, IOException {
        run("archiving", "BACKUP DATABASE [LCSLog] TO DISK = N'C:\\backup\\LCSLog.bak' WITH INIT, CHECKSUM");
        var backup = lab.folder().backups("archiving").resolve("LCSLog.bak");
        Files.copy(backup, lab.folder().backups("drill-sql").resolve("LCSLog.bak"));
        run(
                "drill-sql",
                "RESTORE DATABASE [Drill] FROM DISK = N'C:\\backup\\LCSLog.bak' WITH CHECKSUM,"
                        + " MOVE 'LCSLog' TO 'C:\\backup\\Drill.mdf', MOVE 'LCSLog_log' TO 'C:\\backup\\Drill_log.ldf'");

        try (var live = connect("archiving", "LCSLog");
                var restored = connect("drill-sql", "Drill")) {
            assertThat(RowComparison.compare("database:archiving/LCSLog", live, restored))
                    .isEmpty();
        }
    }

    @Test
    void writesASiteFileWithReferencesInPlaceOfSecrets() throws IOException {
        var text = Files.readString(lab.siteFile());
        var site = new YAMLMapper().readTree(text);

        assertThat(site.at("/sql/backend/password").asText()).isEqualTo("file:secrets/sql-backend");
        assertThat(site.at("/shares/group-chat-web/role").asText()).isEqualTo("group-chat-web");
        assertThat(site.at("/shares")).hasSize(8);
        assertThat(site.at("/notify/rules/0/on")).hasSize(6);
        assertThat(lab.secrets().all().values()).noneMatch(text::contains);
        assertThat(Files.readString(lab.folder().secrets().resolve("teams")))
                .isEqualTo(lab.teams().url());
        assertThat(Files.readString(lab.folder().secrets().resolve("sql-backend")))
                .isEqualTo(lab.secrets().get(Description.sql("backend")));
    }

    @Test
    void keepsSecretsFromOtherUsers() throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(lab.folder().secrets())))
                .isEqualTo("rwx------");
        for (var file :
                new Path[] {lab.folder().labJson(), lab.folder().secrets().resolve("ldap")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void tellsProgramsHowToReachIt() throws IOException {
        var json = new ObjectMapper().readTree(lab.folder().labJson().toFile());

        assertThat(json.at("/sql/port").asInt()).isEqualTo(lab.sqlPort("backend"));
        assertThat(json.at("/sql/instances/groupchat/password").asText())
                .isEqualTo(lab.secrets().get(Description.sql("groupchat")));
        assertThat(json.at("/ldap/port").asInt()).isEqualTo(lab.directory().port());
        assertThat(json.at("/smtp/port").asInt()).isEqualTo(lab.mail().port());
        assertThat(json.at("/pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void hasAFolderForEachKindOfShare() {
        for (var role : ShareRole.values()) {
            assertThat(lab.shareFolders(role))
                    .singleElement()
                    .satisfies(share -> assertThat(share).isNotEmptyDirectory());
        }
    }

    @Test
    void makesOtherSecretsAtEachStartAndEndsWhatItStarted(@TempDir Path other) throws IOException {
        int port;
        String password;
        try (var first = Lab.start(new LabOptions(other, Edition.STANDARD, 1, SMALL))) {
            port = first.sqlPort("ocs2007-rtc");
            password = first.secrets().get(Description.LDAP);
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .hasMessageContaining("refused");
        assertThat(other.resolve("lab.json")).doesNotExist();

        Files.createDirectory(other.resolve("vault"));
        try (var second = Lab.start(new LabOptions(other, Edition.STANDARD, 1, SMALL))) {
            assertThat(second.secrets().get(Description.LDAP)).isNotEqualTo(password);
            assertThat(other.resolve("vault")).exists();
        }
    }

    @Test
    void leavesAFolderAloneInWhichALabRuns() {
        var again = new LabOptions(lab.folder().path(), Edition.STANDARD, 1, SMALL);

        assertThatThrownBy(() -> Lab.start(again)).hasMessageContainingAll("runs here already", "HINT");
        assertThat(lab.folder().labJson()).exists();
    }

    @Test
    void leavesAFolderAloneThatHoldsSomethingElse(@TempDir Path other) throws IOException {
        var precious = Files.writeString(other.resolve("thesis.txt"), "draft");

        assertThatThrownBy(() -> Lab.start(new LabOptions(other, Edition.STANDARD, 1, SMALL)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("not empty", "HINT");
        assertThat(precious).hasContent("draft");
    }

    private static void run(String key, String sql) throws SQLException {
        try (var connection = connect(key, "master");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String key, String database) throws SQLException {
        return DriverManager.getConnection(
                lab.sqlUrl(key, database), SqlInstances.LOGIN, lab.secrets().get(Description.sql(key)));
    }
}
