// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import io.poolkeeper.BrokerSite;
import io.poolkeeper.ProductProcess;
import io.poolkeeper.set.Vault;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQSslConnectionFactory;
import org.awaitility.Awaitility;

/**
 * Broker, coordinator and two workers of one name, each a process of its own, and the networks between them. The first worker
 * and the coordinator reach the broker through a {@link Link} of their own.
 */
final class FarSite implements AutoCloseable {
    final BrokerSite site;
    final Mailbox mail = new Mailbox();
    final Asked asked;
    final Link ofCoordinator;
    final Link ofFirst;
    ProductProcess broker;
    ProductProcess serve;
    ProductProcess first;
    ProductProcess second;

    private FarSite(BrokerSite site) throws IOException {
        this.site = site;
        this.asked = new Asked(site.folder.resolve("state"), new Vault(site.folder.resolve("vault/far")), mail);
        this.ofCoordinator = Link.at(2, site.port);
        this.ofFirst = Link.at(3, site.port);
    }

    /**
     * Makes a site; starts nothing.
     *
     * @param plans more of them, as lines of its site file
     */
    static FarSite in(Path folder, String plans) throws IOException {
        var far = new FarSite(BrokerSite.in(folder));
        far.site.add(plans + far.mail.notifications());
        return far;
    }

    /** Starts all and waits until they know each other. */
    void start(String brokerOptions) throws IOException {
        broker = startBroker(brokerOptions);
        serve = startServe("");
        first = startFirst("", Map.of());
        second = startSecond("");
        awaitWorkers();
    }

    ProductProcess startBroker(String options) {
        var process = site.startWith(options, Map.of(), "broker");
        awaitSaid(process, "listens on");
        return process;
    }

    ProductProcess startServe(String options) throws IOException {
        return startServe(options, Map.of());
    }

    ProductProcess startServe(String options, Map<String, String> environment) throws IOException {
        asked.forget();
        var process = site.startWith(ofCoordinator.hosts(site.folder) + " " + options, environment, "serve");
        asked.awaitCoordinator();
        return process;
    }

    ProductProcess startFirst(String options, Map<String, String> environment) throws IOException {
        return startWorker(ofFirst.hosts(site.folder) + " " + options, environment);
    }

    ProductProcess startSecond(String options) {
        return startWorker(options, Map.of());
    }

    private ProductProcess startWorker(String options, Map<String, String> environment) {
        return site.startWith(options, environment, "worker", "--name", "files");
    }

    static void awaitSaid(ProductProcess process, String text) {
        Awaitility.await(text).atMost(Asked.BOUND).until(() -> process.out().contains(text));
    }

    /** Waits until the coordinator has heard of both workers just now. */
    void awaitWorkers() {
        Awaitility.await("both workers are heard of")
                .atMost(Asked.BOUND)
                .until(() -> isHeard(first) && isHeard(second));
    }

    /** Whether a worker has said something within the last two seconds. */
    boolean isHeard(ProductProcess worker) throws IOException, InterruptedException {
        var suffix = "/" + worker.handle().pid();
        return asked.workers().stream()
                .anyMatch(
                        heard -> heard.path("presence").path("process").asText().endsWith(suffix)
                                && java.time.Instant.parse(heard.path("at").asText())
                                        .isAfter(java.time.Instant.now().minusSeconds(2)));
    }

    /** Something to do with the broker as a user of it. */
    interface Talk<T> {
        T with(Session session) throws JMSException;
    }

    /** Talks to the broker as the coordinator does. */
    <T> T talk(Talk<T> talk) throws JMSException {
        try {
            var store = site.folder.resolve("certs/client.p12").toUri().toString();
            var factory = new ActiveMQSslConnectionFactory("ssl://localhost:" + site.port);
            factory.setTrustStore(store);
            factory.setTrustStorePassword(BrokerSite.PASSWORD);
            factory.setKeyStore(store);
            factory.setKeyStorePassword(BrokerSite.PASSWORD);
            factory.setWatchTopicAdvisories(false);
            try (var connection = factory.createConnection("coordinator", "pw-coordinator")) {
                connection.start();
                return talk.with(connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
            }
        } catch (JMSException e) {
            throw e;
        } catch (Exception e) { // setTrustStore declares no narrower type
            throw new IllegalStateException(e);
        }
    }

    void send(String queue, List<String> texts) throws JMSException {
        talk(session -> {
            var producer = session.createProducer(session.createQueue(queue));
            for (var text : texts) {
                producer.send(session.createTextMessage(text));
            }
            return null;
        });
    }

    /** What waits in a queue; it stays there. */
    List<String> waiting(String queue) throws JMSException {
        return talk(session -> texts(session.createBrowser(session.createQueue(queue))));
    }

    private static List<String> texts(QueueBrowser browser) throws JMSException {
        var texts = new ArrayList<String>();
        var messages = browser.getEnumeration();
        while (messages.hasMoreElements()) {
            if (messages.nextElement() instanceof TextMessage text) {
                texts.add(text.getText());
            }
        }
        return texts;
    }

    /** Takes the next message out of a queue; null if none comes within two seconds. */
    String take(String queue) throws JMSException {
        return talk(
                session -> session.createConsumer(session.createQueue(queue)).receive(2000) instanceof TextMessage text
                        ? text.getText()
                        : null);
    }

    /** Whether something that could not be handled has this in it. */
    boolean isDead(String text) throws JMSException {
        return waiting("poolkeeper.dead").stream().anyMatch(dead -> dead.contains(text));
    }

    /** Stops a process where it is, as a host that hangs does; it holds its connections and says nothing. */
    static void hang(ProductProcess process) throws IOException {
        signal("STOP", process);
    }

    static void goOn(ProductProcess process) throws IOException {
        signal("CONT", process);
    }

    private static void signal(String name, ProductProcess process) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.handle().pid()))
                .inheritIO()
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() throws IOException {
        for (var process : new ProductProcess[] {first, second, serve, broker}) {
            if (process != null) {
                process.close();
            }
        }
        ofFirst.close();
        ofCoordinator.close();
        mail.close();
    }
}
