// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run store's database: H2 in the state folder.
 *
 * <p>H2 keeps a commit in memory for up to 500 ms (WRITE_DELAY) and then writes it; CHECKPOINT SYNC makes all that was
 * committed durable at once, before a message is acknowledged. Written commit by commit it would be twice the work.
 * REUSE_SPACE=FALSE only ever appends: with space used again H2 2.5.252 at times does not find its newest chunks after a kill,
 * although they are whole, and opens an older version without a word. What this lets the file grow by is given back when the
 * store is closed.
 */
public final class RunStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);

    private static final String FILE = "jdbc:h2:file:";

    private static final String OPTIONS =
            ";WRITE_DELAY=500;QUERY_CACHE_SIZE=64;REUSE_SPACE=FALSE;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192";

    private final HikariDataSource source;

    /** Durable transactions that were committed, and how many of them are on the disk for certain. */
    private final AtomicLong committed = new AtomicLong();

    private final ReentrantLock flushing = new ReentrantLock();

    /** Read and written by whoever holds {@link #flushing}. */
    private long flushed;

    /** Work inside one transaction. */
    @FunctionalInterface
    public interface Transaction<T> {
        /** Does it; what it throws rolls everything back. */
        T in(Connection connection) throws SQLException;
    }

    private RunStore(HikariDataSource source) {
        this.source = source;
    }

    /**
     * Opens the store in a folder, creating or migrating it.
     *
     * @throws UncheckedIOException if the folder cannot be created
     * @throws IllegalStateException if another process has it open, or it is damaged
     */
    public static RunStore open(Path folder) {
        try {
            Disk.createFolders(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(FILE + folder.resolve("runs") + OPTIONS);
    }

    /** Opens a store that lives as long as its JVM, for tests and plans. */
    public static RunStore inMemory(String name) {
        return open("jdbc:h2:mem:" + name + "");
    }

    private static RunStore open(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12); // eight take results
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setPoolName("runs");
        var source = new HikariDataSource(config);
        try {
            Flyway.configure(RunStore.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        return new RunStore(source);
    }

    /**
     * Runs one transaction and makes it durable.
     *
     * @throws RunStoreFault if the database fails; nothing was changed then
     */
    public <T> T durably(Transaction<T> work) {
        return run(work, true);
    }

    /**
     * Runs one transaction that may be lost if the program dies within the next second: no harm comes of it.
     *
     * @throws RunStoreFault if the database fails; nothing was changed then
     */
    public <T> T quickly(Transaction<T> work) {
        return run(work, false);
    }

    private <T> T run(Transaction<T> work, boolean sync) {
        try (var connection = source.getConnection()) {
            try {
                var result = work.in(connection);
                connection.commit();
                if (sync) {
                    flush(connection);
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new RunStoreFault("the run store refused: " + e.getMessage(), e);
        }
    }

    /**
     * Returns when what was committed before is on the disk. One flush serves all that were committed before it began: who
     * comes while another one flushes waits for that one's end, and finds its own work flushed or does it for all that wait.
     */
    private void flush(Connection connection) throws SQLException {
        var mine = committed.incrementAndGet();
        flushing.lock();
        try {
            if (flushed < mine) {
                var all = committed.get();
                checkpoint(connection);
                flushed = all;
            }
        } finally {
            flushing.unlock();
        }
    }

    private static void checkpoint(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
            connection.commit();
        }
    }

    /** Closes all connections and the database; a file is written anew without what is not needed any more. */
    @Override
    public void close() {
        if (source.getJdbcUrl().startsWith(FILE)) {
            compact();
        }
        source.close();
    }

    /** By a connection of its own: the pool would want to roll back on a database that is closed. */
    private void compact() {
        try (var connection = DriverManager.getConnection(source.getJdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException e) {
            LOG.warn("the run store could not be made smaller: {}", e.getMessage());
        }
    }

    /** The run store's database failed; the message that was being handled comes again. */
    public static final class RunStoreFault extends RuntimeException {
        RunStoreFault(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
