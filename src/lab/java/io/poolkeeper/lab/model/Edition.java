// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.Locale;

/** The two ways in which OCS 2007 R2 is deployed. */
public enum Edition {
    /** One server with a local SQL Server Express, as in the seed article: pool name and host name are the same. */
    STANDARD(5),
    /** A pool of front ends with a separate back end and the optional roles on servers of their own. */
    ENTERPRISE(10);

    private final int poolType;

    Edition(int poolType) {
        this.poolType = poolType;
    }

    /** The value of {@code msRTCSIP-PoolType} in the directory. */
    public int poolType() {
        return poolType;
    }

    /** The name in site files and on the command line, in lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
