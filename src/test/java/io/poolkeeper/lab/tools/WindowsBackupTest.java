// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-ins of Windows Server Backup keep to what is known of the real ones. */
class WindowsBackupTest {
    @TempDir
    Path folder;

    private Lab sql;
    private WindowsBackupTools tools;
    private VssFolder vss;
    private Path share;

    @BeforeEach
    void start() throws IOException {
        sql = Lab.startWithSnapshots(Files.createDirectory(folder.resolve("backups")))
                .with("rtc", RecoveryModel.FULL, 20);
        var access = new SqlAccess(sql.url(""), "sa", Lab.PASSWORD, sql.virtualDevices());
        tools = WindowsBackupTools.install(folder, "ocs2007", "2008r2", () -> List.of(access));
        vss = new VssFolder(folder.resolve("vss"));
        share = Files.createDirectory(folder.resolve("share"));
    }

    @AfterEach
    void stop() {
        tools.close();
        sql.close();
    }

    private record Said(int exit, String text) {}

    private Said wbadmin(String... arguments) {
        var out = new ByteArrayOutputStream();
        var exit = new WbAdmin(vss, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return new Said(exit, out.toString(StandardCharsets.UTF_8));
    }

    private Said backUp(String... more) throws IOException {
        var arguments = new java.util.ArrayList<>(
                List.of("start", "backup", "-backupTarget:" + share, "-include:" + dataFolder(), "-quiet"));
        arguments.addAll(List.of(more));
        return wbadmin(arguments.toArray(new String[0]));
    }

    private String dataFolder() throws IOException {
        try (var connection = sql.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT physical_name FROM sys.master_files WHERE database_id = DB_ID('rtc')")) {
            row.next();
            return row.getString(1).substring(0, row.getString(1).lastIndexOf('\\'));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private List<String> rows() throws SQLException {
        try (var connection = sql.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT b.database_name, b.is_copy_only, f.physical_device_name,"
                        + " f.device_type FROM msdb.dbo.backupset AS b JOIN msdb.dbo.backupmediafamily AS f"
                        + " ON f.media_set_id = b.media_set_id WHERE b.is_snapshot = 1 AND b.database_name = 'rtc'")) {
            var rows = new java.util.ArrayList<String>();
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getBoolean(2) + " " + row.getString(3) + " " + row.getInt(4));
            }
            return rows;
        }
    }

    private List<Path> images() throws IOException {
        try (var all = Files.walk(share)) {
            return all.filter(file -> file.toString().endsWith(".vhd")).toList();
        }
    }

    @Test
    void takesAnImageWithTheRowsOfTheDatabasesAndLeavesASnapshotInMsdb() throws IOException, SQLException {
        var said = backUp("-vssCopy");

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("wbadmin 1.0 - Backup command-line tool")
                .contains("The backup operation successfully completed.");
        assertThat(rows()).singleElement().asString().matches("rtc true \\{[0-9A-F-]{36}} 7");
        assertThat(images()).hasSize(1);
        assertThat(images().get(0).toString())
                .matches(".*/WindowsImageBackup/OCS2007/Backup \\d{4}-\\d\\d-\\d\\d \\d{6}/[^/]+[.]vhd");
        try (var zip = new ZipInputStream(Files.newInputStream(images().get(0)))) {
            var content = "";
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith("/rtc.mdf")) {
                    content = new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1);
                }
            }
            assertThat(content).contains("Resource");
        }
        assertThat(sql.virtualDevices()).isEmptyDirectory();
    }

    @Test
    void movesTheBaseOfDifferentialsOnOnlyWithVssFull() throws IOException, SQLException {
        assertThat(backUp("-vssFull").exit()).isZero();

        assertThat(rows()).singleElement().asString().startsWith("rtc false ");
    }

    @Test
    void keepsOneVersionOnAShareAndLosesItWhenTheNextBreaksOff() throws IOException {
        assertThat(wbadmin("get", "versions", "-backupTarget:" + share).exit()).isNegative();
        backUp();
        var versions = wbadmin("get", "versions", "-backupTarget:" + share);
        assertThat(versions.exit()).isZero();
        assertThat(versions.text())
                .contains("Network Share labeled " + share)
                .containsPattern("Version identifier: \\d\\d/\\d\\d/\\d{4}-\\d\\d:\\d\\d\\R");

        vss.strike(VssFolder.Fault.BREAKS_OFF);
        assertThat(backUp().exit()).isEqualTo(-3);

        assertThat(images()).isEmpty();
    }

    @Test
    void refusesWhatTheRealOneRefuses() throws IOException {
        assertThat(wbadmin("start", "backup", "-backupTarget:" + folder.resolve("none"), "-include:C:", "-quiet")
                        .text())
                .contains("ERROR - The backup location");
        assertThat(wbadmin("start", "backup", "-backupTarget:" + share, "-include:C:\\nowhere", "-quiet")
                        .exit())
                .isNegative();
        assertThat(wbadmin("start", "backup", "-backupTarget:" + share, "-include:C:")
                        .text())
                .contains("[Y] Yes [N] No");
        assertThat(wbadmin("start", "backup", "/backupTarget:" + share).text()).contains("Command syntax incorrect");
        vss.computer("ocs2007", "2008");
        assertThat(backUp().text()).contains("only whole volumes");
        assertThat(wbadmin("start", "backup", "-backupTarget:" + share, "-include:C:", "-quiet")
                        .exit())
                .isZero();
    }

    @Test
    void runsOneBackupAtATimeUntilTheJobIsStopped() throws IOException {
        Files.writeString(vss.running(), "1");

        assertThat(backUp().text()).contains("already in progress");
        assertThat(wbadmin("stop", "job", "-quiet").exit()).isZero();
        assertThat(backUp().exit()).isZero();
    }

    @Test
    void listsTheWriterOfSqlServerWhileItsServiceRuns() throws IOException {
        assertThat(writers()).contains("{a65faa63-5ea8-4ebc-9dbd-a0c4db26912a}", "State: [1] Stable");
        vss.strike(VssFolder.Fault.WRITER_FAILED, VssFolder.Fault.GERMAN);
        assertThat(writers()).contains("Status: [8] Fehlgeschlagen");
        tools.close();
        assertThat(writers()).doesNotContain("{a65faa63-5ea8-4ebc-9dbd-a0c4db26912a}");
    }

    private String writers() {
        var out = new ByteArrayOutputStream();
        new VssAdmin(vss, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of("list", "writers"));
        return out.toString(StandardCharsets.UTF_8);
    }
}
