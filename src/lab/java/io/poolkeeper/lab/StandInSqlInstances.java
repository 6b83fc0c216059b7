// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import io.poolkeeper.lab.model.SqlInstance;
import io.poolkeeper.lab.sql.SqlServerStandIn;
import io.poolkeeper.lab.sql.engine.Credentials;
import io.poolkeeper.lab.sql.engine.DatabaseSpec;
import io.poolkeeper.lab.sql.engine.DatabaseState;
import io.poolkeeper.lab.sql.engine.Edition;
import io.poolkeeper.lab.sql.engine.InstanceProfile;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.tds.Tls;
import io.poolkeeper.lab.sql.tds.TlsPolicy;
import io.poolkeeper.lab.tls.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The SQL Servers of the lab as stand-ins that speak TDS. Databases are in the SIMPLE recovery model, which Microsoft's guide for
 * OCS 2007 R2 assumes.
 */
final class StandInSqlInstances implements SqlInstances {
    /** Where the stand-in leaves what VSS reads through virtual devices. */
    private static final String VIRTUAL_DEVICES = "\\\\.\\vdi";

    private final Map<String, SqlServerStandIn> running = new ConcurrentHashMap<>();

    @Override
    public int start(SqlInstance instance, Path backups, String password) throws IOException {
        var profile = profile(instance);
        var server = SqlServerStandIn.start(
                profile,
                0,
                new Credentials(LOGIN, password),
                Map.of(BACKUP_DIRECTORY, backups, VIRTUAL_DEVICES, Files.createDirectories(virtualDevices(backups))),
                new Tls(
                        TlsPolicy.OFFERED,
                        ServerCertificate.of(profile.machine()).context()));
        running.put(instance.key(), server);
        for (var database : instance.databases()) {
            if (instance.release() == SqlInstance.Release.EXPRESS_2005) {
                server.createDatabase(inTheRootOfC(database, profile));
            } else {
                server.createDatabase(database, RecoveryModel.SIMPLE);
            }
        }
        return server.port();
    }

    /** The virtual devices of an instance lie beside its backups. */
    static Path virtualDevices(Path backups) {
        return backups.resolveSibling("vdi");
    }

    /** A Standard Edition puts its databases into folders in the root of drive C, as the seed article says. */
    private static DatabaseSpec inTheRootOfC(String database, InstanceProfile profile) {
        var data = database.equals("RTCConfig") ? "C:\\RTC" : "C:\\RTC Data";
        var log = database.equals("RTCDyn") ? "C:\\RTC Dynamic Log" : "C:\\RTC Log";
        return DatabaseSpec.of(database, RecoveryModel.SIMPLE, profile.collation(), profile.version(), data, log);
    }

    private static InstanceProfile profile(SqlInstance instance) {
        return switch (instance.release()) {
            case EXPRESS_2005 ->
                new InstanceProfile(instance.serverName(), ServerVersion.SQL_2005_SP4, Edition.EXPRESS);
            case STANDARD_2008 ->
                new InstanceProfile(instance.serverName(), ServerVersion.SQL_2008_SP4, Edition.STANDARD);
            case CURRENT -> new InstanceProfile(instance.serverName(), ServerVersion.SQL_2019, Edition.DEVELOPER);
        };
    }

    @Override
    public Connection openForSeeding(String key, String database) throws SQLException {
        return server(key).openForSeeding(database);
    }

    @Override
    public void setOffline(String key, String database, boolean offline) {
        server(key).setState(database, offline ? DatabaseState.OFFLINE : DatabaseState.ONLINE);
    }

    private SqlServerStandIn server(String key) {
        return Objects.requireNonNull(running.get(key), key);
    }

    @Override
    public void close() {
        running.values().forEach(SqlServerStandIn::close);
        running.clear();
    }
}
