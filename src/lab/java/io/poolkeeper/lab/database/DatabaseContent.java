// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.database;

import io.poolkeeper.lab.model.OcsSite;
import java.util.List;
import java.util.Locale;

/** Knows what stands in which database. */
public final class DatabaseContent {
    private DatabaseContent() {}

    /**
     * The tables of one database, together as many rows as the scale says.
     *
     * @param database in any case; master and msdb belong to SQL Server and have no tables of OCS
     * @throws IllegalArgumentException if OCS 2007 R2 has no such database
     */
    public static List<Table> of(OcsSite site, String database) {
        return switch (database.toLowerCase(Locale.ROOT)) {
            case "rtc" -> RtcTables.of(site);
            case "rtcconfig" -> RtcConfigTables.of(site);
            case "rtcdyn" -> RtcDynTables.of(site);
            case "rtcab" -> AddressBookTables.of(site);
            case "acddyn" -> ResponseGroupTables.of(site);
            case "lcslog" -> ArchivingTables.of(site);
            case "rtccdr", "lcscdr" -> CallDetailTables.of(site);
            case "qoemetrics" -> QualityTables.of(site);
            case "groupchat" -> GroupChatTables.of(site);
            case "groupchatcompliance" -> ComplianceTables.of(site);
            case "master", "msdb" -> List.of();
            default -> throw new IllegalArgumentException("no database of OCS 2007 R2: " + database);
        };
    }
}
