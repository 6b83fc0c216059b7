// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator that is killed at a numbered point of a run - before or after each call to broker, run store and vault - and
 * started again.
 */
class KilledRunsIT {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static Kills kills;
    private static Mailbox mail;
    private static Asked asked;
    private static Process serve;

    @BeforeAll
    static void start() throws IOException {
        kills = Kills.in(folder);
        mail = new Mailbox();
        asked = new Asked(folder.resolve("state"), new Vault(folder.resolve("vault/killed")), mail);
        Files.createDirectories(folder.resolve("one"));
        Files.createDirectories(folder.resolve("two"));
        Files.writeString(folder.resolve("one/a.txt"), "a");
        Files.writeString(folder.resolve("two/b.txt"), "b");
        Files.writeString(folder.resolve("site.yaml"), """
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
                """ + mail.notifications());
    }

    @AfterAll
    static void stop() {
        if (serve != null) {
            serve.destroyForcibly();
        }
        mail.close();
    }

    /**
     * How a run stood when it had ended.
     *
     * @param died whether the coordinator did; the run may have ended before it came to the point
     * @param after how long after the coordinator was there again
     */
    private record Ended(boolean died, JsonNode summary, Duration after) {}

    @Test
    void endsEveryRunOnceWhereverTheCoordinatorIsKilled() throws Exception {
        serve = serve();
        var points = cleanRun();

        var matrix = new TreeMap<String, List<Ended>>();
        for (var k : Kills.chosen(points.size())) {
            var ended = killedAt(k);
            Kills.tell("coordinator", k, points.size(), ended.died(), ended.after());
            if (ended.died()) {
                matrix.computeIfAbsent(kind(points.get(k - 1)), any -> new ArrayList<>())
                        .add(ended);
            }
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

    private static List<String> cleanRun() throws IOException {
        kills.arm(0, "clean");
        asked.trigger("nightly", "clean");
        var ended = asked.ended("clean");
        kills.disarm();
        assertThat(ended.path("exit").asInt()).isZero();
        return kills.passed("coordinator");
    }

    /** Kills the coordinator at a point of a new run, starts it again, and looks what became of the run. */
    private static Ended killedAt(int k) throws Exception {
        var key = "killed-at-" + k;
        kills.arm(k, key);
        asked.trigger("nightly", key);
        var died = kills.awaitDeath(serve.toHandle(), k, () -> asked.hasEnded(key));
        if (died) {
            assertThat(serve.waitFor()).isEqualTo(KillPoint.KILLED);
            asked.forget();
            serve = serve();
        }
        var back = Instant.now();
        var summary = asked.ended(key);
        var after = Duration.between(back, Instant.now());
        assertThat(summary.path("exit").asInt()).as(key + " " + summary).isZero();
        asked.judge(key, summary);
        asked.awaitNoLeftovers();
        assertThat(asked.vault().ledger().entries()).as(key).isNotEmpty();
        return new Ended(died, summary, after);
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
                        "-XX:TieredStopAtLevel=1 -Dpoolkeeper.heartbeat=PT%dS -Dpoolkeeper.step.pause=PT0.5S"
                                        .formatted(HEARTBEAT.toSeconds())
                                + " -Dpoolkeeper.watch.period=500 -Dpoolkeeper.outbox.period=300 -Dpoolkeeper.patience=PT2S");
        var process = builder.start();
        asked.awaitCoordinator(process::isAlive);
        assertThat(process.isAlive())
                .as(() -> "the coordinator is there; it said: " + said())
                .isTrue();
        kills.attach(process.toHandle());
        return process;
    }

    private static String said() {
        try {
            return Files.readString(folder.resolve("serve.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
