// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/** Something about the session changed that its client keeps track of (MS-TDS 2.2.7.9, ENVCHANGE). */
public sealed interface Environment {
    /** Another database is current. */
    record DatabaseChanged(String to, String from) implements Environment {}

    /** A transaction began. */
    record TransactionBegun(long id) implements Environment {}

    /** The transaction was committed. */
    record TransactionCommitted(long id) implements Environment {}

    /** The transaction was rolled back. */
    record TransactionRolledBack(long id) implements Environment {}
}
