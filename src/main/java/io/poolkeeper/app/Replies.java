// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.schema.Json;
import jakarta.jms.TemporaryQueue;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsConstants;
import org.jspecify.annotations.Nullable;

/**
 * Answers a trigger where its sender asked for an answer: bean {@code replies}. Only temporary queues are answered: they
 * belong to the sender's own connection, so nobody can make the coordinator write into somebody else's queue.
 */
public final class Replies {
    private static final String REPLY_TO = "JMSReplyTo";
    private static final String CORRELATION = "JMSCorrelationID";

    /** Whether an answer may be sent there; null if none is wanted. */
    public boolean isAllowed(@Nullable Object replyTo) {
        return replyTo instanceof TemporaryQueue;
    }

    /** Makes the answer and addresses it; it carries the correlation id of the question, or else its message id. */
    public void write(Exchange exchange) {
        var accepted = Properties.required(exchange, "accepted", Accepted.class);
        var message = exchange.getMessage();
        message.setHeader(JmsConstants.JMS_DESTINATION, message.removeHeader(REPLY_TO));
        if (message.getHeader(CORRELATION) == null) {
            message.setHeader(CORRELATION, message.getHeader("JMSMessageID"));
        }
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("run", accepted.run())
                .put("answer", accepted.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (accepted instanceof Accepted.Refused refused) {
            answer.put("reason", refused.reason());
        }
        message.setBody(Json.line(answer));
    }
}
