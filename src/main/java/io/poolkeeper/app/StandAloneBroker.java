// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Broker;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.LockableServiceSupport;
import org.apache.activemq.broker.SslContext;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;

/**
 * The broker as a process of its own: broker/activemq.xml as it is inside the coordinator, with the ports, users and rights
 * that the site file names.
 */
public final class StandAloneBroker implements AutoCloseable {
    /** Twice the longest message. */
    private static final int LONGEST_FRAME = 2 << 20;

    private static final int MOST_CONNECTIONS = 200;

    /** How often a broker that shares its store looks whether it still has it. */
    private static final Duration STILL_MINE = Duration.ofSeconds(2);

    private final BrokerService broker;

    private final List<String> addresses;

    private StandAloneBroker(BrokerService broker, List<String> addresses) {
        this.broker = broker;
        this.addresses = addresses;
    }

    /**
     * Starts it. If another broker has the store that both share, this waits, without listening, until that one ends.
     *
     * @param waiting told the store that is waited for
     * @throws NotStarted if the site file does not say how, or it cannot be started so
     */
    public static StandAloneBroker start(Site site, Consumer<Path> waiting) {
        var client = site.broker().orElseThrow(() -> notServed(site));
        var serve = client.serve().orElseThrow(() -> notServed(site));
        var folder = folder(serve.dir());
        LogFile.in(folder.resolve("log"));
        var broker = EmbeddedBroker.read(folder, serve.store().orElse(folder.resolve("kahadb")));
        try {
            if (serve.store().isPresent()) {
                share(broker, folder(serve.store().get()), waiting);
            }
            var rights = new Rights(site, client, serve);
            broker.setPlugins(new BrokerPlugin[] {rights.users(), rights.rights()});
            broker.setPopulateJMSXUserID(true);
            broker.setDestinations(withStepQueues(broker, site));
            if (serve.certificate().isPresent()) {
                broker.setSslContext(tls(serve));
            }
            for (var address : serve.listen()) {
                listen(broker, connector(address, serve.clientAuthority().isPresent()));
            }
            EmbeddedBroker.run(broker, folder);
            return new StandAloneBroker(broker, serve.listen());
        } catch (IOException | GeneralSecurityException e) {
            throw new NotStarted("the broker cannot be served: " + e.getMessage() + ". HINT: see broker.serve", e);
        } catch (NotStarted e) {
            throw e;
        } catch (Exception e) { // BrokerService declares no narrower type
            throw new NotStarted("the broker did not start: " + e.getMessage(), e);
        }
    }

    private static NotStarted notServed(Site site) {
        return new NotStarted(site.file().getFileName()
                + " does not say how the broker is served. HINT: add broker.serve.listen, see the page on the broker");
    }

    private static Path folder(Path dir) {
        try {
            return Disk.createFolders(dir);
        } catch (IOException e) {
            throw new NotStarted("the broker cannot use " + dir + ": " + e.getMessage(), e);
        }
    }

    private static void share(BrokerService broker, Path store, Consumer<Path> waiting) throws IOException {
        var journal = (LockableServiceSupport) broker.getPersistenceAdapter();
        journal.setLocker(new StoreTurn(() -> waiting.accept(store)));
        journal.setLockKeepAlivePeriod(STILL_MINE.toMillis());
    }

    /** Not by its address alone: that opens the port at once, before the store is ours, and clients would wait there. */
    private static void listen(BrokerService broker, String address) throws Exception {
        var connector = new TransportConnector();
        connector.setUri(URI.create(address));
        broker.addConnector(connector);
    }

    private static ActiveMQDestination[] withStepQueues(BrokerService broker, Site site) {
        var all = new ArrayList<>(List.of(broker.getDestinations()));
        site.workers().keySet().forEach(worker -> all.add(new ActiveMQQueue("poolkeeper.step." + worker)));
        return all.toArray(ActiveMQDestination[]::new);
    }

    private static SslContext tls(Broker.Serve serve) throws IOException, GeneralSecurityException {
        var keys = BrokerTls.keys(serve.certificate().orElseThrow());
        var authorities = serve.clientAuthority().isPresent()
                ? TrustedCertificates.in(serve.clientAuthority().get())
                : null;
        return new SslContext(keys, authorities, new SecureRandom());
    }

    private static String connector(String address, boolean certificates) {
        var scheme = URI.create(address).getScheme();
        var options = new ArrayList<String>();
        options.add("maximumConnections=" + MOST_CONNECTIONS);
        options.add("wireFormat.maxFrameSize=" + LONGEST_FRAME);
        if (scheme.startsWith("amqp")) {
            options.add("transport.transformer=jms"); // else a text arrives as bytes, and nobody knows where to answer
        }
        if (certificates && scheme.endsWith("ssl")) {
            options.add("transport.needClientAuth=true");
        }
        return address + "?" + String.join("&", options);
    }

    /** Where it listens, as the site file says it. */
    public List<String> addresses() {
        return addresses;
    }

    /** Waits until it has stopped: because it was closed, or because it lost its store. */
    public void awaitEnd() {
        broker.waitUntilStopped();
    }

    @Override
    public void close() {
        EmbeddedBroker.stop(broker);
    }
}
