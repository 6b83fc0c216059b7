// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where a database's log stands and what its backups build on. A log sequence number is a long inside and numeric(25,0)
 * outside: virtual log file, block of ten digits, slot of five digits. Safe for use by many threads.
 */
public final class LogChain {
    private static final long FIRST = 34_0000000488_00001L;
    private static final long BLOCK = 8_00000L;

    private long lsn = FIRST;
    private long lastFullCheckpoint;
    private DifferentialBase base;
    private Long logStart;
    private boolean logBegun;
    private UUID fork = UUID.randomUUID();

    /**
     * What differential backups are taken against.
     *
     * @param lsn where the full backup began
     * @param setId the full backup's identifier
     * @param digests what each table held then
     */
    public record DifferentialBase(long lsn, UUID setId, Map<String, String> digests) {}

    /** The number of what happened last. */
    public synchronized long current() {
        return lsn;
    }

    /** A new number, higher than all before. */
    public synchronized long advance() {
        lsn += BLOCK;
        return lsn;
    }

    /** Goes on where a restore ended, on a recovery path of its own. */
    synchronized void recovered(long at, boolean keepsLog) {
        lsn = at;
        fork = UUID.randomUUID();
        logStart = keepsLog ? at : null;
        logBegun = false;
    }

    /** The recovery path. */
    public synchronized UUID fork() {
        return fork;
    }

    /** Where the last full backup that was not copy-only began; 0 if there is none. */
    public synchronized long lastFullCheckpoint() {
        return lastFullCheckpoint;
    }

    /** What a differential backup is taken against, if there has been a full backup. */
    public synchronized Optional<DifferentialBase> base() {
        return Optional.ofNullable(base);
    }

    /** Where the next log backup begins; empty while there is no full backup for it to follow. */
    public synchronized OptionalLong logStart() {
        return logStart == null ? OptionalLong.empty() : OptionalLong.of(logStart);
    }

    /** Whether the next log backup is the first of a chain. */
    public synchronized boolean beginsLog() {
        return !logBegun;
    }

    /** A full backup that is not copy-only was taken. */
    public synchronized void fullTaken(DifferentialBase newBase, boolean keepsLog) {
        base = newBase;
        lastFullCheckpoint = newBase.lsn();
        if (keepsLog && logStart == null) {
            logStart = newBase.lsn();
            logBegun = false;
        }
    }

    /** A log backup that is not copy-only was taken, up to there. */
    public synchronized void logTaken(long upTo) {
        logStart = upTo;
        logBegun = true;
    }

    /** Takes over what a restored database's backups build on. */
    public synchronized void restoredOn(DifferentialBase restoredBase, long fullCheckpoint) {
        base = restoredBase;
        lastFullCheckpoint = fullCheckpoint;
    }

    /** The log no longer tells everything since the last backup: SIMPLE recovery, or unlogged changes. */
    public synchronized void breakLog() {
        logStart = null;
    }
}
