// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Batch;
import io.poolkeeper.lab.sql.session.LoginRequest;
import io.poolkeeper.lab.sql.session.Parameter;
import io.poolkeeper.lab.sql.session.Results;
import io.poolkeeper.lab.sql.session.Session;
import io.poolkeeper.lab.sql.session.Transport;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One login's session: what it has set, where it is, and its requests one after the other. */
public final class EngineSession implements Session {
    private final Instance instance;
    private final int id;
    private final LoginRequest login;
    private final Transport transport;
    private final String loginDatabase;
    private final Runnable disconnect;
    private final LocalDateTime loginTime = ServerTime.now();
    private final Settings settings = new Settings();
    private final SessionConnections connections;
    private final Transactions transactions;
    private final SystemFunctions functions;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String database;
    private volatile Execution execution = new Execution();
    private volatile Activity activity;

    EngineSession(
            Instance instance, int id, LoginRequest login, Transport transport, String database, Runnable disconnect) {
        this.instance = instance;
        this.id = id;
        this.login = login;
        this.transport = transport;
        this.database = database;
        this.disconnect = disconnect;
        loginDatabase = database;
        connections = new SessionConnections();
        transactions = new Transactions(connections);
        functions = new SystemFunctions(this);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public void execute(Batch batch, Results results) {
        begin(results).batch(batch);
    }

    @Override
    public void call(String procedure, List<Parameter> parameters, Results results) {
        begin(results).call(procedure, parameters);
    }

    private BatchRunner begin(Results results) {
        return new BatchRunner(this, results, execution);
    }

    @Override
    public void arm() {
        execution = new Execution();
    }

    @Override
    public void cancel() {
        execution.cancel();
    }

    @Override
    public void reset() {
        transactions.rollbackAll();
        settings.reset();
        database = loginDatabase;
    }

    @Override
    public void close() {
        transactions.rollbackAll();
        connections.close();
        functions.close();
        instance.sessions().closed(this);
        ended.countDown();
    }

    /** Ends the session from outside, as KILL does. */
    public void kill() {
        cancel();
        disconnect.run();
    }

    /** Waits until a killed session has rolled back and is gone; false if it still is not after 30 seconds. */
    boolean awaitEnd() {
        try {
            return ended.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void use(String newDatabase) {
        database = newDatabase;
    }

    /** The instance that it is logged in to. */
    public Instance instance() {
        return instance;
    }

    /** Who is logged in. */
    public LoginRequest login() {
        return login;
    }

    /** How its client is connected. */
    Transport transport() {
        return transport;
    }

    LocalDateTime loginTime() {
        return loginTime;
    }

    Settings settings() {
        return settings;
    }

    SessionConnections connections() {
        return connections;
    }

    /** Its transaction, if any. */
    public Transactions transactions() {
        return transactions;
    }

    int transactionCount() {
        return transactions.count();
    }

    SystemFunctions functions() {
        return functions;
    }

    /** What it is doing at length, if anything. */
    Optional<Activity> activity() {
        return Optional.ofNullable(activity);
    }

    /** Notes what it is doing; null when it is done. */
    public void setActivity(Activity now) {
        activity = now;
    }
}
