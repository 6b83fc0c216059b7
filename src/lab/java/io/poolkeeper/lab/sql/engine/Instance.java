// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.LoginRefused;
import io.poolkeeper.lab.sql.session.LoginRequest;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.Server;
import io.poolkeeper.lab.sql.session.ServerVersion;
import io.poolkeeper.lab.sql.session.Session;
import io.poolkeeper.lab.sql.session.Transport;

/** One instance of SQL Server: its profile, its databases and who is logged in. Safe for use by many threads. */
public final class Instance implements Server, AutoCloseable {
    private final InstanceProfile profile;
    private final Credentials credentials;
    private final Folders folders;
    private final Maintenance maintenance;
    private final Databases databases;
    private final Sessions sessions = new Sessions();
    private final Faults faults = new Faults();

    /** Sets the instance up with its system databases. */
    public Instance(InstanceProfile profile, Credentials credentials, Folders folders, Maintenance maintenance) {
        this.profile = profile;
        this.credentials = credentials;
        this.folders = folders;
        this.maintenance = maintenance;
        databases = new Databases(new SystemViews(this));
        new SystemDatabases(this).create();
    }

    @Override
    public String name() {
        return profile.serverName();
    }

    @Override
    public ServerVersion version() {
        return profile.version();
    }

    @Override
    public Session login(LoginRequest request, Transport transport, Runnable disconnect) throws LoginRefused {
        if (request.integrated()) {
            throw new LoginRefused(Messages.of(18452));
        }
        if (!request.user().equalsIgnoreCase(credentials.login())
                || !request.password().equals(credentials.password())) {
            throw new LoginRefused(loginFailed(request));
        }
        var database = request.database().isEmpty() ? "master" : request.database();
        try {
            var found = databases.online(database);
            sessions.checkRoom(found, null);
            return sessions.open(id -> new EngineSession(this, id, request, transport, found.name(), disconnect));
        } catch (SqlFailure e) {
            throw new LoginRefused(Messages.of(4060, database), loginFailed(request));
        }
    }

    private static Message loginFailed(LoginRequest request) {
        return Messages.of(18456, request.user());
    }

    public InstanceProfile profile() {
        return profile;
    }

    /** The name of the one login. */
    public String login() {
        return credentials.login();
    }

    public Folders folders() {
        return folders;
    }

    public Databases databases() {
        return databases;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Faults faults() {
        return faults;
    }

    /** Makes a fault strike until the faults are cleared. */
    public void inject(Fault fault) {
        faults.add(fault);
    }

    /** Ends all faults. */
    public void clearFaults() {
        faults.clear();
    }

    Maintenance maintenance() {
        return maintenance;
    }

    /** Forgets all databases. */
    @Override
    public void close() {
        databases.dropAll();
    }
}
