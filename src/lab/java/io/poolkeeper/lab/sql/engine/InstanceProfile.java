// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.ServerVersion;

/**
 * What an instance says it is, and behaves as.
 *
 * @param serverName machine and instance, e.g. {@code OCS2007\RTC}; without a backslash the default instance
 * @param version its build
 * @param edition its edition
 * @param collation the server's collation, e.g. {@code SQL_Latin1_General_CP1_CI_AS}
 */
public record InstanceProfile(String serverName, ServerVersion version, Edition edition, String collation) {
    /** What SQL Server Setup chooses on an English Windows. */
    public static final String DEFAULT_COLLATION = "SQL_Latin1_General_CP1_CI_AS";

    /** An instance with the default collation. */
    public InstanceProfile(String serverName, ServerVersion version, Edition edition) {
        this(serverName, version, edition, DEFAULT_COLLATION);
    }

    /** The machine's name. */
    public String machine() {
        var slash = serverName.indexOf('\\');
        return slash < 0 ? serverName : serverName.substring(0, slash);
    }

    /** The instance's name, or null for the default instance. */
    public String instance() {
        var slash = serverName.indexOf('\\');
        return slash < 0 ? null : serverName.substring(slash + 1);
    }

    /** The folder that Setup makes for the instance, as its version names it. */
    public String folder() {
        var name = instance() == null ? "MSSQLSERVER" : instance();
        var folder = switch (version.major()) {
            case 9 -> "MSSQL.1";
            case 10 -> (version.minor() >= 50 ? "MSSQL10_50." : "MSSQL10.") + name;
            default -> "MSSQL" + version.major() + "." + name;
        };
        return "C:\\Program Files\\Microsoft SQL Server\\" + folder + "\\MSSQL";
    }
}
