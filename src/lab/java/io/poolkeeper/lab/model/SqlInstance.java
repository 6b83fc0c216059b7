// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;

/**
 * One SQL Server instance.
 *
 * @param key under {@code sql:} in the site file
 * @param serverName what {@code @@SERVERNAME} answers
 * @param release what SQL Server it is told to be
 * @param databases the databases of OCS; master and msdb are always there
 * @param drill serves trial restores alone
 */
public record SqlInstance(String key, String serverName, Release release, List<String> databases, boolean drill) {
    /** The SQL Servers that OCS 2007 R2 was deployed on, and a current one for drills. */
    public enum Release {
        /** SQL Server 2005 Express SP2, which comes with the Standard Edition. */
        EXPRESS_2005,
        /** SQL Server 2008 Standard. */
        STANDARD_2008,
        /** A current SQL Server with every feature. */
        CURRENT
    }
}
