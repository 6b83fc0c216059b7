// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.ProductProcess;
import io.poolkeeper.app.StateOwner;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.set.Vault;
import io.poolkeeper.web.RemoteCoordinator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The script of docs/schedulers.md, as it stands there, run by a plain shell against a coordinator that dies. */
@ExtendWith(Matrix.class)
class SchedulerScriptIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** So that what was killed counts as lost soon. */
    private static final Map<String, String> FAST =
            Map.of("JAVA_TOOL_OPTIONS", "-Dpoolkeeper.heartbeat=PT1S -Dpoolkeeper.step.pause=PT1S");

    @TempDir
    Path folder;

    private Path siteFile;
    private Path script;
    private ProductProcess serve;

    @BeforeEach
    void start() throws IOException {
        script = Files.writeString(folder.resolve("poolkeeper-job"), theScript());
        Files.createDirectories(folder.resolve("share"));
        Files.writeString(folder.resolve("share/in.txt"), "in");
        Files.writeString(folder.resolve("gated.sh"), """
                : >gate-reached
                while [ -e gate-closed ]; do sleep 0.1; done
                cp share/in.txt share/out.txt
                """);
        siteFile = Files.writeString(folder.resolve("site.yaml"), """
                site: asked
                product: ocs-2007-r2
                state: {dir: state}
                vault: {path: vault}
                acceptRisk: [{risk: vault-beside-source, reason: a test, owner: nobody}]
                proof: {others: content}
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation], os: 2008r2}]}
                shares:
                  gated:
                    path: share
                    role: update-files
                    pool: p
                    command: {backup: [sh, gated.sh], verify: ['true'], result: share/out.txt, collect: true}
                  broken:
                    path: share
                    role: meeting-content
                    pool: p
                    command: {backup: ['false'], verify: ['true'], result: share/none.txt, collect: true}
                plans:
                  nightly: {kind: backup, parts: ['share:gated']}
                  broken: {kind: backup, parts: ['share:broken']}
                """);
        serve = serve();
    }

    @AfterEach
    void stop() throws IOException {
        Files.deleteIfExists(folder.resolve("gate-closed"));
        serve.close();
    }

    private static String theScript() {
        var fence = Page.of("docs/schedulers.md").fences().stream()
                .filter(block -> block.heading().equals("The script"))
                .findFirst()
                .orElseThrow();
        return String.join("\n", fence.lines()) + "\n";
    }

    @Test
    @Case(value = "a scheduler's client and coordinator die", holds = "one run; the script ends with 0")
    void endsWithTheRunsCodeAlthoughItsClientAndTheCoordinatorAreKilled() throws Exception {
        Files.writeString(folder.resolve("gate-closed"), "");
        try (var job = job("nightly", "2026-11-27")) {
            var waiting = waitingClient(job);
            waitFor().until(() -> Files.exists(folder.resolve("gate-reached")));

            waiting.destroyForcibly();
            waitFor().until(() -> job.err().contains("waiting ended with 137; asking for the status"));
            kill(serve);
            waitFor().until(() -> job.err().contains("no coordinator answers"));
            assertThat(job.isRunning()).isTrue();
            serve = serve();
            Files.delete(folder.resolve("gate-closed"));

            assertThat(job.await(BOUND)).as(job.out() + job.err()).isZero();
            assertThat(job.out()).endsWith("poolkeeper-job: good, exit code 0\n");
            try (var again = job("nightly", "2026-11-27")) {
                assertThat(again.await(BOUND)).isZero();
                assertThat(again.run()).isEqualTo(job.run()).isNotEmpty();
            }
            assertThat(new Vault(folder.resolve("vault/asked")).sets()).containsExactly(job.run());
            assertThat(new RemoteCoordinator(
                                    StateOwner.find(folder.resolve("state")).orElseThrow())
                            .recent(20))
                    .singleElement()
                    .satisfies(run -> assertThat(run.run()).isEqualTo(job.run()));
        }
    }

    @Test
    void endsBadlyWhenTheRunDoesOrNobodyAnswersInTime() throws Exception {
        try (var job = job("broken", "monday")) {
            assertThat(job.await(BOUND)).isEqualTo(12);
            assertThat(job.err()).contains("NOT GOOD, exit code 12");
        }
        try (var job = job("no-such-plan", "monday")) {
            assertThat(job.await(BOUND)).isEqualTo(64);
        }
        kill(serve);
        try (var job = job("nightly", "monday", "1")) {
            assertThat(job.await(BOUND)).isEqualTo(32);
            assertThat(job.err()).contains("gave up on nightly, key monday: no coordinator answers");
        }
    }

    /** The client that the script waits with. */
    private static ProcessHandle waitingClient(Job job) {
        return waitFor()
                .until(
                        () -> job.process()
                                .descendants()
                                .filter(child ->
                                        child.info().commandLine().orElse("").contains("--wait"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** SIGKILL, and then what it started, which nobody would stop. */
    private static void kill(ProductProcess process) throws InterruptedException {
        var children = process.handle().descendants().toList();
        process.kill();
        process.await(BOUND);
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private ProductProcess serve() {
        var started = ProductProcess.start(folder.resolve("said"), FAST, siteFile, "serve");
        waitFor().until(() -> started.out().startsWith("serving asked"));
        return started;
    }

    private record Job(Process process, Path said) implements AutoCloseable {
        int await(Duration most) throws InterruptedException, IOException {
            assertThat(process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS))
                    .as(() -> "the script ended within " + most)
                    .isTrue();
            return process.exitValue();
        }

        boolean isRunning() {
            return process.isAlive();
        }

        String out() throws IOException {
            return Files.readString(said.resolve("out"));
        }

        String err() throws IOException {
            return Files.readString(said.resolve("err"));
        }

        String run() throws IOException {
            return out().lines()
                    .filter(line -> line.startsWith("run "))
                    .map(line -> line.substring(4))
                    .findFirst()
                    .orElse("");
        }

        @Override
        public void close() {
            var children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Job job(String... arguments) throws IOException {
        var said = Files.createTempDirectory(folder, "job-");
        var builder = new ProcessBuilder("sh", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment()
                .putAll(Map.of(
                        "POOLKEEPER",
                        ProductProcess.LAUNCHER.toAbsolutePath().toString(),
                        "POOLKEEPER_SITE",
                        siteFile.toString(),
                        "POOLKEEPER_BUILD",
                        "no",
                        "POLL",
                        "1"));
        builder.redirectOutput(said.resolve("out").toFile())
                .redirectError(said.resolve("err").toFile());
        return new Job(builder.start(), said);
    }

    private static ConditionFactory waitFor() {
        return Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(100));
    }
}
