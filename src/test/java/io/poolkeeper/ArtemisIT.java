// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The workflow on Apache ActiveMQ Artemis, as its own {@code create} makes it; coordinator and worker are processes. */
@ExtendWith(Matrix.class)
class ArtemisIT {
    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final Path ARTEMIS = Path.of("target/artemis/apache-artemis-2.40.0/bin/artemis");
    private static final Map<String, String> FAST = Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Dpoolkeeper.heartbeat=PT1S -Dpoolkeeper.step.pause=PT1S -Dpoolkeeper.presence.period=500");

    @TempDir
    static Path folder;

    private static final List<ProductProcess> STARTED = new ArrayList<>();
    private static int port;
    private static Path siteFile;
    private static Process artemis;

    @BeforeAll
    static void start() throws Exception {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        create();
        artemis = run();
        describeSite();
        waitFor(start("serve"), "serving elsewhere");
        waitFor(start("worker", "--name", "files"), "takes steps");
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(ProductProcess::close);
        artemis.descendants().forEach(ProcessHandle::destroyForcibly);
        artemis.destroyForcibly();
    }

    /** What an administrator who has never heard of Poolkeeper would get; no ports but one. */
    private static void create() throws IOException, InterruptedException {
        var create = new ProcessBuilder(
                        ARTEMIS.toAbsolutePath().toString(),
                        "create",
                        "--silent",
                        "--user=boss",
                        "--password=pw-boss",
                        "--require-login",
                        "--host=127.0.0.1",
                        "--default-port=" + port,
                        "--no-web",
                        "--no-amqp-acceptor",
                        "--no-stomp-acceptor",
                        "--no-hornetq-acceptor",
                        "--no-mqtt-acceptor",
                        folder.resolve("artemis").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("created").toFile())
                .start();
        assertThat(create.waitFor())
                .as(Files.readString(folder.resolve("created")))
                .isZero();
    }

    private static Process run() throws IOException {
        var said = Files.createTempFile(folder, "artemis-", ".out");
        var process = new ProcessBuilder(folder.resolve("artemis/bin/artemis").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> Files.readString(said).contains("AMQ221007")); // the server is live
        return process;
    }

    private static void describeSite() throws IOException {
        for (var share : List.of("here", "there", "gated", "secrets")) {
            Files.createDirectories(folder.resolve(share));
            Files.writeString(folder.resolve(share).resolve("in.txt"), share);
        }
        Files.writeString(folder.resolve("secrets/boss"), "pw-boss\n");
        Files.writeString(folder.resolve("gated.sh"), """
                : >gate-reached
                while [ -e gate-closed ]; do sleep 0.1; done
                cp gated/in.txt gated/out.txt
                """);
        siteFile = Files.writeString(folder.resolve("site.yaml"), """
                site: elsewhere
                product: ocs-2007-r2
                state: {dir: state}
                vault: {path: vault}
                acceptRisk: [{risk: vault-beside-source, reason: a test, owner: nobody}]
                proof: {others: content}
                workers: {files: {}}
                broker:
                  url: 'failover:(tcp://127.0.0.1:%d)?maxReconnectDelay=500'
                  user: boss
                  password: file:secrets/boss
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation], os: 2008r2}]}
                shares:
                  here: {path: here, role: meeting-content, pool: p}
                  there: {path: there, role: meeting-metadata, pool: p, worker: files}
                  gated:
                    path: gated
                    role: update-files
                    pool: p
                    worker: files
                    command: {backup: [sh, gated.sh], verify: ['true'], result: gated/out.txt, collect: true}
                plans:
                  nightly: {kind: backup, parts: ['share:here', 'share:there']}
                  gated: {kind: backup, parts: ['share:gated']}
                """.formatted(port));
    }

    @Test
    void backsUpWhatCoordinatorAndWorkerReach() throws Exception {
        var backup = start("backup", "nightly", "--json");

        assertThat(backup.await(BOUND)).as(backup.err()).isZero();
        assertThat(last(backup).path("ok").asInt()).isEqualTo(2);
        assertThat(last(backup).path("parts"))
                .allSatisfy(part -> assertThat(part.path("verdict").asText()).isEqualTo("PROVEN"));
        assertThat(messages("poolkeeper.dead")).isZero();
        assertThat(messages("DLQ")).isZero();
    }

    @Test
    @Case(value = "a broker that nobody configured is killed", holds = "the run goes on and ends with 0")
    void goesOnWhenTheBrokerWasKilledAndStartedAgain() throws Exception {
        Files.writeString(folder.resolve("gate-closed"), "");
        try {
            var backup = start("backup", "gated", "--json");
            Awaitility.await().atMost(BOUND).until(() -> Files.exists(folder.resolve("gate-reached")));
            artemis.descendants().forEach(ProcessHandle::destroyForcibly);
            artemis.destroyForcibly().waitFor();

            artemis = run();
            Files.delete(folder.resolve("gate-closed"));

            assertThat(backup.await(BOUND)).as(backup.err()).isZero();
            assertThat(last(backup).path("ok").asInt()).isEqualTo(1);
            assertThat(messages("DLQ")).isZero();
        } finally {
            Files.deleteIfExists(folder.resolve("gate-closed"));
        }
    }

    private static int messages(String queue) throws JMSException {
        var factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
        try (var connection = factory.createConnection("boss", "pw-boss")) {
            connection.start();
            var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            var count = 0;
            for (var all = session.createBrowser(session.createQueue(queue)).getEnumeration();
                    all.hasMoreElements();
                    count++) {
                all.nextElement();
            }
            return count;
        }
    }

    private static ProductProcess start(String... verb) {
        var process = ProductProcess.start(folder.resolve("said"), FAST, siteFile, verb);
        STARTED.add(process);
        return process;
    }

    private static void waitFor(ProductProcess process, String said) {
        Awaitility.await(said).atMost(BOUND).until(() -> process.out().contains(said));
    }

    private static JsonNode last(ProductProcess process) {
        var lines = process.lines();
        return lines.get(lines.size() - 1);
    }
}
