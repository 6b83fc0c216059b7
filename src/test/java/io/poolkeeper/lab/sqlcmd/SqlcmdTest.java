// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlcmdTest {
    @TempDir
    static Path backups;

    @TempDir
    private Path folder;

    private static Lab lab;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        lab = Lab.start(backups).with("rtc", RecoveryModel.SIMPLE, 30);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void printsLabelsDashesRowsAndTheirNumber() throws IOException {
        assertThat(run(Map.of(), "SELECT 1 AS number, N'a b ' AS text, NULL AS nothing", "-W", "-s", "|"))
                .isZero();

        assertThat(lines(out))
                .containsExactly("number|text|nothing", "------|----|-------", "1|a b|NULL", "", "(1 rows affected)");
    }

    @Test
    void padsColumnsUnlessItIsToldNotTo() throws IOException {
        run(Map.of(), "SET NOCOUNT ON; SELECT CAST(N'ab' AS nvarchar(6)) AS a, 1 AS b");

        assertThat(lines(out).get(2)).startsWith("ab     ").contains(" 1");
    }

    @Test
    void breaksLinesThatAreWiderThanItsScreen() throws IOException {
        run(Map.of(), "SET NOCOUNT ON; SELECT N'" + "x".repeat(100) + "' AS a", "-W");

        assertThat(lines(out)).contains("x".repeat(80), "x".repeat(20));
    }

    @Test
    void keepsTheNumbersOfInformationToItselfUnlessAskedForAll() throws IOException {
        var backup = "BACKUP DATABASE rtc TO DISK = N'C:\\backup\\a.bak' WITH INIT";

        run(Map.of(), backup);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("BACKUP DATABASE successfully processed")
                .doesNotContain("3014");

        run(Map.of(), backup, "-m-1");
        assertThat(lines(out)).contains("Msg 3014, Level 0, State 1, Server OCS2007\\RTC, Line 1");
    }

    @ParameterizedTest
    @CsvSource({"'',0", "-b,1", "-b -V 17,0", "-b -V 11,1"})
    void endsWithOneForAnErrorOnlyWhenToldTo(String options, int exit) throws IOException {
        var more = options.isEmpty() ? new String[0] : options.split(" ");

        assertThat(run(Map.of(), "BACKUP DATABASE rtc TO DISK = N'D:\\nowhere\\a.bak'", more))
                .isEqualTo(exit);

        assertThat(lines(err))
                .anyMatch(line -> line.startsWith("Msg 3201, Level 16, State "))
                .anyMatch(line -> line.startsWith("Msg 3013, Level 16, State "));
    }

    @Test
    void runsNoFurtherBatchAfterAnErrorWithB() throws IOException {
        run(Map.of(), "SELECT * FROM nothing\nGO\nPRINT 'later'\nGO", "-b");

        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("later");
    }

    @Test
    void saysWhyItCannotLogIn() throws IOException {
        assertThat(run(Map.of("SQLCMDPASSWORD", "wrong"), "SELECT 1")).isEqualTo(1);

        assertThat(lines(err)).anyMatch(line -> line.startsWith("Msg 18456, Level 14, State 1, Server "));
    }

    @Test
    void refusesAnOptionThatTheRealOneDoesNotKnow() throws IOException {
        assertThat(run(Map.of(), "SELECT 1", "-B")).isEqualTo(1);

        assertThat(lines(err)).containsExactly("Sqlcmd: '-B': Unknown Option. Enter '-?' for help.");
    }

    @Test
    void writesTheWholeAnswerIntoAFileInUnicode() throws IOException {
        var answer = folder.resolve("answer.txt");

        run(Map.of(), "PRINT N'b\u00FCro'", "-o", answer.toString(), "-u");

        var bytes = Files.readAllBytes(answer);
        assertThat(bytes).startsWith(0xFF, 0xFE);
        assertThat(new String(bytes, StandardCharsets.UTF_16LE)).contains("b\u00FCro");
        assertThat(out.size()).isZero();
    }

    @Test
    void saysTheWordsOfAHeaderInTheLanguageThatItWasTold() throws IOException {
        SqlcmdProgram.install(folder).speaks("german");

        run(Map.of(), "SELECT * FROM nothing");

        assertThat(lines(err)).anyMatch(line -> line.matches("Meldung 208, Ebene 16, Status 1, Server .*, Zeile 1"));
    }

    @Test
    void startsAsAProgramOfItsOwn() throws Exception {
        var program = SqlcmdProgram.install(folder).reaches("old,1433", lab.server.port());
        var builder = new ProcessBuilder(
                program.path().toString(), "-S", "old,1433", "-U", "sa", "-W", "-Q", "SELECT 42 AS answer");
        builder.environment().put("SQLCMDPASSWORD", Lab.PASSWORD);
        var process = builder.redirectErrorStream(true).start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.lines()).startsWith("answer", "------", "42");
        assertThat(process.exitValue()).isZero();
    }

    private int run(Map<String, String> environment, String sql, String... more) throws IOException {
        out.reset();
        err.reset();
        var script = Files.writeString(folder.resolve("script.sql"), sql);
        var known = environment.isEmpty() ? Map.of("SQLCMDPASSWORD", Lab.PASSWORD) : environment;
        var arguments = new ArrayList<>(
                List.of("-S", "127.0.0.1," + lab.server.port(), "-U", "sa", "-r", "-i", script.toString()));
        arguments.addAll(List.of(more));
        return new Sqlcmd(
                        new Settings(folder.resolve("sqlcmd")),
                        known,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private static List<String> lines(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
