// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.notify.EmailMessage;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Notify;
import io.poolkeeper.site.Site;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the outbox and the endpoints that tell its news: bean {@code channels}. Secrets are fetched when used. */
public final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    /** Queued by the flow; whether it reaches the channel nobody tells. */
    private static final Set<Integer> ACCEPTED = Set.of(200, 202);

    private final Site site;
    private final Outbox outbox;

    Channels(Site site, Outbox outbox) {
        this.site = site;
        this.outbox = outbox;
    }

    /** News that cannot be told. */
    static final class NotTold extends RuntimeException {
        NotTold(String message) {
            super(message);
        }
    }

    /** The body and headers of an e-mail: HTML with a plain alternative. */
    public void email(Exchange exchange) {
        var message = Json.read(news(exchange).message(), EmailMessage.class);
        var in = exchange.getMessage();
        in.removeHeaders("*");
        in.setHeader("Subject", message.subject());
        in.setHeader("CamelMailAlternativeBody", message.text());
        in.setBody(message.html());
    }

    /** The body and address of a card. */
    public void teams(Exchange exchange) {
        var config =
                site.notifications().teams().orElseThrow(() -> new NotTold("notify.teams is not configured any more"));
        var url = checked(config);
        var in = exchange.getMessage();
        in.removeHeaders("*");
        in.setHeader(Exchange.HTTP_URI, url);
        in.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=UTF-8");
        in.setBody(Json.read(news(exchange).message(), JsonNode.class).toString());
    }

    private static String checked(Notify.Teams config) {
        try {
            return TeamsUrl.of(config).text();
        } catch (TeamsUrl.Refused e) {
            throw new NotTold(e.getMessage() + ". HINT: " + TeamsUrl.HINT);
        }
    }

    /** Whether the webhook took it. */
    public void judge(Exchange exchange) {
        var status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status == null || !ACCEPTED.contains(status)) {
            throw new NotTold("the Teams webhook answered " + status + hint(status == null ? 0 : status));
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 400 -> " (it did not like the card)";
            case 401, 403 -> " (its signature is wrong, or a policy forbids it: copy the URL again)";
            case 404, 410 -> " (the flow was deleted or switched off)";
            case 413 -> " (the card is too large)";
            case 429 -> " (too many messages; it is tried again)";
            default -> "";
        };
    }

    /** Keeps news for another try. */
    public void failed(Outbox.News news, Throwable error) {
        var reason = withoutSecrets(error);
        LOG.warn("news {} for {} was not told: {}", news.id(), news.channel(), reason);
        outbox.failed(news, reason);
    }

    /** An exception of the HTTP client may quote the address, which is a secret. */
    private static String withoutSecrets(Throwable error) {
        var root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        var text = root.getClass().getSimpleName() + ": " + root.getMessage();
        return text.replaceAll("https?://\\S+", "(the webhook)").replaceAll("sig=\\S+", "sig=***");
    }

    private static Outbox.News news(Exchange exchange) {
        return Properties.required(exchange, "news", Outbox.News.class);
    }
}
