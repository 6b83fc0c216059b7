// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a server is, asked live; options are decided by it.
 *
 * @param name SERVERPROPERTY('ServerName'), e.g. {@code OCS2007\\RTC}
 * @param version e.g. {@code 9.00.5000.00}
 * @param edition e.g. {@code Express Edition}
 * @param engineEdition SERVERPROPERTY('EngineEdition'): 2 Standard, 3 Enterprise, 4 Express, 8 Managed Instance
 * @param editionId SERVERPROPERTY('EditionID')
 */
record ServerFacts(String name, String version, String edition, int engineEdition, long editionId) {
    private static final int EXPRESS = 4;
    private static final long GB = 1L << 30;

    /** Standard and Standard Developer. */
    private static final Set<Long> STANDARD = Set.of(-1534726760L, -1785266663L);

    static final String QUESTION = "SELECT CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) AS name,"
            + " CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,"
            + " CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,"
            + " CAST(SERVERPROPERTY('EngineEdition') AS int) AS engine_edition,"
            + " CAST(SERVERPROPERTY('EditionID') AS bigint) AS edition_id";

    static ServerFacts ask(Statements statements) throws SQLException {
        var row = statements.ask(QUESTION).get(0);
        return new ServerFacts(
                row.text("name"),
                row.text("version"),
                row.text("edition"),
                (int) row.number("engine_edition"),
                row.number("edition_id"));
    }

    /** What a set records of what made a backup. */
    Map<String, String> tools(Statements statements) throws SQLException {
        return Map.ofEntries(Map.entry("sqlServer", version), Map.entry("edition", edition), statements.client());
    }

    /** BACKUP ... WITH COMPRESSION: 2008 Enterprise, from 2008 R2 also Standard, never Express or Web (1844). */
    boolean compresses() {
        var major = number(0);
        var minor = number(1);
        if (major < 10) {
            return false;
        }
        var large = engineEdition == 3 || engineEdition == 8;
        if (major == 10 && minor < 50) {
            return large;
        }
        return large || STANDARD.contains(editionId);
    }

    /** How many bytes the data files of one database may have; empty if the edition sets no limit that is known. */
    OptionalLong sizeCap() {
        if (engineEdition != EXPRESS || number(0) < 9 || number(0) > 16) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number(0) == 9 || (number(0) == 10 && number(1) < 50) ? 4 * GB : 10 * GB);
    }

    /** Whether it can restore what the other one backed up: an older one cannot (3169). */
    boolean restoresBackupsOf(ServerFacts other) {
        return number(0) > other.number(0) || (number(0) == other.number(0) && number(1) >= other.number(1));
    }

    /** A number of the version, from 0. */
    private int number(int place) {
        var parts = version.split("\\.", -1);
        return place < parts.length ? Integer.parseInt(parts[place]) : 0;
    }
}
