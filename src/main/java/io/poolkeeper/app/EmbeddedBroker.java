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
        try {
            Disk.createFolders(data);
            System.setProperty("poolkeeper.broker.data", data.toString());
            var broker = BrokerFactory.createBroker("xbean:file:" + Home.file("broker/activemq.xml"));
            broker.start();
            if (!broker.waitUntilStarted()) {
                throw new NotStarted(
                        "the broker did not start on " + data + ". HINT: see the log", broker.getStartException());
            }
            return new EmbeddedBroker(broker);
        } catch (IOException e) {
            throw new NotStarted("the broker cannot use " + data + ": " + e.getMessage(), e);
        } catch (NotStarted e) {
            throw e;
        } catch (Exception e) { // BrokerFactory and BrokerService declare no narrower type
            throw new NotStarted("the broker did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            broker.stop();
            broker.waitUntilStopped();
        } catch (Exception e) { // BrokerService declares no narrower type
            throw new IllegalStateException("the broker did not stop: " + e.getMessage(), e);
        }
    }
}
