// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import jakarta.jms.JMSException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;
import org.springframework.jms.JmsException;
import org.springframework.jms.ResourceAllocationException;
import org.springframework.jms.TransactionRolledBackException;
import org.springframework.jms.UncategorizedJmsException;
import org.springframework.jms.support.JmsUtils;

/**
 * Ends the first of a step's two short transactions: bean {@code delivery}. What was received and sent so far is committed;
 * the work that follows runs with no transaction open, and what is sent after it belongs to the second one, which the
 * consumer commits when the route ends.
 */
public final class Delivery {
    private static final String SESSION = "poolkeeperSession";
    private static final String COMMITTED = "poolkeeperCommitted";

    /** Failures of the broker while sending that may pass; a body that cannot be read is none of them. */
    private static final List<Class<? extends JmsException>> FAILURES = List.of(
            org.springframework.jms.IllegalStateException.class,
            TransactionRolledBackException.class,
            ResourceAllocationException.class,
            UncategorizedJmsException.class);

    /**
     * Whether the message of an exchange will be delivered again, and it was the broker that failed while something was sent.
     * Nothing more can be done in the transaction then. What the broker forbids it would forbid again; that is no such failure.
     */
    public boolean isRepeated(Exchange exchange) {
        var from = exchange.getFromEndpoint();
        if (from == null || !from.getEndpointKey().startsWith("jms:") || exchange.getProperty(COMMITTED) != null) {
            return false;
        }
        var error = exchange.getException();
        var causes = Stream.iterate(
                        error == null ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class) : error,
                        Objects::nonNull,
                        Throwable::getCause)
                .toList();
        return causes.stream().anyMatch(cause -> FAILURES.stream().anyMatch(kind -> kind.isInstance(cause)))
                && causes.stream().noneMatch(SecurityException.class::isInstance);
    }

    /** Remembers the session in which the message came; the first thing that such a route does. */
    public void hold(Exchange exchange) {
        var message = exchange.getIn(JmsMessage.class);
        var session = message == null ? null : message.getJmsSession();
        if (session == null) {
            throw new IllegalStateException("the message came without a JMS session");
        }
        exchange.setProperty(SESSION, session);
    }

    /**
     * Commits what was received and sent so far.
     *
     * @throws JmsException if the broker refuses: then the message comes again, and nothing was done yet
     */
    public void commit(Exchange exchange) {
        var session = exchange.getProperty(SESSION, jakarta.jms.Session.class);
        try {
            if (session == null || !session.getTransacted()) {
                throw new IllegalStateException("the step was not received in a transaction");
            }
            session.commit();
        } catch (JMSException e) {
            throw JmsUtils.convertJmsAccessException(e);
        }
        exchange.setProperty(COMMITTED, true);
    }
}
