// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.app.StateOwner;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.Request;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.schema.Schemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * REST on a loopback port of its own. Being on this machine is no proof of anything: every request needs the token of
 * owner.json, a Host that names this very port, and must not come from a web page.
 */
public final class RestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
    private static final int LONGEST_BODY = 1 << 20;
    private static final String RUNS = "/v1/runs";

    private final HttpServer server;
    private final ExecutorService threads;
    private final CoordinatorApi coordinator;
    private final String token;

    private RestServer(HttpServer server, ExecutorService threads, CoordinatorApi coordinator, String token) {
        this.server = server;
        this.threads = threads;
        this.coordinator = coordinator;
        this.token = token;
    }

    /**
     * Starts it on any free port of 127.0.0.1.
     *
     * @throws NotStarted if there is none
     */
    public static RestServer start(CoordinatorApi coordinator) {
        try {
            var random = new byte[32];
            new SecureRandom().nextBytes(random);
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
            var threads = Executors.newFixedThreadPool(4, task -> {
                var thread = new Thread(task, "rest");
                thread.setDaemon(true);
                return thread;
            });
            var rest =
                    new RestServer(server, threads, coordinator, HexFormat.of().formatHex(random));
            server.setExecutor(threads);
            server.createContext("/", rest::handle);
            server.start();
            return rest;
        } catch (IOException e) {
            throw new NotStarted("no REST port could be opened on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** How others talk to it. */
    public StateOwner.Card card() {
        return new StateOwner.Card(
                "http://127.0.0.1:" + server.getAddress().getPort(),
                token,
                ProcessHandle.current().pid(),
                Instant.now());
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            var answer = answer(exchange);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            LOG.debug("a REST client went away: {}", e.getMessage());
        }
    }

    private record Answer(int status, String body) {
        static Answer error(int status, @Nullable String message) {
            return new Answer(
                    status, Json.line(JsonNodeFactory.instance.objectNode().put("error", message)));
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!isAllowed(exchange)) {
            return Answer.error(403, "the token, the Host or the Origin is not right");
        }
        try {
            return route(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), exchange);
        } catch (MalformedDocument | IllegalArgumentException e) {
            return Answer.error(400, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error(
                    "REST {} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            return Answer.error(500, e.toString());
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        var sent = String.valueOf(headers.getFirst("Authorization")).getBytes(StandardCharsets.UTF_8);
        var host = String.valueOf(headers.getFirst("Host")).toLowerCase(Locale.ROOT);
        var port = ":" + server.getAddress().getPort();
        return MessageDigest.isEqual(sent, ("Bearer " + token).getBytes(StandardCharsets.UTF_8))
                && (host.equals("127.0.0.1" + port) || host.equals("localhost" + port))
                && headers.getFirst("Origin") == null;
    }

    private Answer route(String method, String path, HttpExchange exchange) throws IOException {
        if (path.equals(RUNS)) {
            return method.equals("POST") ? request(exchange) : ok(coordinator.recent(20));
        }
        if (path.equals("/v1/workers")) {
            return ok(coordinator.workers());
        }
        if (!path.startsWith(RUNS + "/")) {
            return Answer.error(404, "there is nothing at " + path);
        }
        var words = path.substring(RUNS.length() + 1).split("/", -1);
        if (method.equals("POST") && words.length == 2 && words[1].equals("cancel")) {
            return coordinator.cancel(words[0])
                    ? ok("cancelled")
                    : Answer.error(404, "no run " + words[0] + " is going on");
        }
        if (words.length == 2 && words[1].equals("untold")) {
            return ok(coordinator.untold(words[0]));
        }
        return coordinator
                .status(words[0])
                .map(RestServer::ok)
                .orElseGet(() -> Answer.error(404, "there is no run " + words[0]));
    }

    private Answer request(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            return Answer.error(413, "at most " + LONGEST_BODY + " bytes are read");
        }
        var tree = Json.tree(new String(body, StandardCharsets.UTF_8));
        Schemas.require("request", tree);
        var accepted = coordinator.request(Json.as(tree, Request.class));
        var answer = JsonNodeFactory.instance.objectNode().put("run", accepted.run());
        answer.put("answer", accepted.getClass().getSimpleName());
        answer.put("reason", accepted instanceof Accepted.Refused refused ? refused.reason() : null);
        return new Answer(accepted instanceof Accepted.Refused ? 409 : 200, Json.line(answer));
    }

    private static Answer ok(Object body) {
        return new Answer(200, Json.line(body));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
