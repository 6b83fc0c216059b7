// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Broker;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TrustedCertificates;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSslConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.camel.component.jms.JmsComponent;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one process to the broker, whether it runs inside or elsewhere. */
final class BrokerConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);

    /**
     * To a broker elsewhere: it handles what comes on one connection in turn, commits included. With two of them steps and
     * results do not wait for each other.
     */
    private static final int CONNECTIONS = 2;

    private static final Duration SAYING = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ActiveMQConnectionFactory factory;
    private final JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();

    /** As whom a process logs in. */
    private record Login(Optional<String> user, Optional<SecretRef> password) {}

    private BrokerConnections(ActiveMQConnectionFactory factory) {
        this.factory = factory;
        var retry = factory.getRedeliveryPolicy();
        retry.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        retry.setUseExponentialBackOff(true);
        retry.setMaximumRedeliveryDelay(Duration.ofMinutes(1).toMillis());
        factory.setTrustedPackages(List.of("none")); // object messages are refused
        pool.setConnectionFactory(factory);
    }

    /** To the broker in this process. */
    static BrokerConnections embedded() {
        return new BrokerConnections(new ActiveMQConnectionFactory(EmbeddedBroker.URL));
    }

    /**
     * To the site's broker, as the coordinator.
     *
     * @throws NotStarted if its certificates or its password cannot be read
     */
    static BrokerConnections ofCoordinator(Broker broker) {
        return to(broker, new Login(broker.user(), broker.password()));
    }

    /**
     * To the site's broker, as a worker: under its own name if the site file gives it one.
     *
     * @throws NotStarted if its certificates or its password cannot be read
     */
    static BrokerConnections ofWorker(Broker broker, Site.Worker worker) {
        var login = worker.user().isPresent()
                ? new Login(worker.user(), worker.password())
                : new Login(broker.user(), broker.password());
        var connections = to(broker, login);
        connections.factory.setWatchTopicAdvisories(false); // a worker needs no right to read them
        return connections;
    }

    private static BrokerConnections to(Broker broker, Login login) {
        var factory = tls(broker);
        login.user().ifPresent(factory::setUserName);
        login.password().ifPresent(password -> factory.setPassword(password.resolve()));
        var connections = new BrokerConnections(factory);
        connections.pool.setMaxConnections(CONNECTIONS);
        return connections;
    }

    private static ActiveMQConnectionFactory tls(Broker broker) {
        if (broker.trust().isEmpty() && broker.certificate().isEmpty()) {
            return new ActiveMQConnectionFactory(broker.url());
        }
        try {
            var factory = new ActiveMQSslConnectionFactory(broker.url());
            factory.setKeyAndTrustManagers(
                    broker.certificate().isPresent()
                            ? BrokerTls.keys(broker.certificate().get())
                            : null,
                    broker.trust().isPresent()
                            ? TrustedCertificates.in(broker.trust().get())
                            : null,
                    new SecureRandom());
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw new NotStarted(
                    "TLS to the broker cannot be set up: " + e.getMessage()
                            + ". HINT: see broker.trust and broker.certificate in the site file",
                    e);
        }
    }

    /**
     * Asks the broker for a connection, once.
     *
     * @throws BrokerUnreachable if it gives none in half a minute
     */
    void probe() {
        var answer = CompletableFuture.runAsync(this::connect, work -> {
            var thread = new Thread(work, "find-broker");
            thread.setDaemon(true); // a failover URL goes on trying for ever
            thread.start();
        });
        try {
            if (!answeredWithin(SAYING, answer)) {
                LOG.error("the broker {} has not answered yet; trying for {} s", where(), PATIENCE.toSeconds());
            }
            answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BrokerUnreachable("gave no connection within " + PATIENCE.toSeconds() + " s", where(), e);
        } catch (ExecutionException e) {
            throw new BrokerUnreachable("refused: " + reason(e), where(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachable("was not waited for", where(), e);
        }
    }

    private static boolean answeredWithin(Duration time, CompletableFuture<Void> answer)
            throws ExecutionException, InterruptedException {
        try {
            answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void connect() {
        try (var connection = factory.createConnection()) {
            connection.start();
        } catch (JMSException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The deepest reason says most: of TLS the first only says that a socket was closed. */
    private static String reason(Throwable error) {
        var deepest = error;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }

    private String where() {
        return factory.getBrokerURL();
    }

    /** The component that routes name {@code jms}. */
    JmsComponent component() {
        var component = JmsComponent.jmsComponent(pool);
        component.setDestinationResolver(new Destinations());
        component.setHeaderFilterStrategy(new HeaderAllowList());
        component.setMessageConverter(new TextsAlone());
        return component;
    }

    @Override
    public void close() {
        pool.stop();
    }
}
