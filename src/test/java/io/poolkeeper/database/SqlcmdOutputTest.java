// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of sqlcmd's words: numbers decide, in any language, and what is not an answer is never taken for one. */
class SqlcmdOutputTest {
    private static final String BACKUP = """
            Msg 3211, Level 0, State 1, Server OCS2007\\RTC, Line 1
            100 percent processed.
            Msg 4035, Level 0, State 1, Server OCS2007\\RTC, Line 1
            Processed 312 pages for database 'rtc', file 'rtc' on file 1.
            Msg 3014, Level 0, State 1, Server OCS2007\\RTC, Line 1
            BACKUP DATABASE successfully processed 314 pages in 0.061 seconds (40.1 MB/sec).
            """;

    @Test
    void hearsTheNumbersOfAGoodBackup() {
        var output = new SqlcmdOutput(BACKUP);

        assertThat(output.numbers()).containsExactly(3211, 4035, 3014);
        assertThat((Throwable) output.error()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Msg 3201, Level 16, State 1, Server OCS2007\\RTC, Line 1",
                "Msg 3201, Level 16, State 1, Server OCS2007, Procedure sp_backup, Line 12",
                "Meldung 3201, Ebene 16, Status 1, Server OCS2007, Zeile 1",
                "Msg 3201, Niveau 16, \u00C9tat 1, Serveur OCS2007, Ligne 1",
                "Mens. 3201, Nivel 16, Estado 1, Servidor OCS2007, L\u00EDnea 1",
                "\u30E1\u30C3\u30BB\u30FC\u30B8 3201\u3001\u30EC\u30D9\u30EB 16\u3001\u72B6\u614B 1\u3001\u30B5\u30FC\u30D0\u30FC OCS2007\u3001\u884C 1",
                "\u6D88\u606F 3201\uFF0C\u7EA7\u522B 16\uFF0C\u72B6\u6001 1\uFF0C\u670D\u52A1\u5668 OCS2007\uFF0C\u7B2C 1 \u884C"
            })
    void readsAnErrorInWhateverLanguageTheServerSpeaks(String header) {
        var error = new SqlcmdOutput(header + "\r\n'C:\\x' 5(Zugriff verweigert)\r\n").error();

        assertThat(SqlFaults.chain(error))
                .containsExactly(new SqlFaults.Message(3201, "'C:\\x' 5(Zugriff verweigert)"));
    }

    @Test
    void makesAChainOfTheErrorsInTheirOrder() {
        var error = new SqlcmdOutput("""
                Msg 3201, Level 16, State 1, Server S, Line 1
                Cannot open backup device 'C:\\x'.
                Operating system error 5(Access is denied.).
                Msg 3013, Level 16, State 1, Server S, Line 1
                BACKUP DATABASE is terminating abnormally.
                """).error();

        assertThat(SqlFaults.cause(error).number()).isEqualTo(3201);
        assertThat(SqlFaults.cause(error).text())
                .isEqualTo("Cannot open backup device 'C:\\x'. Operating system error 5(Access is denied.).");
        assertThat(SqlFaults.chain(error)).hasSize(2);
    }

    @Test
    void takesNoSentenceWithNumbersForAHeader() {
        assertThat(new SqlcmdOutput("Processed 1, 2, 3 pages, and more in 4 seconds\nHResult 0x2AF9, Level 16, State 1")
                        .numbers())
                .isEmpty();
    }

    @Test
    void readsRowsByTheirLabels() throws SQLException {
        var rows = new SqlcmdOutput("""
                Msg 5701, Level 0, State 2, Server S, Line 1
                Changed database context to 'rtc'.
                name\tstate_desc\tsize\tlast
                ----\t----------\t----\t----
                rtc\tONLINE\t12\t2026-11-23 22:15:03.123
                my chat\tOFFLINE\t-1\tNULL

                Msg 3014, Level 0, State 1, Server S, Line 1
                done
                """).rows();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).time("LAST")).hasToString("2026-11-23T22:15:03.123");
        assertThat(rows.get(1).text("name")).isEqualTo("my chat");
        assertThat(rows.get(1).number("size")).isEqualTo(-1);
        assertThat(rows.get(1).isNull("last")).isTrue();
        assertThatThrownBy(() -> rows.get(1).text("other")).isInstanceOf(SQLException.class);
    }

    @Test
    void readsAValueThatHasALineBreak() throws SQLException {
        var rows = new SqlcmdOutput("name\tby\n----\t--\na\n\nb\tsa\nc\tsa\n").rows();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).text("name")).isEqualTo("a\n\nb");
    }

    @Test
    void knowsNoRowsFromNoAnswer() throws SQLException {
        assertThat(new SqlcmdOutput("name\tby\n----\t--\n").rows()).isEmpty();
        assertThatThrownBy(() -> new SqlcmdOutput("").rows()).hasMessageContaining("printed no rows");
        assertThatThrownBy(() -> new SqlcmdOutput("ok\n").rows()).hasMessageContaining("printed no rows");
    }

    @Test
    void refusesARowThatHasTooManyValues() {
        assertThatThrownBy(() -> new SqlcmdOutput("name\tby\n----\t--\na\tb\tsa\n").rows())
                .hasMessageContaining("3 values for 2 columns");
    }
}
