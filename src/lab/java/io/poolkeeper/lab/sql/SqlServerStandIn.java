// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql;

import io.poolkeeper.lab.sql.backup.BackupAndRestore;
import io.poolkeeper.lab.sql.engine.Credentials;
import io.poolkeeper.lab.sql.engine.DatabaseSpec;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.Folders;
import io.poolkeeper.lab.sql.engine.Instance;
import io.poolkeeper.lab.sql.engine.InstanceProfile;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.tds.TdsServer;
import io.poolkeeper.lab.sql.tds.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * One running instance on a port of a loopback address, by default 127.0.0.1. Several run side by side in one JVM and know nothing of each other. All
 * threads are daemons; databases live in memory and are gone after {@link #close}. Safe for use by many threads.
 */
public final class SqlServerStandIn implements AutoCloseable {
    private final Instance instance;
    private final TdsServer server;

    private SqlServerStandIn(Instance instance, TdsServer server) {
        this.instance = instance;
        this.server = server;
    }

    /** Starts an instance on a port of 127.0.0.1, or on any free one where the port is 0. */
    public static SqlServerStandIn start(
            InstanceProfile profile, int port, Credentials credentials, Map<String, Path> folders, Tls tls)
            throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        return start(profile, new InetSocketAddress(loopback, port), credentials, folders, tls);
    }

    /**
     * Starts an instance with its system databases.
     *
     * @param profile what it says it is
     * @param address a loopback address and a port; port 0 for any free one
     * @param credentials the one login
     * @param folders what the service account sees, e.g. {@code C:\backup}, and the folder that it really is; any other
     *     path does not exist for BACKUP and RESTORE
     * @param tls the certificate and how it is used
     * @throws IOException if the port cannot be opened
     */
    public static SqlServerStandIn start(
            InstanceProfile profile,
            InetSocketAddress address,
            Credentials credentials,
            Map<String, Path> folders,
            Tls tls)
            throws IOException {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("not a loopback address: " + address);
        }
        var instance = new Instance(profile, credentials, new Folders(folders), new BackupAndRestore());
        try {
            return new SqlServerStandIn(instance, TdsServer.start(instance, address, tls));
        } catch (IOException e) {
            instance.close();
            throw e;
        }
    }

    /** The port that clients connect to. */
    public int port() {
        return server.port();
    }

    /** What it says it is. */
    public InstanceProfile profile() {
        return instance.profile();
    }

    /** Makes an empty database whose files lie in the instance's own folder. */
    public void createDatabase(String name, RecoveryModel recoveryModel) {
        createDatabase(DatabaseSpec.of(name, recoveryModel, instance.profile()));
    }

    /** Makes an empty database. */
    public void createDatabase(DatabaseSpec spec) {
        instance.databases().create(spec);
    }

    /**
     * A plain H2 connection to a database, to fill it with rows fast. Tables belong into schema {@code dbo}, which is
     * current. What it does counts as committed at once; tables made through it after the first full backup are not in
     * the log, so that the next BACKUP LOG answers 4214. The caller closes it.
     */
    public Connection openForSeeding(String database) throws SQLException {
        return instance.databases().get(database).store().open();
    }

    /** Puts a database into a state, as if something had happened to it. Open sessions are not disturbed. */
    public void setState(String database, DatabaseState state) {
        instance.databases().get(database).setState(state);
    }

    /** Makes something go wrong until {@link #clearFaults}. */
    public void inject(Fault fault) {
        instance.inject(fault);
    }

    /** Ends all faults. */
    public void clearFaults() {
        instance.clearFaults();
    }

    /** Closes the port and every connection, ends all threads and forgets the databases. */
    @Override
    public void close() {
        server.close();
        instance.close();
    }
}
