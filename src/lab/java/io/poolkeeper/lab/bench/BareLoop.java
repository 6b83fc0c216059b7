// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import org.apache.activemq.ActiveMQConnectionFactory;

/**
 * What a loop by hand makes of the same broker with the transactions of a stage: all messages are sent and committed; one
 * consumer takes each, writes a claim, commits, writes a result, commits; and takes each claim and each result, and commits.
 * It plans nothing, stores nothing and counts nothing.
 */
final class BareLoop {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String STEP = "x".repeat(520);
    private static final String CLAIM = "x".repeat(180);
    private static final String RESULT = "x".repeat(620);

    private BareLoop() {}

    /**
     * What it took.
     *
     * @param sending seconds until all messages are in the queue
     * @param working seconds from the first of them to the last result
     * @param gathering seconds of taking the claims and the results
     */
    record Seconds(double sending, double working, double gathering) {
        double all() {
            return sending + working + gathering;
        }
    }

    /**
     * Runs it.
     *
     * @param messages how many
     * @throws IOException if the broker refuses
     */
    static Seconds seconds(int port, int messages) throws IOException {
        var factory = new ActiveMQConnectionFactory(
                OrchestrationSite.USER, OrchestrationSite.PASSWORD, "tcp://127.0.0.1:" + port);
        try (var connection = factory.createConnection();
                var session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            var steps = session.createQueue("bench.step");
            var results = session.createProducer(session.createQueue("bench.result"));
            var producer = session.createProducer(steps);
            var begun = System.nanoTime();
            for (var sent = 0; sent < messages; sent++) {
                producer.send(session.createTextMessage(STEP));
            }
            session.commit();
            var consumer = session.createConsumer(steps);
            var start = System.nanoTime();
            for (var taken = 0; taken < messages; taken++) {
                present(consumer.receive(PATIENCE_MILLIS));
                results.send(session.createTextMessage(CLAIM));
                session.commit();
                results.send(session.createTextMessage(RESULT));
                session.commit();
            }
            var worked = System.nanoTime();
            gather(session, 2 * messages);
            return new Seconds((start - begun) / 1e9, (worked - start) / 1e9, (System.nanoTime() - worked) / 1e9);
        } catch (JMSException e) {
            throw new IOException("the bare loop: " + e.getMessage(), e);
        }
    }

    private static void present(Message message) throws IOException {
        if (message == null) {
            throw new IOException("the bare loop: no message came for a minute");
        }
    }

    private static void gather(Session session, int messages) throws JMSException, IOException {
        try (var consumer = session.createConsumer(session.createQueue("bench.result"))) {
            for (var taken = 0; taken < messages; taken++) {
                present(consumer.receive(PATIENCE_MILLIS));
                session.commit();
            }
        }
    }
}
