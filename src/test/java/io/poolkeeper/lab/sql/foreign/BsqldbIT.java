// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The stand-in judged by FreeTDS's bsqldb, which stands on DB-Library. It cannot show uniqueidentifiers. */
class BsqldbIT extends FreeTdsContract {
    @Override
    String[] command(String password) {
        return new String[] {"bsqldb", "-q", "-S", "lab", "-U", "sa", "-P", password, "-D", "master", "-t", "|"};
    }

    @Override
    String separator() {
        return "\\|";
    }

    @Test
    void leavesWithTheSeverityOfTheFirstError() {
        var output = run("BACKUP DATABASE rtc TO DISK = N'D:\\elsewhere\\x.bak'", "SELECT 'not reached' AS x");

        assertThat(output.exitCode()).isEqualTo(16);
        assertThat(output.err()).contains("Msg 3201, Level 16, State 1");
        assertThat(output.out()).doesNotContain("not reached");
    }

    @Test
    void readsADatabaseThatWasRestored() {
        var output = run(
                "BACKUP DATABASE rtc TO DISK = N'C:\\backup\\copy.bak' WITH INIT, COPY_ONLY",
                "RESTORE DATABASE copy FROM DISK = N'C:\\backup\\copy.bak' WITH MOVE 'rtc' TO 'C:\\backup\\c.mdf',"
                        + " MOVE 'rtc_log' TO 'C:\\backup\\c.ldf'",
                "SELECT COUNT(*) AS n FROM copy.dbo.Resource",
                "DROP DATABASE copy");

        assertThat(output.out().strip()).isEqualTo("2000");
        assertThat(output.exitCode()).isZero();
    }
}
