// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Environment;
import io.poolkeeper.lab.sql.session.Results;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's transaction: explicit, implicit, or one for each statement. Used by one thread at a time. */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final SessionConnections connections;
    private int count;
    private boolean implicit;
    private boolean abortOnError;
    private long id;

    Transactions(SessionConnections connections) {
        this.connections = connections;
    }

    /** {@code @@TRANCOUNT}. */
    int count() {
        return count;
    }

    /** Whether BACKUP and RESTORE are refused here: a transaction is open, or the next statement would open one. */
    public boolean inTransaction() {
        return count > 0 || implicit;
    }

    /** SET XACT_ABORT: an error takes back the whole transaction and ends the batch. */
    void abortOnError(boolean on) {
        abortOnError = on;
    }

    /** SET IMPLICIT_TRANSACTIONS. */
    void implicit(boolean on) {
        implicit = on;
    }

    void begin(Results results) {
        if (count == 0) {
            id++;
            results.environment(new Environment.TransactionBegun(id));
        }
        count++;
    }

    void commit(Results results) throws SQLException {
        if (count == 0) {
            throw SqlFailure.of(3902);
        }
        if (--count == 0) {
            connections.commit();
            results.environment(new Environment.TransactionCommitted(id));
        }
    }

    void rollback(Results results) throws SQLException {
        if (count == 0) {
            throw SqlFailure.of(3903);
        }
        count = 0;
        connections.rollback();
        results.environment(new Environment.TransactionRolledBack(id));
    }

    /** Before a statement that reads or changes rows. */
    void beforeStatement(Results results) {
        if (implicit && count == 0) {
            begin(results);
        }
    }

    /** After a statement that worked. */
    void afterStatement() throws SQLException {
        if (count == 0) {
            connections.commit();
        }
    }

    /** After a statement that failed; whether the batch is to end. */
    boolean afterFailure(Results results) throws SQLException {
        if (count == 0) {
            connections.rollback();
            return false;
        }
        if (abortOnError) {
            rollback(results);
        }
        return abortOnError;
    }

    void rollbackAll() {
        count = 0;
        implicit = false;
        abortOnError = false;
        try {
            connections.rollback();
        } catch (SQLException e) {
            LOG.debug("nothing left to roll back: {}", e.getMessage());
        }
    }
}
