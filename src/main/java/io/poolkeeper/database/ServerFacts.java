// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * What a server is, asked live; options are decided by it.
 *
 * @param version e.g. {@code 9.00.5000.00}
 * @param edition e.g. {@code Express Edition}
 * @param engineEdition SERVERPROPERTY('EngineEdition'): 2 Standard, 3 Enterprise, 4 Express, 8 Managed Instance
 * @param editionId SERVERPROPERTY('EditionID')
 */
record ServerFacts(String version, String edition, int engineEdition, long editionId) {
    /** Standard and Standard Developer. */
    private static final Set<Long> STANDARD = Set.of(-1534726760L, -1785266663L);

    private static final String QUESTION = "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,"
            + " CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,"
            + " CAST(SERVERPROPERTY('EngineEdition') AS int) AS engine_edition,"
            + " CAST(SERVERPROPERTY('EditionID') AS bigint) AS edition_id";

    static ServerFacts ask(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(QUESTION)) {
            row.next();
            return new ServerFacts(
                    row.getString("version"),
                    row.getString("edition"),
                    row.getInt("engine_edition"),
                    row.getLong("edition_id"));
        }
    }

    /** BACKUP ... WITH COMPRESSION: 2008 Enterprise, from 2008 R2 also Standard, never Express or Web (1844). */
    boolean compresses() {
        var parts = version.split("\\.", -1);
        var major = Integer.parseInt(parts[0]);
        var minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        if (major < 10) {
            return false;
        }
        var large = engineEdition == 3 || engineEdition == 8;
        if (major == 10 && minor < 50) {
            return large;
        }
        return large || STANDARD.contains(editionId);
    }
}
