// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.schema.Json;
import jakarta.jms.TemporaryQueue;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsConstants;

/**
 * Answers a trigger where its sender asked for an answer: bean {@code replies}. Only temporary queues are answered: they
 * belong to the sender's own connection, so nobody can make the coordinator write into somebody else's queue.
 */
public final class Replies {
    /** Makes the answer and says whether it may be sent. */
    public void prepare(Exchange exchange) {
        var accepted = Properties.required(exchange, "accepted", Accepted.class);
        var wanted = exchange.getMessage().getHeader("JMSReplyTo");
        exchange.setProperty("replyAllowed", wanted instanceof TemporaryQueue);
        exchange.getMessage().setHeader(JmsConstants.JMS_DESTINATION, wanted);
        exchange.getMessage().removeHeader("JMSReplyTo");
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("run", accepted.run())
                .put("answer", accepted.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        if (accepted instanceof Accepted.Refused refused) {
            answer.put("reason", refused.reason());
        }
        exchange.getMessage().setBody(Json.line(answer));
    }
}
