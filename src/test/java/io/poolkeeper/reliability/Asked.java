// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A coordinator as it is asked from outside: runs by the trigger folder, answers by REST, and its vault as it lies there. */
final class Asked {
    static final Duration BOUND = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path state;
    private final Vault vault;
    private final Mailbox mail;

    /**
     * The coordinator of a site.
     *
     * @param state its state folder
     * @param mail whom it tells
     */
    Asked(Path state, Vault vault, Mailbox mail) {
        this.state = state;
        this.vault = vault;
        this.mail = mail;
    }

    Vault vault() {
        return vault;
    }

    void trigger(String plan, String key) throws IOException {
        var waiting = state.resolve("trigger").resolve(key + ".part");
        Files.writeString(waiting, "{\"plan\": \"" + plan + "\", \"key\": \"" + key + "\"}");
        Files.move(waiting, waiting.resolveSibling(key + ".json"));
    }

    /** Waits until it can be asked. */
    void awaitCoordinator() {
        awaitCoordinator(() -> true);
    }

    /** Waits until it can be asked, or is not alive any more. */
    void awaitCoordinator(BooleanSupplier isAlive) {
        Awaitility.await("the coordinator is there")
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !isAlive.getAsBoolean() || card().isPresent());
    }

    /** Forgets where a coordinator was that is dead. */
    void forget() throws IOException {
        Files.deleteIfExists(state.resolve("owner.json"));
    }

    private Optional<JsonNode> card() throws IOException {
        try {
            var text = Files.readString(state.resolve("owner.json"));
            return text.isBlank() ? Optional.empty() : Optional.of(Json.tree(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var card = card().orElseThrow();
        var request = HttpRequest.newBuilder(URI.create(card.path("url").asText() + path))
                .header("Authorization", "Bearer " + card.path("token").asText())
                .timeout(Duration.ofSeconds(20))
                .build();
        return Json.tree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** The newest twenty. */
    List<JsonNode> runs() throws IOException, InterruptedException {
        return StreamSupport.stream(get("/v1/runs").spliterator(), false).toList();
    }

    /** What the coordinator has heard of workers. */
    List<JsonNode> workers() throws IOException, InterruptedException {
        return StreamSupport.stream(get("/v1/workers").spliterator(), false).toList();
    }

    /** Waits until a run with a key is closed; its summary. */
    JsonNode ended(String key) {
        return Awaitility.await("run " + key + " ends")
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> runs().stream().filter(run -> isOf(key, run)).findFirst(), Optional::isPresent)
                .orElseThrow()
                .path("summary");
    }

    boolean hasEnded(String key) throws IOException, InterruptedException {
        return runs().stream().anyMatch(run -> isOf(key, run));
    }

    private static boolean isOf(String key, JsonNode run) {
        return run.path("summary").path("key").asText().equals(key);
    }

    /** What must hold of every run that has ended: one run, counts that are equal, nothing left behind, somebody told. */
    void judge(String key, JsonNode summary) throws IOException, InterruptedException {
        assertThat(summary.path("expected").asInt())
                .as(key + " " + summary)
                .isGreaterThanOrEqualTo(summary.path("exit").asInt() == 0 ? 1 : 0)
                .isEqualTo(summary.path("ok").asInt()
                        + summary.path("warning").asInt()
                        + summary.path("failed").asInt()
                        + summary.path("excused").asInt());
        assertThat(runs().stream().filter(run -> isOf(key, run)))
                .as("runs of " + key)
                .hasSize(1);
        if (!summary.path("set").isNull()) {
            assertThat(vault.sets())
                    .as(key)
                    .containsOnlyOnce(summary.path("set").asText());
        }
        Awaitility.await("somebody is told of " + key)
                .atMost(BOUND)
                .until(() -> mail.toldOf(summary.path("run").asText()));
    }

    /** Waits until nothing is left of what was not published. */
    void awaitNoLeftovers() {
        Awaitility.await("nothing unpublished is left").atMost(BOUND).until(vault::unpublished, List::isEmpty);
    }
}
