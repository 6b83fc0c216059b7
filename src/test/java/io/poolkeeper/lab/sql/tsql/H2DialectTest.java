// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.sql.session.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2DialectTest {
    private static Rewritten rewrite(String sql) {
        var tokens = Lexer.tokens(sql);
        return H2Dialect.rewrite(tokens.subList(0, tokens.size() - 1), new Surroundings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT [a b] FROM [T] WITH (NOLOCK)|SELECT \"a b\" FROM \"T\"",
                "SELECT COUNT(*) FROM t|SELECT CAST(COUNT ( * ) AS INTEGER) FROM t",
                "SELECT IIF(a > 1, 'x', 'y')|SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END",
                "SELECT GETUTCDATE()|SELECT CAST(CURRENT_TIMESTAMP(7) AT TIME ZONE 'UTC' AS TIMESTAMP(3))",
                "INSERT t VALUES (N'x')|INSERT INTO t VALUES ( 'x' )",
                "SELECT a COLLATE Latin1_General_CI_AS AS 'b c' FROM t OPTION (RECOMPILE)|SELECT a AS \"b c\" FROM t",
                "CREATE TABLE t([a] [tinyint], CONSTRAINT p PRIMARY KEY CLUSTERED (a)) ON [PRIMARY]"
                        + "|CREATE TABLE t ( \"a\" SMALLINT , CONSTRAINT p PRIMARY KEY ( a ) )",
                "SELECT * FROM SYS.Databases|SELECT * FROM sys.Databases",
                "SELECT * FROM INFORMATION_SCHEMA.tables|SELECT * FROM sys.\"INFORMATION_SCHEMA_TABLES\"",
                "SELECT @@SPID WHERE a != 1|SELECT 51 WHERE a <> 1",
                "SELECT DB_NAME(database_id) FROM x|SELECT F('DB_NAME' , database_id ) FROM x"
            })
    void saysItInH2sWords(String sql, String expected) {
        assertThat(rewrite(sql).sql()).isEqualTo(expected);
    }

    @Test
    void bindsVariablesWithTheirTypes() {
        var rewritten = rewrite("SELECT * FROM t WHERE a = @P0 AND b = '@P0'");

        assertThat(rewritten.sql()).isEqualTo("SELECT * FROM t WHERE a = CAST(? AS VARCHAR) AND b = '@P0'");
        assertThat(rewritten.values()).containsExactly("value");
    }

    @Test
    void runsInTheDatabaseThatTheNamesName() {
        assertThat(rewrite("SELECT * FROM msdb.dbo.backupset").database()).isEqualTo("msdb");
        assertThat(rewrite("SELECT * FROM msdb..backupset").sql()).isEqualTo("SELECT * FROM dbo.backupset");
        assertThat(rewrite("SELECT * FROM rtc.dbo.t").database()).isNull();
        assertThat(rewrite("SELECT * FROM sys.databases d JOIN msdb.dbo.backupset b ON 1 = 1")
                        .database())
                .isEqualTo("msdb");
        assertThat(rewrite("WITH c AS (SELECT * FROM msdb.dbo.backupset) SELECT * FROM c")
                        .database())
                .isEqualTo("msdb");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM t JOIN msdb.dbo.u ON 1 = 1",
                "SELECT * FROM msdb.dbo.u, dbo.t",
                "INSERT INTO t SELECT * FROM msdb.dbo.u",
                "SELECT * FROM msdb.dbo.u WHERE a IN (SELECT b FROM sys.tables)"
            })
    void refusesStatementsOverTwoDatabases(String sql) {
        assertThatThrownBy(() -> rewrite(sql)).hasMessageContaining("over several databases");
    }

    @Test
    void notesTheColumnsThatAreVariants() {
        var sql = "SELECT SERVERPROPERTY('Edition') AS e, 1, CAST(SERVERPROPERTY('x') AS int), SERVERPROPERTY('y')";

        assertThat(rewrite(sql).variants()).isEqualTo(Set.of(0, 3));
    }

    @Test
    void refusesAnUndeclaredVariable() {
        assertThatThrownBy(() -> rewrite("SELECT @nosuch"))
                .isInstanceOfSatisfying(
                        SyntaxError.class, e -> assertThat(e.number()).isEqualTo(137));
    }

    private static final class Surroundings implements Scope {
        @Override
        public Binding variable(String name) {
            return name.equals("@p0") ? new Binding(SqlType.nvarchar(10), "value") : null;
        }

        @Override
        public Optional<Object> global(String name) {
            return name.equals("@@SPID") ? Optional.of(51) : Optional.empty();
        }

        @Override
        public String database() {
            return "rtc";
        }

        @Override
        public boolean isDatabase(String name) {
            return Set.of("rtc", "msdb").contains(name);
        }

        @Override
        public boolean isServerWide(String view) {
            return view.equals("databases");
        }

        @Override
        public String systemFunction(String name) {
            return name.equals("DB_NAME") ? "F('DB_NAME'" : null;
        }

        @Override
        public Optional<Variant> variant(String function, List<String> arguments) {
            return function.equals("SERVERPROPERTY") ? Optional.of(new Variant(3)) : Optional.empty();
        }
    }
}
