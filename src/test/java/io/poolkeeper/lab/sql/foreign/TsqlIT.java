// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.Browsed;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.session.ServerVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stand-in judged by FreeTDS's tsql. */
class TsqlIT extends FreeTdsContract {
    private static final String GUID = "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}";

    @Override
    String[] command(String password) {
        return new String[] {"tsql", "-S", "lab", "-U", "sa", "-P", password, "-D", "master", "-o", "fq"};
    }

    @Override
    String separator() {
        return "\t";
    }

    /** Each row's cells by the names of their columns. */
    private static List<List<String>> table(FreeTds.Output output) {
        var lines = output.out().lines().toList();
        var table = new ArrayList<List<String>>();
        lines.forEach(line -> table.add(List.of(line.split("\t", -1))));
        return table;
    }

    private static String cell(List<List<String>> table, int row, String column) {
        return table.get(row).get(table.get(0).indexOf(column));
    }

    @Test
    void readsWhatABackupSaysOfItself() {
        run("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\said.bak' WITH FORMAT, CHECKSUM, NAME = N'grüße'");

        var header = table(run("RESTORE HEADERONLY FROM DISK = N'C:\\backup\\said.bak'"));
        assertThat(header).hasSize(2);
        assertThat(cell(header, 1, "BackupName")).isEqualTo("grüße");
        assertThat(cell(header, 1, "DatabaseName")).isEqualTo("rtc");
        assertThat(cell(header, 1, "FirstLSN")).matches("34000000\\d{9}");
        assertThat(cell(header, 1, "HasBackupChecksums")).isEqualTo("1");
        assertThat(cell(header, 1, "BackupSetGUID")).matches(GUID);
        assertThat(cell(header, 1, "ExpirationDate")).isEqualTo("NULL");

        var files = table(run("RESTORE FILELISTONLY FROM DISK = N'C:\\backup\\said.bak'"));
        assertThat(files).hasSize(3);
        assertThat(cell(files, 1, "LogicalName")).isEqualTo("rtc");
        assertThat(cell(files, 2, "Type")).isEqualTo("L");
        assertThat(cell(files, 1, "Size")).isEqualTo("3145728");

        var label = table(run("RESTORE LABELONLY FROM DISK = N'C:\\backup\\said.bak'"));
        assertThat(cell(label, 1, "MediaFamilyId")).matches(GUID);
        assertThat(cell(label, 1, "SoftwareName")).isEqualTo("Microsoft SQL Server");
    }

    @Test
    void showsEveryErrorAndGoesOn() {
        var output = run("BACKUP DATABASE rtc TO DISK = N'D:\\elsewhere\\x.bak'", "SELECT 'still here' AS x");

        assertThat(output.err())
                .containsSubsequence("Msg 3201 (severity 16, state 1)", "Msg 3013 (severity 16, state 1)");
        assertThat(output.out()).contains("still here");
    }

    @Test
    void showsSeveralResultsOfOneBatch() {
        assertThat(run("SELECT 1 AS a SELECT 2 AS b PRINT 'between' SELECT 3 AS c")
                        .out()
                        .lines())
                .containsExactly("a", "1", "b", "2", "c", "3");
    }

    @Test
    void speaksTds71() {
        var command =
                new String[] {"env", "TDSVER=7.1", "tsql", "-S", "lab", "-U", "sa", "-P", Lab.PASSWORD, "-o", "fq"};
        var sql = "SELECT protocol_version FROM sys.dm_exec_connections WHERE session_id = @@SPID";

        assertThat(freeTds(lab, "require").run(script(sql), command).rows()).containsExactly("1895825409");
    }

    @Test
    void listsTheInstancesOfAMachine() throws IOException {
        try (var browser = Browsed.browser();
                var rtc = Browsed.instance("OCS2007\\RTC", ServerVersion.SQL_2005_SP4)) {
            browser.announce(rtc);

            var output = freeTds(lab, "off").run("", "tsql", "-L", "-H", Browsed.ADDRESS);

            assertThat(output.err())
                    .contains("ServerName OCS2007")
                    .contains("InstanceName RTC")
                    .contains("tcp " + rtc.port());
        }
    }
}
