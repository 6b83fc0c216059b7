// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.time.LocalDateTime;
import java.util.UUID;

/**
 * How far the restore of a database has come.
 *
 * @param lsn everything up to there is in
 * @param upTo the time up to which everything is in
 * @param fork the recovery path of the backups so far
 * @param familyGuid tells which database's backups these are
 * @param base what differential backups fit on it
 * @param stopped whether a STOPAT was reached, so that no more log fits
 */
public record Restoring(
        long lsn, LocalDateTime upTo, UUID fork, UUID familyGuid, LogChain.DifferentialBase base, boolean stopped) {}
