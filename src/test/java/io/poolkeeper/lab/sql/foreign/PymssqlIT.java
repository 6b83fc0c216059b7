// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The stand-in judged by pymssql, Python's client on FreeTDS's DB-Library. */
class PymssqlIT extends ScriptedClientContract {
    @Override
    ScriptedClient startClient(Lab of, boolean encrypted) {
        var python = Needed.firstThatWorks(
                "pymssql",
                "install the Debian package python3-pymssql",
                List.of(List.of("/usr/bin/python3"), List.of("python3")),
                "-c",
                "import pymssql");
        var freeTds = new FreeTds(folder, of, encrypted ? "require" : "request");
        return new ScriptedClient(
                List.of(python.get(0), "src/test/resources/foreign/pymssql_client.py"),
                Map.of("FREETDSCONF", freeTds.configuration().toString(), "PYTHONIOENCODING", "utf-8"));
    }

    @Test
    void quotesItsParametersIntoTheBatch() {
        var answer = client.ask("batch", "sql", "SELECT %s, %d, %s", "parameters", Arrays.asList("it's ä€😀", 5, null));

        assertThat(answer.rows().get(0).subList(0, 2)).containsExactly("it's ä€😀", "5");
        assertThat(answer.rows().get(0).get(2)).isNull();
    }

    @Test
    void raisesTheFirstErrorAndHearsAll() {
        var refused = batch("BACKUP DATABASE rtc TO DISK = N'D:\\elsewhere\\x.bak'");

        assertThat(refused.errors("number")).containsExactly("3201");
        assertThat(refused.messages("severity")).containsExactly("16", "16");
        assertThat(refused.messages("text").get(0)).startsWith("Cannot open backup device 'D:\\elsewhere\\x.bak'.");
        assertThat(refused.messages("text").get(1)).isEqualTo("BACKUP DATABASE is terminating abnormally.");
        assertThat(batch("SELECT 1").cell()).isEqualTo("1");
    }

    @Test
    void givesALargeResultUpAndKeepsItsConnection() {
        var sql = "SELECT a.UserAtHost FROM dbo.Resource a, dbo.Resource b ORDER BY a.ResourceId";

        assertThat(client.ask("give_up", "sql", sql).cell()).isEqualTo("user1@ocs.lab");
        assertThat(batch("SELECT 1").cell()).isEqualTo("1");
    }

    /** DB-Library hangs up when its timeout is over. */
    @Test
    void endsItsBackupByHangingUp() {
        lab.server.inject(new Fault.Slow("big", Duration.ofSeconds(1)));
        try (var hasty = startClient(lab, true)) {
            var login = ScriptedClient.login(lab, "connect");
            login.put("timeout", 2);
            hasty.ask(login);

            var sql = "BACKUP DATABASE big TO DISK = N'C:\\backup\\hasty.bak' WITH INIT";
            assertThat(hasty.ask("batch", "sql", sql).failure()).isEqualTo("OperationalError");

            var running = "SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command = N'BACKUP DATABASE'";
            Awaitility.await().until(() -> batch(running).cell().equals("0"));
            assertThat(batch("RESTORE VERIFYONLY FROM DISK = N'C:\\backup\\hasty.bak'")
                            .errors("number"))
                    .containsExactly("3256");
        }
    }
}
