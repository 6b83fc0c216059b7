// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseContentTest {
    private static final OcsSite SITE = OcsSite.of(2007, Edition.ENTERPRISE, Scale.ONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtc",
                "RTCConfig",
                "RTCDyn",
                "RTCAB",
                "ACDDyn",
                "LCSLog",
                "RTCCDR",
                "QoEMetrics",
                "GroupChat",
                "GroupChatCompliance"
            })
    void fillsEachDatabaseWithAsManyRowsAsTheScaleSays(String database) throws SQLException {
        try (var connection = open(database)) {
            DatabaseSeeder.fill(connection, DatabaseContent.of(SITE, database));

            assertThat(rows(connection)).isEqualTo(1_000);
        }
    }

    @Test
    void keepsThePeopleOfTheDirectoryByGuidInRtc() throws SQLException {
        var person = SITE.people().get(7);
        try (var connection = open("people")) {
            DatabaseSeeder.fill(connection, DatabaseContent.of(SITE, "rtc"));

            try (var statement = connection.createStatement();
                    var found = statement.executeQuery(
                            "SELECT DisplayName, UserSid FROM dbo.Resource WHERE AdObjectGuid = '" + person.guid()
                                    + "'")) {
                assertThat(found.next()).isTrue();
                assertThat(found.getString(1)).isEqualTo(person.displayName()).matches(".*[^\\x00-\\x7f].*");
                assertThat(found.getBytes(2)).isEqualTo(person.sid().bytes());
            }
        }
    }

    @Test
    void hasNothingOfItsOwnInMaster() {
        assertThat(DatabaseContent.of(SITE, "master")).isEmpty();
    }

    @Test
    void refusesADatabaseThatOcsDoesNotKnow() {
        assertThatThrownBy(() -> DatabaseContent.of(SITE, "xds")).hasMessageContaining("xds");
    }

    private static int rows(Connection connection) throws SQLException {
        var rows = 0;
        try (var statement = connection.createStatement();
                var tables = statement.executeQuery(
                        "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo'");
                var counting = connection.createStatement()) {
            while (tables.next()) {
                try (var count = counting.executeQuery("SELECT COUNT(*) FROM dbo." + tables.getString(1))) {
                    count.next();
                    rows += count.getInt(1);
                }
            }
        }
        return rows;
    }

    private static Connection open(String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:mem:" + name + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    }
}
