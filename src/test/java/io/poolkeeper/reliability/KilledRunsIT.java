// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator that is killed at a numbered point of a run - before or after each call to broker, run store and vault - and
 * started again. {@code POOLKEEPER_KILL=all} kills at each of them, else at a sample that spreads over all.
 */
class KilledRunsIT {
    /** As many as a clean run of this site had when it was last looked at; fewer would mean that the harness sees less. */
    private static final int FEWEST_POINTS = 200;

    private static final int SAMPLE = 10;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Path agent;
    private static GreenMail mail;
    private static Process serve;

    @BeforeAll
    static void start() throws IOException {
        agent = KillAgent.jar(folder);
        mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mail.start();
        Files.createDirectories(folder.resolve("one"));
        Files.createDirectories(folder.resolve("two"));
        Files.writeString(folder.resolve("one/a.txt"), "a");
        Files.writeString(folder.resolve("two/b.txt"), "b");
        Files.writeString(
                folder.resolve("site.yaml"), """
                site: killed
                product: ocs-2007-r2
                timeZone: UTC
                vault: {path: vault}
                acceptRisk: [{risk: vault-beside-source, reason: a test, owner: nobody}]
                proof: {others: content}
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation], os: 2008r2}]}
                shares:
                  one: {path: one, role: meeting-content, pool: p}
                  two: {path: two, role: update-files, pool: p}
                plans:
                  nightly: {kind: backup, parts: ['share:one', 'share:two']}
                notify:
                  email: {host: 127.0.0.1, port: %d, tls: none, from: poolkeeper@ocs.lab, to: [admin@ocs.lab]}
                  rules: [{on: [ok, warning, failed], to: [email]}]
                """.formatted(mail.getSmtp().getPort()));
    }

    @AfterAll
    static void stop() {
        if (serve != null) {
            serve.destroyForcibly();
        }
        mail.stop();
    }

    /** How a run stood when it had ended, and how long after the coordinator was there again. */
    private record Ended(JsonNode summary, Duration after) {}

    @Test
    void endsEveryRunOnceWhereverTheCoordinatorIsKilled() throws Exception {
        serve = serve();
        awaitCard();
        var points = cleanRun();
        System.out.println("a clean run passes " + points.size() + " kill points");
        assertThat(points.size()).isGreaterThanOrEqualTo(FEWEST_POINTS);

        var matrix = new TreeMap<String, List<Ended>>();
        for (var k : chosen(points.size())) {
            var ended = killedAt(k);
            matrix.computeIfAbsent(kind(points.get(k - 1)), any -> new ArrayList<>())
                    .add(ended);
        }
        report(points, matrix);
    }

    /** {@code before io.poolkeeper.set.Disk.rename} without the package, and a commit under the name that people know. */
    private static String kind(String point) {
        return point.replaceAll("^(before|after) .*\\.(\\w+\\.\\w+)$", "$1 $2")
                .replace("before TransactionContext.afterCommit", "after a commit to the broker")
                .replace("after TransactionContext.afterCommit", "after what follows such a commit")
                .replace("ActiveMQSession.send", "sending a message")
                .replace("RunStore.durably", "a transaction of the run store");
    }

    /** The table of docs/reliability.md, from what was seen just now. */
    private static void report(List<String> points, Map<String, List<Ended>> matrix) throws IOException {
        var counts =
                points.stream().collect(Collectors.groupingBy(KilledRunsIT::kind, TreeMap::new, Collectors.counting()));
        var table = new StringBuilder(
                "| Killed | points | tried | exit codes | ended after, at most |\n|---|---:|---:|---|---:|\n");
        counts.forEach((kind, count) -> {
            var ended = matrix.getOrDefault(kind, List.of());
            table.append("| %s | %d | %d | %s | %s |\n"
                    .formatted(
                            kind,
                            count,
                            ended.size(),
                            ended.stream()
                                    .map(one -> one.summary().path("exit").asText())
                                    .distinct()
                                    .collect(Collectors.joining(", ")),
                            ended.stream()
                                    .map(Ended::after)
                                    .max(Duration::compareTo)
                                    .map(time -> "%.1f s".formatted(time.toMillis() / 1e3))
                                    .orElse("")));
        });
        Files.writeString(Path.of("target/killed-runs.md"), table);
        System.out.println(table);
    }

    private static int[] chosen(int points) {
        if ("all".equals(System.getenv("POOLKEEPER_KILL"))) {
            return IntStream.rangeClosed(1, points).toArray();
        }
        return IntStream.range(0, SAMPLE)
                .map(n -> 1 + n * (points - 1) / (SAMPLE - 1))
                .toArray();
    }

    private static List<String> cleanRun() throws Exception {
        arm(0, "clean");
        trigger("clean");
        var ended = await("clean");
        disarm();
        assertThat(ended.path("exit").asInt()).isZero();
        return Files.readAllLines(folder.resolve(KillPoint.PASSED));
    }

    /** Kills the coordinator at a point of a new run, starts it again, and looks what became of the run. */
    private static Ended killedAt(int k) throws Exception {
        var key = "killed-at-" + k;
        arm(k, key);
        trigger(key);
        var died = serve.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS);
        disarm();
        assertThat(died).as("the coordinator dies at point " + k).isTrue();
        assertThat(serve.exitValue()).isEqualTo(KillPoint.KILLED);
        Files.deleteIfExists(folder.resolve("state/owner.json"));

        serve = serve();
        awaitCard();
        var back = Instant.now();
        var summary = await(key);
        var after = Duration.between(back, Instant.now());
        judge(key, summary);
        return new Ended(summary, after);
    }

    private static void judge(String key, JsonNode summary) throws Exception {
        assertThat(summary.path("exit").asInt()).as(key + " " + summary).isZero();
        assertThat(summary.path("expected").asInt())
                .as(key)
                .isEqualTo(summary.path("ok").asInt()
                        + summary.path("warning").asInt()
                        + summary.path("failed").asInt()
                        + summary.path("excused").asInt());
        var runs = runs().stream().filter(run -> isOf(key, run)).toList();
        assertThat(runs).as("runs of " + key).hasSize(1);
        var vault = new Vault(folder.resolve("vault/killed"));
        assertThat(vault.sets()).as(key).containsOnlyOnce(summary.path("set").asText());
        assertThat(vault.ledger().entries()).as(key).isNotEmpty();
        Awaitility.await(key + " leaves nothing behind").atMost(BOUND).until(() -> vault.unpublished(), List::isEmpty);
        Awaitility.await("somebody is told of " + key)
                .atMost(BOUND)
                .until(() -> toldOf(summary.path("run").asText()));
    }

    private static boolean toldOf(String run) throws IOException, MessagingException {
        for (var message : mail.getReceivedMessages()) {
            if (text(message).contains(run)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Part part) throws IOException, MessagingException {
        if (part.getContent() instanceof Multipart several) {
            var text = new StringBuilder();
            for (var n = 0; n < several.getCount(); n++) {
                text.append(text(several.getBodyPart(n)));
            }
            return text.toString();
        }
        return String.valueOf(part.getContent());
    }

    private static boolean isOf(String key, JsonNode run) {
        return run.path("summary").path("key").asText().equals(key);
    }

    private static JsonNode await(String key) {
        return Awaitility.await("run " + key + " ends")
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> runs().stream().filter(run -> isOf(key, run)).findFirst(), Optional::isPresent)
                .orElseThrow()
                .path("summary");
    }

    private static List<JsonNode> runs() throws IOException, InterruptedException {
        var card = card().orElseThrow();
        var request = HttpRequest.newBuilder(URI.create(card.path("url").asText() + "/v1/runs"))
                .header("Authorization", "Bearer " + card.path("token").asText())
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return StreamSupport.stream(Json.tree(answer.body()).spliterator(), false)
                .toList();
    }

    private static void awaitCard() {
        Awaitility.await("the coordinator is there").atMost(BOUND).until(() -> card().isPresent());
    }

    private static Optional<JsonNode> card() throws IOException {
        try {
            var text = Files.readString(folder.resolve("state/owner.json"));
            return text.isBlank() ? Optional.empty() : Optional.of(Json.tree(text));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void arm(int k, String key) throws IOException {
        Files.deleteIfExists(folder.resolve(KillPoint.PASSED));
        var written = Files.writeString(folder.resolve("arming"), k + " " + key);
        Files.move(written, folder.resolve(KillPoint.ARMED), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void disarm() throws IOException {
        Files.deleteIfExists(folder.resolve(KillPoint.ARMED));
    }

    private static void trigger(String key) throws IOException {
        var waiting = folder.resolve("state/trigger").resolve(key + ".part");
        Files.writeString(waiting, "{\"plan\": \"nightly\", \"key\": \"" + key + "\"}");
        Files.move(waiting, waiting.resolveSibling(key + ".json"));
    }

    private static Process serve() throws IOException {
        var builder = new ProcessBuilder(
                        Path.of("poolkeeper").toAbsolutePath().toString(),
                        "serve",
                        "-c",
                        folder.resolve("site.yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("serve.out").toFile()));
        builder.environment().put("POOLKEEPER_BUILD", "no");
        builder.environment()
                .put(
                        "JAVA_TOOL_OPTIONS",
                        "-javaagent:%s -Dpoolkeeper.kill.folder=%s -Dpoolkeeper.heartbeat=PT%dS -Dpoolkeeper.step.pause=PT0.5S"
                                        .formatted(agent, folder, HEARTBEAT.toSeconds())
                                + " -Dpoolkeeper.watch.period=500 -Dpoolkeeper.outbox.period=300 -Dpoolkeeper.patience=PT2S");
        return builder.start();
    }
}
