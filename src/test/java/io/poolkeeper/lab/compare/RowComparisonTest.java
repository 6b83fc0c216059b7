// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.database.DatabaseContent;
import io.poolkeeper.lab.database.DatabaseSeeder;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowComparisonTest {
    private static final OcsSite SITE = OcsSite.of(2007, Edition.STANDARD, new Scale(0.1));
    private static final String PART = "database:ocs2007-rtc/rtc";

    private Connection live;
    private Connection restored;

    @BeforeEach
    void open() throws SQLException {
        live = seeded();
        restored = seeded();
    }

    @AfterEach
    void close() throws SQLException {
        live.close();
        restored.close();
    }

    @Test
    void findsNothingInTheSameRows() throws SQLException {
        assertThat(RowComparison.compare(PART, live, restored)).isEmpty();
    }

    @Test
    void doesNotMindTheOrderOfRows() throws SQLException {
        run(restored, "CREATE TABLE dbo.Turned AS SELECT * FROM dbo.Contact ORDER BY ContactId DESC");
        run(restored, "DROP TABLE dbo.Contact");
        run(restored, "ALTER TABLE dbo.Turned RENAME TO Contact");

        assertThat(RowComparison.compare(PART, live, restored)).isEmpty();
    }

    @Test
    void namesAChangedValueOnceWithItsRowAndColumn() throws SQLException {
        run(live, "UPDATE dbo.Resource SET DisplayName = N'Łódź' WHERE ResourceId = 3");

        assertThat(RowComparison.compare(PART, live, restored))
                .containsExactly(new Difference(
                        PART,
                        "dbo.Resource[ResourceId=3].DisplayName",
                        "'Łódź'",
                        "'" + SITE.people().get(2).displayName() + "'"));
    }

    @Test
    void namesARowWithSeveralChangedValuesOnce() throws SQLException {
        run(
                live,
                "UPDATE dbo.HomedResource SET OptionFlags = 7, LastNewRoamDate = '2010-05-06 07:08:09' WHERE ResourceId = 3");

        assertThat(RowComparison.compare(PART, live, restored))
                .singleElement()
                .satisfies(difference ->
                        assertThat(difference.live()).contains("OptionFlags=7", "LastNewRoamDate=2010-05-06T07:08:09"));
    }

    @Test
    void tellsNullFromEmptyText() throws SQLException {
        run(live, "UPDATE dbo.HomedResource SET AcpInfo = N'' WHERE ResourceId = 3");
        run(restored, "UPDATE dbo.HomedResource SET AcpInfo = NULL WHERE ResourceId = 3");

        assertThat(RowComparison.compare(PART, live, restored)).hasSize(1);
    }

    @Test
    void namesMissingAndAdditionalRows() throws SQLException {
        run(restored, "DELETE FROM dbo.Contact WHERE ContactId = 5");
        run(live, "DELETE FROM dbo.Conference WHERE PstnConfId = 100001");

        assertThat(RowComparison.compare(PART, live, restored))
                .hasSize(2)
                .anyMatch(difference -> difference.place().equals("dbo.Contact[ContactId=5]")
                        && difference.restored().equals(Difference.ABSENT))
                .anyMatch(difference -> difference.live().equals(Difference.ABSENT));
    }

    @Test
    void namesAMissingTableOnce() throws SQLException {
        run(restored, "DROP TABLE dbo.Contact");

        assertThat(RowComparison.compare(PART, live, restored))
                .containsExactly(new Difference(PART, "dbo.Contact", "table", Difference.ABSENT));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection seeded() throws SQLException {
        var connection = DriverManager.getConnection(
                "jdbc:h2:mem:;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        DatabaseSeeder.fill(connection, DatabaseContent.of(SITE, "rtc"));
        return connection;
    }
}
