// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.web;

import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.app.StateOwner;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.run.Workers;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import java.io.EOFException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Talks to the coordinator that owns a state folder. Every call answers or fails within {@link #PATIENCE}. */
public final class RemoteCoordinator implements CoordinatorApi {
    /** How long an answer may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int CONNECT_MILLIS = 2_000;

    private final StateOwner.Card card;

    /** Talks to the one that announced itself so. */
    public RemoteCoordinator(StateOwner.Card card) {
        this.card = card;
    }

    /** The coordinator does not answer. */
    public static final class Unreachable extends RuntimeException {
        /** Says why. */
        public Unreachable(String message) {
            super(message);
        }
    }

    @Override
    public Accepted request(Request request) {
        var answer = call("POST", "/v1/runs", Json.line(request));
        if (answer.statusCode() != 200 && answer.statusCode() != 409) {
            throw new IllegalStateException("the coordinator refused the request: " + answer.body());
        }
        var tree = Json.tree(answer.body());
        var run = tree.path("run").asText();
        return switch (tree.path("answer").asText()) {
            case "Started" -> new Accepted.Started(run);
            case "Known" -> new Accepted.Known(run);
            default -> new Accepted.Refused(run, tree.path("reason").asText());
        };
    }

    @Override
    public Optional<RunStatus> status(String run) {
        var answer = call("GET", "/v1/runs/" + run, "");
        return answer.statusCode() == 200 ? Optional.of(Json.read(answer.body(), RunStatus.class)) : Optional.empty();
    }

    @Override
    public List<RunStatus> recent(int most) {
        var statuses = new ArrayList<RunStatus>();
        Json.tree(call("GET", "/v1/runs", "").body()).forEach(status -> statuses.add(Json.as(status, RunStatus.class)));
        return statuses.stream().limit(most).toList();
    }

    @Override
    public boolean cancel(String run) {
        return call("POST", "/v1/runs/" + run + "/cancel", "").statusCode() == 200;
    }

    @Override
    public List<String> untold(String run) {
        var untold = new ArrayList<String>();
        Json.tree(call("GET", "/v1/runs/" + run + "/untold", "").body()).forEach(line -> untold.add(line.asText()));
        return untold;
    }

    @Override
    public List<Workers.Heard> workers() {
        var workers = new ArrayList<Workers.Heard>();
        var answer = call("GET", "/v1/workers", "");
        if (answer.statusCode() != 200) {
            throw new Unreachable("the coordinator at " + card.url()
                    + " knows nothing of workers. HINT: is it an older release? restart it");
        }
        Json.tree(answer.body()).forEach(worker -> workers.add(Json.as(worker, Workers.Heard.class)));
        return List.copyOf(workers);
    }

    private record Answer(int statusCode, String body) {}

    private Answer call(String method, String path, String body) {
        try {
            var answer = exchange(method, path, body);
            if (answer.statusCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new Unreachable("the coordinator at " + card.url()
                        + " does not accept our token. HINT: was it restarted just now? try again");
            }
            return answer;
        } catch (IOException e) {
            throw new Unreachable("the coordinator (process " + card.pid() + ") does not answer at " + card.url() + ": "
                    + e + ". HINT: is it stopping? try again; if the process is gone, the next verb takes over");
        } catch (MalformedDocument | IllegalArgumentException e) {
            throw new Unreachable("what answers at " + card.url() + " is no coordinator: " + e.getMessage());
        }
    }

    /** By the plain client of Java: the newer one takes half a second to start, longer than most verbs have to work. */
    private Answer exchange(String method, String path, String body) throws IOException {
        var connection =
                (HttpURLConnection) URI.create(card.url() + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Authorization", "Bearer " + card.token());
        if (method.equals("POST")) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length); // never sent twice
            try (var out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
        var status = connection.getResponseCode();
        try (var in = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            var bytes = in == null ? new byte[0] : in.readAllBytes();
            if (bytes.length < connection.getContentLengthLong()) { // this client says nothing of it
                throw new EOFException("the answer ended after " + bytes.length + " of "
                        + connection.getContentLengthLong() + " bytes");
            }
            return new Answer(status, new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
