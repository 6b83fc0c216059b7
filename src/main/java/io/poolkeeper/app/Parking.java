// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.notify.News;
import io.poolkeeper.run.DeadLetters;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.run.Runs;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what could not be handled and alerts: bean {@code parking}. */
public final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private static final String STEPS = "poolkeeper.step.";
    private final DeadLetters letters;
    private final Outbox outbox;
    private final News news;
    private final Runs runs;

    Parking(DeadLetters letters, Outbox outbox, News news, Runs runs) {
        this.runs = runs;
        this.letters = letters;
        this.outbox = outbox;
        this.news = news;
    }

    /** Keeps the message of an exchange that failed; its body stays as it came. */
    public void park(Exchange exchange) {
        var error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var queue = queue(exchange);
        var reason = reason(error);
        if (!(error instanceof MessageRefused)) {
            LOG.error("{} met an error that it does not know", queue, error);
        }
        keep(queue, reason, exchange.getMessage().getBody());
        exchange.setProperty("stuckRun", stuckRun(queue, exchange.getMessage().getBody(), reason));
        exchange.setProperty("stuckStep", stuckStep(exchange, reason));
    }

    /** What was thrown, and what was behind it: of the broker's errors the first only says that there was one. */
    public static String reason(@Nullable Throwable error) {
        if (error == null) {
            return "no reason was given";
        }
        if (error instanceof MessageRefused refused) {
            return String.valueOf(refused.getMessage()); // it says all, and no more than that
        }
        var said = error.getMessage() == null ? error.toString() : error.getMessage();
        var deepest = error;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        var behind = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
        return MessageRefused.bounded(said.contains(behind) ? said : said + ": " + behind);
    }

    /** A run whose stage cannot be opened would never end; it is failed, and its open steps end. */
    private @Nullable String stuckRun(String queue, @Nullable Object body, String reason) {
        if (!queue.equals("poolkeeper.stage")) {
            return null;
        }
        try {
            var run = new Messages().stage(body).run();
            runs.fail(run, "its next stage could not be opened: " + reason, ExitCode.INTERNAL);
            return runs.find(run).isPresent() ? run : null;
        } catch (MessageRefused e) {
            return null; // nobody knows which run it is about; its deadline ends it
        }
    }

    /** A step that its worker could not take or answer would stay open until its deadline; its failure is the result. */
    static @Nullable String stuckStep(Exchange exchange, String reason) {
        var queue = queue(exchange);
        if (!queue.startsWith(STEPS)) {
            return null;
        }
        return unanswerable(exchange.getMessage().getBody(), queue.substring(STEPS.length()), reason, Instant.now());
    }

    /** Also of a step that a newer release made, and that says more than this one understands. */
    private static @Nullable String unanswerable(@Nullable Object body, String worker, String reason, Instant now) {
        try {
            var step = Json.tree(readable(body));
            var run = step.path("run").asText();
            var id = step.path("step").asText();
            if (!Step.NAME.matcher(run).matches() || !Step.NAME.matcher(id).matches()) {
                return null; // it is no step, so nobody waits for it
            }
            return new Messages()
                    .write(new StepResult(
                            run,
                            id,
                            step.path("attempt").asInt(),
                            worker,
                            PartId.parse(step.path("part").asText()),
                            Outcome.FAILED,
                            "worker " + worker + " could not handle the step: " + reason,
                            "see the log, and report it; are coordinator and worker of the same release?",
                            false,
                            null,
                            now,
                            now));
        } catch (MalformedDocument | IllegalArgumentException | MessageRefused e) {
            return null; // likewise
        }
    }

    /** Where its message came from. */
    private static String queue(Exchange exchange) {
        var from = exchange.getFromEndpoint();
        var place = from == null ? "an unknown place" : from.getEndpointKey();
        return place.replaceAll("^jms://(queue:)?", "").replaceAll("\\?.*", "");
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
        return body instanceof String || body instanceof TextsAlone.Unread
                ? body.toString()
                : "(" + (body == null ? "no body" : body.getClass().getName()) + ")";
    }
}
