// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import org.apache.activemq.ActiveMQConnectionFactory;

/**
 * What a loop by hand makes of the same broker: one consumer that takes each message and writes a claim, commits, writes a result,
 * commits. It plans nothing, stores nothing and counts nothing.
 */
final class BareLoop {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String STEP = "x".repeat(520);
    private static final String CLAIM = "x".repeat(180);
    private static final String RESULT = "x".repeat(620);

    private BareLoop() {}

    /**
     * Runs it.
     *
     * @param messages how many; they are in the queue before the time counts
     * @return seconds from the first message to the last commit
     * @throws IOException if the broker refuses
     */
    static double seconds(int port, int messages) throws IOException {
        var factory = new ActiveMQConnectionFactory(
                OrchestrationSite.USER, OrchestrationSite.PASSWORD, "tcp://127.0.0.1:" + port);
        try (var connection = factory.createConnection();
                var session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            var steps = session.createQueue("bench.step");
            var results = session.createProducer(session.createQueue("bench.result"));
            var producer = session.createProducer(steps);
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
            var seconds = (System.nanoTime() - start) / 1e9;
            empty(session, 2 * messages);
            return seconds;
        } catch (JMSException e) {
            throw new IOException("the bare loop: " + e.getMessage(), e);
        }
    }

    private static void present(Message message) throws IOException {
        if (message == null) {
            throw new IOException("the bare loop: no message came for a minute");
        }
    }

    /** So that the next round finds the broker as this one did. */
    private static void empty(Session session, int messages) throws JMSException, IOException {
        var consumer = session.createConsumer(session.createQueue("bench.result"));
        for (var taken = 0; taken < messages; taken++) {
            present(consumer.receive(PATIENCE_MILLIS));
        }
        session.commit();
        consumer.close();
    }
}
