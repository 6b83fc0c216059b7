// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.schema.Home;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.activemq.broker.BrokerFactory;
import org.apache.activemq.broker.BrokerService;

/** The broker inside the coordinator: broker/activemq.xml, reached by {@code vm://} alone. */
final class EmbeddedBroker implements AutoCloseable {
    /** How its clients find it; it must be running, they do not create it. */
    static final String URL = "vm://poolkeeper?create=false&waitForStart=10000";

    private final BrokerService broker;

    private EmbeddedBroker(BrokerService broker) {
        this.broker = broker;
    }

    /**
     * Starts it on a folder.
     *
     * @throws NotStarted if it cannot be started: another process has the folder, or it is damaged
     */
    static EmbeddedBroker start(Path data) {
        var broker = read(data, data.resolve("kahadb"));
        run(broker, data);
        return new EmbeddedBroker(broker);
    }

    /**
     * Reads broker/activemq.xml for a folder; starts nothing.
     *
     * @param journal where its messages are
     * @throws NotStarted if the folder cannot be made, or the file makes no sense
     */
    static BrokerService read(Path data, Path journal) {
        try {
            Disk.createFolders(data);
            System.setProperty("poolkeeper.broker.data", data.toString());
            System.setProperty("poolkeeper.broker.journal", journal.toString());
            return BrokerFactory.createBroker("xbean:file:" + Home.file("broker/activemq.xml"));
        } catch (IOException e) {
            throw new NotStarted("the broker cannot use " + data + ": " + e.getMessage(), e);
        } catch (Exception e) { // BrokerFactory declares no narrower type
            throw new NotStarted("broker/activemq.xml cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Starts a broker that was read.
     *
     * @throws NotStarted if it cannot be started
     */
    static void run(BrokerService broker, Path data) {
        try {
            broker.start();
            if (!broker.waitUntilStarted()) {
                throw new NotStarted(
                        "the broker did not start on " + data + ". HINT: see the log", broker.getStartException());
            }
        } catch (NotStarted e) {
            throw e;
        } catch (Exception e) { // BrokerService declares no narrower type
            throw new NotStarted(
                    "the broker did not start: " + e.getMessage() + ". HINT: is its port or its folder taken?", e);
        }
    }

    /** Stops a broker and waits until it has stopped. */
    static void stop(BrokerService broker) {
        try {
            broker.stop();
            broker.waitUntilStopped();
        } catch (Exception e) { // BrokerService declares no narrower type
            throw new IllegalStateException("the broker did not stop: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stop(broker);
    }
}
