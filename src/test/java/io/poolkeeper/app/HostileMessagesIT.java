// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.plan.Planner;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody can do who may write into the coordinator's queues: the worst case, for the broker keeps nearly everybody from it.
 * Over the real broker and the real routes.
 */
class HostileMessagesIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Site site;
    private static StateOwner owner;
    private static Coordinator coordinator;
    private static ActiveMQConnection connection;
    private static Session session;

    private int runs;
    private int dead;

    @BeforeAll
    static void start() throws IOException, JMSException {
        Files.createDirectories(folder.resolve("there"));
        Files.writeString(folder.resolve("there/a.txt"), "a");
        Files.writeString(folder.resolve("outside.txt"), "nobody's business");
        site = SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: hostile
                product: ocs-2007-r2
                state: {dir: state}
                vault: {path: vault}
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation]}]}
                shares:
                  there: {path: there, role: meeting-content, pool: p}
                plans:
                  nightly: {kind: backup}
                """));
        owner = StateOwner.take(site.state().dir()).orElseThrow();
        coordinator = Coordinator.start(site, new Coordinator.Options(false, new Planner(), Clock.systemUTC()));
        var factory = new ActiveMQConnectionFactory(EmbeddedBroker.URL);
        connection = (ActiveMQConnection) factory.createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @BeforeEach
    void count() throws JMSException {
        runs = coordinator.recent(100).size();
        dead = waiting("poolkeeper.dead").size();
    }

    @AfterAll
    static void stop() throws JMSException {
        connection.close();
        coordinator.close();
        owner.close();
    }

    private static void send(String queue, Message message) throws JMSException {
        session.createProducer(session.createQueue(queue)).send(message);
    }

    private static List<String> waiting(String queue) throws JMSException {
        var texts = new ArrayList<String>();
        var messages = session.createBrowser(session.createQueue(queue)).getEnumeration();
        while (messages.hasMoreElements()) {
            var message = messages.nextElement();
            texts.add(
                    message instanceof TextMessage text
                            ? text.getText()
                            : message.getClass().getSimpleName());
        }
        return texts;
    }

    /** What has come to the dead letters since this test began, once it is so many. */
    private List<String> awaitDead(int count) {
        var letters = Awaitility.await()
                .atMost(BOUND)
                .until(() -> waiting("poolkeeper.dead"), all -> all.size() >= dead + count);
        return letters.subList(dead, letters.size());
    }

    /** The answer to a forged step; it and its claim, or the step itself, come in any order, and nobody asked for it. */
    private String awaitAnswer() {
        return awaitDead(2).stream()
                .filter(letter -> letter.contains("\"outcome\""))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Camel", "camel", "CAMEL", "cAmEl"})
    void aHeaderOfCamelOrdersNothing(String camel) throws JMSException {
        var message = session.createTextMessage("{\"plan\": \"nightly\", \"key\": \"" + camel + "\"}");
        for (var header : List.of(
                "JmsDestinationName",
                "JmsDestination",
                "FileName",
                "BeanMethodName",
                "ExecCommandExecutable",
                "HttpUri",
                "SqlQuery",
                "ToDynamicUri",
                "LdapBaseDn")) {
            message.setStringProperty(camel + header, "payroll.orders");
        }
        send("poolkeeper.trigger", message);

        Awaitility.await().atMost(BOUND).until(() -> coordinator.recent(100).size() == runs + 1);
        var run = coordinator.recent(1).get(0).run();
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> coordinator.status(run).orElseThrow().closed() != null);
        assertThat(coordinator.status(run).orElseThrow().plan()).isEqualTo("nightly");
        assertThat(waiting("payroll.orders")).isEmpty();
        assertThat(waiting("poolkeeper.dead")).hasSize(dead);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poolkeeper.trigger", "poolkeeper.result", "poolkeeper.stage", "poolkeeper.step.local"})
    void anObjectIsNotEvenLookedInto(String queue) throws JMSException {
        send(queue, session.createObjectMessage(new java.util.ArrayList<>(List.of("a", "b"))));

        assertThat(awaitDead(1)).containsExactly("(ObjectMessage)");
        assertThat(coordinator.recent(100)).hasSize(runs);
    }

    @Test
    void aBodyThatIsTooLongIsParkedUnread() throws JMSException {
        send(
                "poolkeeper.trigger",
                session.createTextMessage(
                        "{\"plan\": \"nightly\", \"requestedBy\": \"" + "x".repeat(Messages.LONGEST) + "\"}"));

        assertThat(awaitDead(1).get(0)).hasSizeGreaterThan(Messages.LONGEST);
        assertThat(coordinator.recent(100)).hasSize(runs);
    }

    @Test
    void aTriggerNamesNoPlanOfItsOwn() throws JMSException {
        send("poolkeeper.trigger", session.createTextMessage("{\"plan\": \"../../nightly\"}"));
        send("poolkeeper.trigger", session.createTextMessage("{\"plan\": \"other\"}"));
        send("poolkeeper.trigger", session.createTextMessage("{\"plan\": \"nightly\", \"command\": [\"sh\"]}"));

        assertThat(awaitDead(3)).hasSize(3);
        assertThat(coordinator.recent(100)).hasSize(runs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            share:../../outside.txt                 | archive    | capture
            share:/etc                              | archive    | capture
            share:there/../../outside.txt           | archive    | capture
            share:unknown                           | archive    | capture
            share:there                             | command    | capture
            share:there                             | sql-native | restore
            share:unknown                           | command    | capture
            database:nobody/master                  | sql-native | capture
            database:x]; DROP DATABASE rtc; --/rtc  | sql-native | capture
            database:nobody/rtc                     | sqlcmd     | capture
            database:nobody/rtc                     | observed   | capture
            directory:ocs                           | ldif       | capture
            directory:ocs                           | ifm        | capture
            settings:global-pool/other & calc.exe   | lcscmd     | capture
            settings:userdata/../../x               | dbimpexp   | capture
            settings:machine/p.ocs.lab              | command    | capture
            source:sql/nobody                       | sql-native | discover
            """)
    void aStepReachesNothingThatTheSiteFileDoesNotName(String part, String method, String action) throws Exception {
        send("poolkeeper.step.local", session.createTextMessage(step(part, method, action, site.hash())));

        var result = awaitAnswer();

        assertThat(result).contains("\"outcome\":\"FAILED\"").doesNotContain("nobody's business");
        assertThat(below(folder)).noneMatch(file -> file.contains("calc") || file.startsWith("vault/hostile/forged"));
        assertThat(Files.readString(folder.resolve("outside.txt"))).isEqualTo("nobody's business");
    }

    @Test
    void aStepThatWasMadeForAnotherSiteFileDoesNothing() throws Exception {
        send(
                "poolkeeper.step.local",
                session.createTextMessage(step("share:there", "archive", "capture", "0".repeat(64))));

        assertThat(awaitAnswer()).contains("another site file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../evil", "a/b", ".", "..", "a\\b", ""})
    void aStepNamesNoFolder(String name) throws Exception {
        var good = step("share:there", "archive", "capture", site.hash());
        send("poolkeeper.step.local", session.createTextMessage(good.replace("\"forged\"", quoted(name))));
        send("poolkeeper.step.local", session.createTextMessage(good.replace("\"capture-01\"", quoted(name))));
        send(
                "poolkeeper.step.local",
                session.createTextMessage(good.replace("\"base\":null", "\"base\":" + quoted(name))));

        var dead = awaitDead(4);
        assertThat(dead).hasSize(4);
        // the third says which step of which run it is, so whoever waits for it is answered; here nobody does
        assertThat(dead)
                .filteredOn(text -> text.contains("\"outcome\""))
                .singleElement()
                .asString()
                .contains("\"outcome\":\"FAILED\"", "could not handle the step");
        assertThat(below(folder)).noneMatch(file -> file.contains("evil"));
    }

    private static String quoted(String text) {
        return io.poolkeeper.schema.Json.line(text);
    }

    private static List<String> below(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).toList();
        }
    }

    private static String step(String part, String method, String action, String hash) {
        return """
                {"run":"forged","step":"capture-01","attempt":1,"part":%s,"action":"%s","method":"%s",\
                "effect":"captures","worker":"local","set":"forged","base":null,"level":"full","depth":"content",\
                "keep":false,"place":"beside","path":null,"notAfter":"%s","siteHash":"%s"}""".formatted(quoted(part), action, method, Instant.now().plusSeconds(600), hash);
    }
}
