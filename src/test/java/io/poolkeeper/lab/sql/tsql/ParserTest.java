// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static List<String> kinds(String batch) {
        return Parser.parse(batch).stream()
                .map(statement -> statement.getClass().getSimpleName())
                .toList();
    }

    @Test
    void splitsWhatNothingSeparates() {
        assertThat(
                        kinds(
                                "set nocount on set quoted_identifier on SELECT 1 SELECT 2 use [x] BACKUP LOG x TO DISK='y' KILL 3"))
                .containsExactly("SetOption", "SetOption", "Query", "Query", "Use", "Backup", "Kill");
    }

    /** The first batches of tedious and of jTDS: separated by line ends, or by blanks alone. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                set ansi_nulls on
                set ansi_null_dflt_on on
                set ansi_padding on
                set ansi_warnings on
                set arithabort on
                set concat_null_yields_null on
                set cursor_close_on_commit off
                set datefirst 7
                set dateformat mdy
                set implicit_transactions off
                set language us_english
                set numeric_roundabort off
                set quoted_identifier on
                set textsize 2147483647
                set transaction isolation level read committed""", """
                SELECT @@MAX_PRECISION
                SET TRANSACTION ISOLATION LEVEL READ COMMITTED
                SET IMPLICIT_TRANSACTIONS OFF
                SET QUOTED_IDENTIFIER ON
                SET TEXTSIZE 2147483647""", "set implicit_transactions off IF @@TRANCOUNT > 0 COMMIT TRAN"})
    void takesTheFirstBatchesOfKnownClients(String batch) {
        assertThat(kinds(batch)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t UNION ALL SELECT b FROM u",
                "INSERT INTO t (a) SELECT a FROM u",
                "INSERT t VALUES (1)",
                "UPDATE t SET a = 1 WHERE b = (SELECT MAX(b) FROM t)",
                "WITH x AS (SELECT 1 AS a) SELECT * FROM x",
                "CREATE VIEW v AS SELECT 1 AS a",
                "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u(b) ON DELETE CASCADE",
                "DROP TABLE IF EXISTS t",
                "SELECT CASE WHEN a = 1 THEN 2 ELSE 3 END FROM t",
                "MERGE t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "SELECT [set], \"use\" FROM [select]"
            })
    void keepsOneStatementWhole(String batch) {
        assertThat(kinds(batch)).containsExactly("Query");
    }

    @Test
    void readsABackupWithItsOptions() {
        var sql = "BACKUP DATABASE [it]]s] TO DISK = N'C:\\b''x.bak' WITH INIT, STATS = 5, NAME = @n, COPY_ONLY";

        var backup = (Statement.Backup) Parser.parse(sql).get(0);

        assertThat(backup.database()).isEqualTo(new Operand.Literal("it]s"));
        assertThat(backup.devices()).containsExactly(new Operand.Literal("C:\\b'x.bak"));
        assertThat(backup.options().has("COPY_ONLY")).isTrue();
        assertThat(backup.options().value("STATS")).contains(new Operand.Literal("5"));
        assertThat(backup.options().value("NAME")).contains(new Operand.Variable("@n"));
        assertThat(backup.options().value("INIT")).isEmpty();
    }

    @Test
    void readsARestoreWithItsMoves() {
        var sql = "RESTORE DATABASE @P0 FROM DISK = @P1 WITH MOVE 'a' TO N'b', MOVE @l TO @p, NORECOVERY, FILE = 2";

        var restore = (Statement.Restore) Parser.parse(sql).get(0);

        assertThat(restore.database()).isEqualTo(new Operand.Variable("@p0"));
        assertThat(restore.options().moves())
                .containsExactly(
                        new Options.Move(new Operand.Literal("a"), new Operand.Literal("b")),
                        new Options.Move(new Operand.Variable("@l"), new Operand.Variable("@p")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BACKUP DATABASE x TO DISK = 'y' MIRROR TO DISK = 'z' WITH FORMAT",
                "BACKUP DATABASE x TO DISK = 'y' WITH ENCRYPTION",
                "BACKUP SERVER TO DISK = 'y'",
                "BEGIN TRY SELECT 1 END TRY",
                "GRANT SELECT ON t TO public"
            })
    void saysWhatTheLabLacks(String batch) {
        assertThatThrownBy(() -> Parser.parse(batch))
                .isInstanceOfSatisfying(
                        SyntaxError.class, e -> assertThat(e.number()).isEqualTo(50000))
                .hasMessageStartingWith("The lab's SQL Server does not know ");
    }

    @Test
    void runsNothingOfABatchThatIsWrongAnywhere() {
        assertThatThrownBy(() -> Parser.parse("SELECT 1\nBACKUP DATABASE TO DISK"))
                .isInstanceOfSatisfying(
                        SyntaxError.class, e -> assertThat(e.line()).isEqualTo(2));
    }
}
