// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on an address until closed. */
public final class TdsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TdsServer.class);

    private final ServerSocket listener;
    private final Server server;
    private final Tls tls;
    private final Map<TdsConnection, Thread> connections = new ConcurrentHashMap<>();
    private final Thread acceptor;

    private TdsServer(ServerSocket listener, Server server, Tls tls) {
        this.listener = listener;
        this.server = server;
        this.tls = tls;
        this.acceptor = daemon(this::accept, "tds-" + listener.getLocalPort());
    }

    /** Opens the port and begins to accept. */
    public static TdsServer start(Server server, InetSocketAddress address, Tls tls) throws IOException {
        var listener = new ServerSocket(address.getPort(), 200, address.getAddress());
        var started = new TdsServer(listener, server, tls);
        started.acceptor.start();
        return started;
    }

    /** The port that clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Closes the port and every connection, and waits until their threads have ended. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("the port could not be closed: {}", e.getMessage());
        }
        join(acceptor);
        connections.keySet().forEach(TdsConnection::cut);
        connections.values().forEach(TdsServer::join);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                LOG.trace("no longer accepting: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket socket) {
        var connection = new TdsConnection(socket, server, tls);
        var thread = daemon(() -> run(connection), name(socket));
        connections.put(connection, thread);
        thread.start();
    }

    /** All threads of a server have its port in their names. */
    private static String name(Socket socket) {
        return "tds-" + socket.getLocalPort() + "-" + socket.getPort();
    }

    private void run(TdsConnection connection) {
        try {
            connection.run();
        } finally {
            connections.remove(connection);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
