// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Level;
import org.jspecify.annotations.Nullable;

/**
 * The level at which a database is really captured.
 *
 * @param base the set that it builds on; null for a full backup
 * @param before what the base recorded; null for a full backup
 * @param copyOnly whether it must leave the chain alone, because another product owns it
 * @param why it is a full backup although another was asked for; null if it is what was asked
 * @param broken whether that is because something is wrong, and not because there is no other way
 */
record TakenLevel(
        Level level,
        @Nullable String base,
        @Nullable BackupFacts before,
        boolean copyOnly,
        @Nullable String why,
        boolean broken) {

    static TakenLevel asked(boolean copyOnly) {
        return new TakenLevel(Level.FULL, null, null, copyOnly, null, false);
    }

    static TakenLevel onto(Level level, String base, BackupFacts before) {
        return new TakenLevel(level, base, before, false, null, false);
    }

    /** A full backup, because there is no other way: nobody needs to act. */
    static TakenLevel onlyFull(boolean copyOnly, String why) {
        return new TakenLevel(Level.FULL, null, null, copyOnly, why, false);
    }

    /** A full backup that begins a new chain, because the old one is broken: somebody should know. */
    static TakenLevel brokenChain(String why) {
        return new TakenLevel(Level.FULL, null, null, false, why, true);
    }

    /** The words between BACKUP and the database's name. */
    String statement() {
        return level == Level.LOG ? "BACKUP LOG " : "BACKUP DATABASE ";
    }

    /** The options that make it this level. */
    String options() {
        return (level == Level.INCREMENTAL ? "DIFFERENTIAL, " : "") + (copyOnly ? "COPY_ONLY, " : "");
    }
}
