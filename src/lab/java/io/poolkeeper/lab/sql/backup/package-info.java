// SPDX-License-Identifier: Apache-2.0
/**
 * BACKUP and RESTORE: what is checked before, what is written and read, what the client is told, and what msdb remembers.
 *
 * <p>A full set holds the definitions of all tables and all rows; a differential holds the definitions and the rows of
 * the tables that changed; a log set holds committed changes row by row, with their times.
 */
package io.poolkeeper.lab.sql.backup;
