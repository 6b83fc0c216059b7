// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQSslConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Coordinator, worker and broker as processes of their own, and strangers at the broker. */
@ExtendWith(Matrix.class)
class WorkersIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static BrokerSite site;
    private static ProductProcess broker;
    private static ProductProcess serve;
    private static ProductProcess worker;

    @BeforeAll
    static void start() throws IOException {
        site = BrokerSite.in(folder);
        broker = startBroker();
        serve = site.start("serve");
        worker = startWorker();
        awaitWorker();
    }

    @AfterAll
    static void stop() {
        for (var process : new ProductProcess[] {worker, serve, broker}) {
            if (process != null) {
                process.close();
            }
        }
    }

    private static ProductProcess startBroker() {
        var process = site.start("broker");
        Awaitility.await().atMost(BOUND).until(() -> process.out().contains("listens on"));
        return process;
    }

    private static ProductProcess startWorker() {
        var process = site.start("worker", "--name", "files");
        Awaitility.await().atMost(BOUND).until(() -> process.out().contains("takes steps"));
        return process;
    }

    private static void awaitWorker() {
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> aboutWorkers(), told -> told.stream().anyMatch(WorkersIT::isOk));
    }

    private static boolean isOk(JsonNode finding) {
        return finding.path("about").asText().equals("workers.files")
                && finding.path("state").asText().equals("ok");
    }

    private static List<JsonNode> aboutWorkers() throws InterruptedException {
        try (var check = site.start("check", "--json")) {
            check.await(BOUND);
            return check.lines().stream()
                    .filter(line -> line.path("about").asText().startsWith("workers."))
                    .toList();
        }
    }

    @Test
    void doesTheStepsOfAShareThatAnotherHostReads() throws Exception {
        try (var backup = site.start("backup", "nightly", "--json")) {
            assertThat(backup.await(BOUND)).isZero();
            var summary = last(backup);
            assertThat(summary.path("expected").asInt()).isEqualTo(2);
            assertThat(summary.path("ok").asInt()).isEqualTo(2);
            assertThat(summary.path("parts"))
                    .allSatisfy(
                            part -> assertThat(part.path("verdict").asText()).isEqualTo("PROVEN"));
        }
    }

    @Test
    void startsTheCompanysCommandOnTheHostThatTheShareIsOn() throws Exception {
        try (var backup = site.start("backup", "gated", "--json")) {
            assertThat(backup.await(BOUND)).isZero();
            assertThat(site.starters()).last().isEqualTo(worker.handle().pid());
        }
    }

    @Test
    void tellsWhichWorkersAreThereAndWhichAreNot() throws Exception {
        var told = aboutWorkers();

        assertThat(told)
                .anySatisfy(finding -> assertThat(finding.path("what").asText())
                        .contains(String.valueOf(worker.handle().pid()), "has vault"));
        assertThat(told).anySatisfy(finding -> {
            assertThat(finding.path("about").asText()).isEqualTo("workers.other");
            assertThat(finding.path("state").asText()).isEqualTo("problem");
            assertThat(finding.path("hint").asText()).contains("worker --name other");
        });
    }

    @Test
    @Case(value = "a worker is killed at its step", holds = "the next one does it, once more; exit 0")
    void sendsTheStepOfAKilledWorkerToTheNextOne() throws Exception {
        var before = site.starters().size();
        site.closeGate();
        try (var backup = site.start("backup", "gated", "--json")) {
            Awaitility.await().atMost(BOUND).until(site::isGateReached);
            worker.close();
            worker = startWorker();
            Awaitility.await().atMost(BOUND).until(() -> site.starters().size() == before + 2);
            site.openGate();

            assertThat(backup.await(BOUND)).isZero();
            var summary = last(backup);
            assertThat(summary.path("ok").asInt()).isEqualTo(1);
            assertThat(new Vault(folder.resolve("vault/far")).sets())
                    .contains(summary.path("set").asText());
        } finally {
            site.openGate();
        }
    }

    @Test
    @Case(value = "the broker is killed while a step goes on", holds = "both reconnect; the run ends with 0")
    void goesOnWhenTheBrokerWasKilledAndStartedAgain() throws Exception {
        var before = site.starters().size();
        site.closeGate();
        try (var backup = site.start("backup", "gated", "--json")) {
            Awaitility.await().atMost(BOUND).until(site::isGateReached);
            broker.close();
            broker = startBroker();
            site.openGate();

            assertThat(backup.await(BOUND)).isZero();
            assertThat(last(backup).path("ok").asInt()).isEqualTo(1);
            assertThat(site.starters().size()).isBetween(before + 1, before + 2);
        } finally {
            site.openGate();
        }
        awaitWorker();
    }

    @Test
    void letsNobodyInWithoutUserOrWithAWrongPassword() {
        assertThatThrownBy(() -> connect("files", "guess").close()).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> connect(null, null).close()).isInstanceOf(JMSException.class);
    }

    @Test
    void letsNobodyInWithoutACertificate() throws Exception {
        var factory = new ActiveMQSslConnectionFactory("ssl://localhost:" + site.port);
        factory.setTrustStore(folder.resolve("certs/client.p12").toUri().toString());
        factory.setTrustStorePassword(BrokerSite.PASSWORD);

        assertThatThrownBy(() -> {
                    try (var connection = factory.createConnection("coordinator", "pw-coordinator")) {
                        connection.start();
                    }
                })
                .isInstanceOf(JMSException.class);
    }

    @Test
    void givesAWorkerItsOwnStepsAloneAndASchedulerNoneAtAll() throws Exception {
        assertThat(mayRead("other", "poolkeeper.step.other")).isTrue();
        assertThat(mayRead("other", "poolkeeper.step.files")).isFalse();
        assertThat(mayRead("other", "poolkeeper.result")).isFalse();
        assertThat(mayWrite("other", "poolkeeper.trigger")).isFalse();
        assertThat(mayWrite("other", "poolkeeper.step.files")).isFalse();
        assertThat(mayWrite("other", "poolkeeper.stage")).isFalse();
        assertThat(mayWrite("control-m", "poolkeeper.step.files")).isFalse();
        assertThat(mayWrite("control-m", "poolkeeper.result")).isFalse();
        assertThat(mayRead("control-m", "poolkeeper.trigger")).isFalse();
    }

    private static boolean mayRead(String user, String queue) throws JMSException {
        return may(
                user,
                session -> session.createConsumer(session.createQueue(queue)).close());
    }

    private static boolean mayWrite(String user, String queue) throws JMSException {
        return may(
                user,
                session -> session.createProducer(session.createQueue(queue)).close());
    }

    /** Something that a session may be refused. */
    private interface Try {
        void with(Session session) throws JMSException;
    }

    private static boolean may(String user, Try what) throws JMSException {
        try (var connection = connect(user, "pw-" + user)) {
            what.with(connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
            return true;
        } catch (JMSException e) {
            assertThat(e.getMessage()).contains("not authorized");
            return false;
        }
    }

    @Test
    @Case(value = "a worker gets what it cannot read", holds = "it is parked, and somebody is told")
    void parksAMessageThatAWorkerCannotReadAndAlerts() throws Exception {
        send("poolkeeper.step.files", "{\"run\": \"rm -rf /\"}");

        Awaitility.await().atMost(BOUND).until(() -> deadLetters("rm -rf"));
    }

    private static boolean deadLetters(String text) throws JMSException {
        return browse("poolkeeper.dead", body -> body.contains(text));
    }

    @Test
    void unpacksNothingThatASchedulerPacked() throws Exception {
        try (var connection = (ActiveMQConnection) connect("control-m", "pw-control-m")) {
            connection.setUseCompression(true);
            var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            var bomb = session.createTextMessage("{\"plan\": \"nightly\"" + " ".repeat(50 << 20) + "}");

            session.createProducer(session.createQueue("poolkeeper.trigger")).send(bomb);
        }

        Awaitility.await().atMost(BOUND).until(() -> deadLetters("(a compressed message)"));
        assertThat(serve.handle().isAlive()).isTrue();
    }

    @Test
    void hangsUpOnWhoSendsMoreThanAFrame() throws JMSException {
        try (var connection = connect("control-m", "pw-control-m")) {
            var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            var message = session.createBytesMessage();
            message.writeBytes(new byte[3 << 20]);
            var producer = session.createProducer(session.createQueue("poolkeeper.trigger"));

            assertThatThrownBy(() -> producer.send(message)).isInstanceOf(JMSException.class);
        }
    }

    @Test
    @Case(value = "a step is sent that nobody planned", holds = "it is refused")
    void refusesAStepThatWasMadeForAnotherSiteFileOrForTheCoordinatorAlone() throws Exception {
        send(
                "poolkeeper.step.files",
                step("publish", "set:x", "publish", "vault", Json.read("\"" + hash() + "\"", String.class)));
        send("poolkeeper.step.files", step("capture-01", "share:there", "capture", "archive", "0".repeat(64)));

        Awaitility.await().atMost(BOUND).until(() -> deadLetters("worker files publishes no sets"));
        Awaitility.await().atMost(BOUND).until(() -> deadLetters("worker files has another site file"));
        assertThat(Files.exists(folder.resolve("vault/far/forged"))).isFalse();
    }

    @Test
    void takesNoResultFromAWorkerThatWasNotGivenTheStep() throws Exception {
        site.closeGate();
        try (var backup = site.start("backup", "gated", "--json")) {
            Awaitility.await().atMost(BOUND).until(site::isGateReached);
            Awaitility.await().atMost(BOUND).until(() -> !backup.lines().isEmpty());
            var run = last(backup).path("run").asText();
            var step = openStep(run);

            send("other", "poolkeeper.result", forgedResult(run, step, "files"));
            send("other", "poolkeeper.result", forgedResult(run, step, "other"));

            Awaitility.await().atMost(BOUND).until(() -> deadLetters("forged as files"));
            Awaitility.await().atMost(BOUND).until(() -> deadLetters("forged as other"));
            site.openGate();
            assertThat(backup.await(BOUND)).isZero();
            assertThat(last(backup).path("ok").asInt()).isEqualTo(1);
        } finally {
            site.openGate();
        }
    }

    private static String openStep(String run) throws InterruptedException {
        try (var status = site.start("status", run, "--json")) {
            status.await(BOUND);
            return last(status).path("doing").path(0).path("step").asText();
        }
    }

    private static String forgedResult(String run, String step, String worker) {
        var now = Instant.now();
        return """
                {"run":"%s","step":"%s","attempt":1,"worker":"%s","part":"share:gated","outcome":"FAILED",\
                "cause":"forged as %s","hint":null,"again":false,"output":null,"started":"%s","finished":"%s"}""".formatted(run, step, worker, worker, now, now);
    }

    private static String hash() throws IOException {
        return io.poolkeeper.site.SiteFile.read(site.file).hash();
    }

    private static String step(String step, String part, String action, String method, String hash) {
        return """
                {"run":"forged","step":"%s","attempt":1,"part":"%s","action":"%s","method":"%s","effect":"captures",\
                "worker":"files","set":"forged","base":null,"level":"full","depth":"content","keep":false,"place":"beside",\
                "path":null,"notAfter":"%s","siteHash":"%s"}""".formatted(step, part, action, method, Instant.now().plusSeconds(600), hash);
    }

    @Test
    void startsARunThatAStrangerAsksForByAmqpAndAnswers() throws Exception {
        var modules = Path.of("target/foreign/node_modules").toAbsolutePath();
        Needed.works(
                "rhea",
                "./verify installs it; or copy src/test/resources/foreign/package*.json to target/foreign and run npm ci"
                        + " there",
                "node",
                "-e",
                "require(process.argv[1])",
                modules.resolve("rhea").toString());

        var first = trigger(modules, "pw-control-m", "{\"plan\":\"nightly\",\"key\":\"amqp-1\"}");
        var again = trigger(modules, "pw-control-m", "{\"plan\":\"nightly\",\"key\":\"amqp-1\"}");
        var stranger = trigger(modules, "guess", "{\"plan\":\"nightly\",\"key\":\"amqp-2\"}");

        assertThat(first).startsWith("0 question-1 ").contains("\"answer\":\"started\"");
        assertThat(again).contains("\"answer\":\"known\"").contains(run(first));
        assertThat(stranger).doesNotStartWith("0 ");
        Awaitility.await().atMost(BOUND).until(() -> exitOf(run(first)) == 0);
    }

    /** What the summary of a run says; -1 while it goes on. */
    private static int exitOf(String run) throws InterruptedException {
        try (var status = site.start("status", run, "--json")) {
            status.await(BOUND);
            return last(status).path("exit").asInt(-1);
        }
    }

    private static String run(String answer) {
        return Json.tree(answer.substring(answer.indexOf('{'))).path("run").asText();
    }

    private static String trigger(Path modules, String password, String body) throws IOException {
        var builder = new ProcessBuilder(
                        "node",
                        "src/test/resources/foreign/amqp_trigger.js",
                        String.valueOf(site.amqp),
                        "control-m",
                        password,
                        "",
                        body)
                .redirectErrorStream(true);
        builder.environment().put("NODE_PATH", modules.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.onExit().join().exitValue() + " " + said;
    }

    private static JsonNode last(ProductProcess process) {
        var lines = process.lines();
        assertThat(lines).as(process.err()).isNotEmpty();
        return lines.get(lines.size() - 1);
    }

    private static void send(String queue, String text) throws JMSException {
        send("coordinator", queue, text);
    }

    private static void send(String user, String queue, String text) throws JMSException {
        try (var connection = connect(user, "pw-" + user)) {
            var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage(text));
        }
    }

    private static boolean browse(String queue, Predicate<String> wanted) throws JMSException {
        try (var connection = connect("coordinator", "pw-coordinator")) {
            connection.start();
            var session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            var messages = session.createBrowser(session.createQueue(queue)).getEnumeration();
            while (messages.hasMoreElements()) {
                if (messages.nextElement() instanceof jakarta.jms.TextMessage text && wanted.test(text.getText())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Connection connect(String user, String password) throws JMSException {
        try {
            var store = folder.resolve("certs/client.p12").toUri().toString();
            var factory = new ActiveMQSslConnectionFactory("ssl://localhost:" + site.port);
            factory.setTrustStore(store);
            factory.setTrustStorePassword(BrokerSite.PASSWORD);
            factory.setKeyStore(store);
            factory.setKeyStorePassword(BrokerSite.PASSWORD);
            factory.setWatchTopicAdvisories(false);
            var connection = factory.createConnection(user, password);
            connection.start();
            return connection;
        } catch (JMSException e) {
            throw e;
        } catch (Exception e) { // setTrustStore declares no narrower type
            throw new IllegalStateException(e);
        }
    }
}
