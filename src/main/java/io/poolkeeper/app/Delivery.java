// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import jakarta.jms.JMSException;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsMessage;

/**
 * Ends the first of a step's two short transactions: bean {@code delivery}. What was received and sent so far is committed;
 * the work that follows runs with no transaction open, and what is sent after it belongs to the second one, which the
 * consumer commits when the route ends.
 */
public final class Delivery {
    private static final String SESSION = "poolkeeperSession";

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
     * @throws JMSException if the broker refuses: then the message comes again, and nothing was done yet
     */
    public void commit(Exchange exchange) throws JMSException {
        var session = exchange.getProperty(SESSION, jakarta.jms.Session.class);
        if (session == null || !session.getTransacted()) {
            throw new IllegalStateException("the step was not received in a transaction");
        }
        session.commit();
    }
}
