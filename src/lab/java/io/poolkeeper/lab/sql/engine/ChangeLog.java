// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * The transaction log of one database: what was committed since the last log backup, row by row. Kept only while the
 * recovery model asks for it and a full backup was taken, as SQL Server does. Rows come from a trigger on each table.
 */
public final class ChangeLog {
    private final LogChain chain;
    private final Map<Integer, List<Change>> pending = new HashMap<>();
    private List<LogRecord> records = new ArrayList<>();
    private boolean active;

    /** One change within a transaction. */
    public sealed interface Change {
        /** A row was replaced; either side is null for an insert or a delete. */
        record Row(String schema, String table, List<Object> before, List<Object> after) implements Change {}

        /** A statement changed the tables themselves; in H2's words. */
        record Definition(String sql) implements Change {}
    }

    /**
     * One committed transaction.
     *
     * @param lsn its number
     * @param committed when, by the server's clock
     * @param changes in order
     */
    public record LogRecord(long lsn, LocalDateTime committed, List<Change> changes) {}

    ChangeLog(LogChain chain) {
        this.chain = chain;
    }

    /** Whether changes are recorded. */
    public synchronized boolean isActive() {
        return active;
    }

    /** Begins to record, from now on. */
    public synchronized void activate() {
        active = true;
    }

    /** Stops recording and forgets what was recorded. */
    public synchronized void deactivate() {
        active = false;
        records = new ArrayList<>();
        pending.clear();
    }

    /** Tells that a session announces its commits; the changes of others count as committed at once. */
    synchronized void track(Connection connection) throws SQLException {
        pending.put(session(connection), new ArrayList<>());
    }

    synchronized void untrack(int session) {
        pending.remove(session);
    }

    /** A change that the session has made and not yet committed. */
    synchronized void add(int session, Change change) {
        if (!active) {
            return;
        }
        var uncommitted = pending.get(session);
        if (uncommitted != null) {
            uncommitted.add(change);
        } else {
            append(List.of(change));
        }
    }

    synchronized void committed(int session) {
        var changes = pending.get(session);
        if (changes != null && !changes.isEmpty()) {
            append(List.copyOf(changes));
            changes.clear();
        }
    }

    synchronized void rolledBack(int session) {
        var changes = pending.get(session);
        if (changes != null) {
            changes.clear();
        }
    }

    /** What was committed since the last {@link #truncate}. */
    public synchronized List<LogRecord> records() {
        return Collections.unmodifiableList(new ArrayList<>(records));
    }

    /** Forgets what was committed up to a number. */
    public synchronized void truncate(long upTo) {
        records.removeIf(entry -> entry.lsn() <= upTo);
    }

    private void append(List<Change> changes) {
        if (active) {
            records.add(new LogRecord(chain.advance(), ServerTime.now(), changes));
        }
    }

    /** H2's own number of a connection, which its triggers see too. */
    static int session(Connection connection) throws SQLException {
        return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getId();
    }
}
