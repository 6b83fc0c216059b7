// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
import io.poolkeeper.lab.sql.Browsed;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in judged by tedious, Node's client for SQL Server. */
class TediousIT extends ScriptedClientContract {
    @Override
    ScriptedClient startClient(Lab of, boolean encrypted) {
        var modules = Path.of("target/foreign/node_modules").toAbsolutePath();
        Needed.works(
                "tedious",
                "./verify installs it; or copy src/test/resources/foreign/package*.json to target/foreign and run npm ci"
                        + " there",
                "node",
                "-e",
                "require(process.argv[1])",
                modules.resolve("tedious").toString());
        return new ScriptedClient(
                List.of("node", "--no-deprecation", "src/test/resources/foreign/tedious.js"),
                Map.of("NODE_PATH", modules.toString()));
    }

    private static Map<String, Object> parameter(String name, String type, Object value) {
        var parameter = new HashMap<String, Object>();
        parameter.put("name", name);
        parameter.put("type", type);
        parameter.put("value", value);
        return parameter;
    }

    @Test
    void bindsParametersOfEveryType() {
        var parameters = List.of(
                parameter("text", "NVarChar", "ä€😀"),
                parameter("long", "NVarChar", "y".repeat(9_000)),
                parameter("big", "BigInt", "9007199254740993"),
                parameter("small", "TinyInt", 255),
                parameter("flag", "Bit", true),
                parameter("bytes", "VarBinary", "0102ff"),
                parameter("nothing", "UniqueIdentifier", null));

        var row = client.ask(
                        "query",
                        "sql",
                        "SELECT @text, LEN(@long), @big, @small, @flag, @bytes, @nothing",
                        "parameters",
                        parameters)
                .rows()
                .get(0);

        assertThat(row.subList(0, 4)).containsExactly("ä€😀", "9000", "9007199254740993", "255");
        assertThat(row.subList(4, 6)).containsExactly("true", "0102ff");
        assertThat(row.get(6)).isNull();
    }

    @Test
    void preparesOnceAndExecutesOften() {
        var answer = client.ask(
                "prepared",
                "sql",
                "SELECT COUNT(*) FROM dbo.Resource WHERE ResourceId <= @p",
                "type",
                "Int",
                "values",
                List.of(5, 10, 20));

        assertThat(answer.failure()).isEmpty();
        assertThat(answer.rows()).containsExactly(List.of("5"), List.of("10"), List.of("20"));
    }

    @Test
    void getsOutputParametersAndCallsProcedures() {
        var output = Map.of("name", "o", "type", "Int", "output", true);
        var answer =
                client.ask("query", "sql", "SET @o = @i + 1", "parameters", List.of(parameter("i", "Int", 41), output));
        assertThat(answer.output("o")).isEqualTo("42");

        var statement = parameter("statement", "NVarChar", "SELECT 7 AS x");
        assertThat(client.ask("call", "sql", "sp_executesql", "parameters", List.of(statement))
                        .cell())
                .isEqualTo("7");
    }

    @Test
    void hearsEveryErrorWithItsNumberAndSeverity() {
        var refused = batch("BACKUP DATABASE rtc TO DISK = N'D:\\elsewhere\\x.bak'");
        assertThat(refused.errors("number")).containsExactly("3201", "3013");
        assertThat(refused.errors("severity")).containsExactly("16", "16");

        var raised = batch("RAISERROR('bad', 13, 4)");
        assertThat(raised.errors("number")).containsExactly("50000");
        assertThat(raised.errors("severity")).containsExactly("13");
        assertThat(raised.errors("state")).containsExactly("4");
    }

    @Test
    void numbersTheMessagesOfABackup() {
        assertThat(batch("BACKUP DATABASE rtc TO DISK = N'C:\\backup\\rtc.bak' WITH INIT, STATS = 50")
                        .messages("number"))
                .containsExactly("3211", "4035", "3211", "4035", "3014");
    }

    @Test
    void cancelsAStatementThatWaits() {
        var answer = client.ask("cancel", "sql", "WAITFOR DELAY '00:02:00'");

        assertThat(answer.failure()).isEqualTo("ECANCEL");
        assertThat(batch("SELECT 1").cell()).isEqualTo("1");
    }

    @Test
    void cancelsABackupAtItsFirstProgressMessage() {
        lab.server.inject(new Fault.Slow("big", Duration.ofMillis(50)));

        var answer = client.ask(
                "cancel",
                "at",
                3211,
                "sql",
                "BACKUP DATABASE big TO DISK = N'C:\\backup\\big.bak' WITH INIT, STATS = 1");

        assertThat(answer.failure()).isEqualTo("ECANCEL");
        assertThat(answer.errors("number")).containsExactly("3204", "3013");
        assertThat(answer.messages("number")).contains("3211").doesNotContain("3014");
        assertThat(batch("RESTORE VERIFYONLY FROM DISK = N'C:\\backup\\big.bak'")
                        .errors("number"))
                .containsExactly("3256", "3013");
    }

    @Test
    void resetsItsConnection() {
        batch("USE master SET NOCOUNT ON BEGIN TRANSACTION");
        client.ask("reset");

        assertThat(batch("SELECT DB_NAME(), @@TRANCOUNT").rows()).containsExactly(List.of("rtc", "0"));
    }

    @Test
    void hangsUpOnAServerThatKnowsOnlyTls10(@TempDir Path other) {
        try (var old = Lab.start(other, ServerVersion.SQL_2005_SP4, Edition.EXPRESS, TlsPolicy.TLS_1_0_ONLY);
                var stranger = startClient(old, true)) {
            var answer = stranger.ask(ScriptedClient.login(old, "connect"));

            assertThat(answer.because()).contains("unsupported protocol");
        }
    }

    @Test
    void findsAnInstanceByItsName() throws IOException {
        try (var browser = Browsed.browser();
                var rtc = Browsed.instance("OCS2007\\RTC", ServerVersion.SQL_2005_SP4);
                var stranger = startClient(lab, true)) {
            browser.announce(rtc);
            var login = ScriptedClient.login(lab, "connect");
            login.put("host", Browsed.ADDRESS);
            login.put("instance", "rtc");
            login.put("database", "master");

            assertThat(stranger.ask(login).failure()).isEmpty();
            assertThat(stranger.ask("batch", "sql", "SELECT @@SERVERNAME").cell())
                    .isEqualTo("OCS2007\\RTC");
        }
    }
}
