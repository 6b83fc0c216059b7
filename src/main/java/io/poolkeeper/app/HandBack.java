// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import org.apache.activemq.command.ActiveMQQueue;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker of its own does with a message that it cannot handle: bean {@code parking} there. It may write into the queue
 * of results alone, so it hands the message to the coordinator, which parks it and alerts; if it was a step, its failure goes
 * with it.
 */
public final class HandBack {
    private static final Logger LOG = LoggerFactory.getLogger(HandBack.class);

    /** Turns the message to the coordinator. */
    public void park(Exchange exchange) {
        var error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.error("a message could not be handled", error);
        exchange.setProperty("stuckStep", Parking.stuckStep(exchange, Parking.reason(error)));
        exchange.getMessage().setHeader(JmsConstants.JMS_DESTINATION, new ActiveMQQueue("poolkeeper.result"));
    }
}
