// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The webhook of a Teams channel, made by a Workflow. The secret is a part of the query, which must arrive byte for byte as it was
 * handed out: with {@code %2F} and in this order. 202 with an empty body means accepted, 401 a wrong signature, 413 more than 28
 * KB, 400 a body that is no Adaptive Card.
 */
public final class LabTeams implements AutoCloseable {
    private static final int LARGEST = 28 * 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Outbox outbox;
    private final String path;
    private final String query;

    private LabTeams(HttpServer server, ExecutorService threads, Outbox outbox, String path, String query) {
        this.server = server;
        this.threads = threads;
        this.outbox = outbox;
        this.path = path;
        this.query = query;
    }

    /**
     * Starts the server.
     *
     * @param folder for the cards
     * @param workflow names the Workflow in the path
     * @param signature the secret
     */
    public static LabTeams start(Path folder, String workflow, String signature) throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        var threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "lab-teams");
            thread.setDaemon(true);
            return thread;
        });
        var teams = new LabTeams(
                server,
                threads,
                new Outbox(folder, "json"),
                "/powerautomate/automations/direct/workflows/" + workflow + "/triggers/manual/paths/invoke",
                "api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=" + signature);
        server.setExecutor(threads);
        server.createContext("/", teams::answer);
        server.start();
        return teams;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The webhook's address: a secret. */
    public String url() {
        return "http://127.0.0.1:" + port() + path + "?" + query;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(LARGEST + 1);
            var status = status(exchange, body);
            if (status == 202) {
                outbox.add(body);
                exchange.sendResponseHeaders(status, -1);
            } else {
                var reason = ("{\"error\":{\"code\":\"" + status + "\"}}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, reason.length);
                exchange.getResponseBody().write(reason);
            }
        }
    }

    private int status(HttpExchange exchange, byte[] body) {
        var uri = exchange.getRequestURI();
        if (!path.equals(uri.getRawPath())) {
            return 404;
        }
        if (!query.equals(uri.getRawQuery())) {
            return 401;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        if (body.length > LARGEST) {
            return 413;
        }
        return TeamsMessage.isCard(body) ? 202 : 400;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
