// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.ServerVersion;

/** What was paid for. */
public enum Edition {
    EXPRESS("Express Edition", 4, -1592396055),
    STANDARD("Standard Edition", 2, -1534726760),
    ENTERPRISE("Enterprise Edition", 3, 1804890536),
    DEVELOPER("Developer Edition", 3, -2117995310);

    private final String label;
    private final int engine;
    private final int id;

    Edition(String label, int engine, int id) {
        this.label = label;
        this.engine = engine;
        this.id = id;
    }

    /** {@code SERVERPROPERTY('Edition')}: 2005 is told as the 32-bit program that OCS brings along. */
    public String label(ServerVersion version) {
        return version.major() <= 9 ? label : label + " (64-bit)";
    }

    /** {@code SERVERPROPERTY('EngineEdition')}: 2 Standard, 3 Enterprise and Developer, 4 Express. */
    public int engine() {
        return engine;
    }

    /** {@code SERVERPROPERTY('EditionID')}. */
    public int id() {
        return id;
    }

    /** Whether BACKUP WITH COMPRESSION works: from 2008 with Enterprise, from 2008 R2 with Standard, never with Express. */
    public boolean compresses(ServerVersion version) {
        return switch (this) {
            case EXPRESS -> false;
            case STANDARD -> version.atLeast(11) || (version.major() == 10 && version.minor() >= 50);
            case ENTERPRISE, DEVELOPER -> version.atLeast(10);
        };
    }
}
