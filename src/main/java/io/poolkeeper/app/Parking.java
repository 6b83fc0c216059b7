// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.notify.News;
import io.poolkeeper.run.DeadLetters;
import io.poolkeeper.run.Outbox;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what could not be handled and alerts: bean {@code parking}. */
public final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private final DeadLetters letters;
    private final Outbox outbox;
    private final News news;

    Parking(DeadLetters letters, Outbox outbox, News news) {
        this.letters = letters;
        this.outbox = outbox;
        this.news = news;
    }

    /** Keeps the message of an exchange that failed; its body stays as it came. */
    public void park(Exchange exchange) {
        var error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var queue = String.valueOf(source(exchange))
                .replaceAll("^jms://(queue:)?", "")
                .replaceAll("\\?.*", "");
        keep(
                queue,
                String.valueOf(error == null ? "no reason was given" : error.getMessage()),
                exchange.getMessage().getBody());
    }

    private static String source(Exchange exchange) {
        var from = exchange.getFromEndpoint();
        return from == null ? "an unknown place" : from.getEndpointKey();
    }

    /** Keeps any message. */
    public void keep(String queue, String reason, @Nullable Object body) {
        LOG.error("a message on {} could not be handled: {}", queue, reason);
        letters.keep(queue, reason, readable(body));
        news.ofDeadLetter(queue, reason).forEach((channel, message) -> outbox.add(null, channel, message));
    }

    private static String readable(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
        return body instanceof String text
                ? text
                : "(" + (body == null ? "no body" : body.getClass().getName()) + ")";
    }
}
