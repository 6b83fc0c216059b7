// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.run.StageClosed;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Presence;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Between the texts on the broker and our records: bean {@code messages}. Everything that comes in is bounded in size and
 * checked against its schema; everything that goes out is, too, so that a mistake of ours is found at its sender.
 */
public final class Messages {
    /** The longest message, in bytes of UTF-8; the broker's frames take twice as much. */
    public static final int LONGEST = 1 << 20;

    /**
     * Asks for a run (config/schema/trigger.json).
     *
     * @param key null if each message is to start a run of its own
     * @param parts null for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Trigger(
            String plan,
            @Nullable String key,
            @Nullable List<String> parts,
            @Nullable String requestedBy) {}

    /** Stops a run (config/schema/control.json). */
    public record Control(String run, String order) {}

    /** Reads a trigger. */
    public Trigger trigger(@Nullable Object body) {
        return read(body, "trigger", Trigger.class);
    }

    /**
     * What a file in the trigger folder says: one byte more than a message may have at most, so that it is refused then.
     *
     * @throws IOException if it cannot be read
     */
    public String fileText(File file) throws IOException {
        try (var in = Files.newInputStream(file.toPath())) {
            return new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        }
    }

    /** Reads a step. */
    public Step step(@Nullable Object body) {
        return read(body, "step", Step.class);
    }

    /** Reads a claim or a result; the two differ by the key {@code leaseUntil}. */
    public Object claimOrResult(@Nullable Object body) {
        var tree = tree(body);
        return tree.has("leaseUntil") ? checked(tree, "claim", Claim.class) : checked(tree, "result", StepResult.class);
    }

    /** Reads that a stage was closed. */
    public StageClosed stage(@Nullable Object body) {
        return read(body, "stage", StageClosed.class);
    }

    /** Reads a sign of life: how far a step is, or that a worker is there; only the first has the key {@code step}. */
    public Object sign(@Nullable Object body) {
        var tree = tree(body);
        return tree.has("step") ? checked(tree, "progress", Progress.class) : checked(tree, "presence", Presence.class);
    }

    /** Reads an order about a run. */
    public Control control(@Nullable Object body) {
        return read(body, "control", Control.class);
    }

    /** The message that opens the first stage of a run. */
    public String firstStage(String run) {
        return write(new StageClosed(run, -1));
    }

    /** The message that stops a run. */
    public String cancel(String run) {
        return write(new Control(run, "cancel"));
    }

    /** One, several or no thing as a list, to be split. */
    public List<?> list(@Nullable Object things) {
        if (things instanceof Optional<?> one) {
            return one.stream().toList();
        }
        return things instanceof List<?> several ? several : List.of();
    }

    /** Writes any of them. */
    public String write(Object message) {
        var tree = Json.node(message);
        Schemas.require(schema(message), tree);
        var text = Json.line(tree);
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new MessageRefused("a message of " + text.length() + " characters is too long to be sent; at most "
                    + LONGEST + " bytes are");
        }
        return text;
    }

    private static String schema(Object message) {
        return switch (message.getClass().getSimpleName()) {
            case "Trigger" -> "trigger";
            case "Step" -> "step";
            case "Claim" -> "claim";
            case "StepResult" -> "result";
            case "StageClosed" -> "stage";
            case "Progress" -> "progress";
            case "Presence" -> "presence";
            case "Control" -> "control";
            default ->
                throw new IllegalArgumentException(
                        "not a message: " + message.getClass().getSimpleName());
        };
    }

    private static <T> T read(@Nullable Object body, String schema, Class<T> type) {
        return checked(tree(body), schema, type);
    }

    private static <T> T checked(JsonNode tree, String schema, Class<T> type) {
        try {
            Schemas.require(schema, tree);
            return Json.as(tree, type);
        } catch (MalformedDocument e) {
            throw new MessageRefused(String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode tree(@Nullable Object body) {
        try {
            return Json.tree(text(body));
        } catch (MalformedDocument e) {
            throw new MessageRefused(String.valueOf(e.getMessage()), e);
        }
    }

    /** STOMP clients send bytes where they give a length, text where they do not. */
    static String text(@Nullable Object body) {
        var text = body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : body;
        if (!(text instanceof String json)) {
            throw new MessageRefused("the body is neither text nor bytes" + (body == null ? "" : " but " + kind(body)));
        }
        if (json.length() > LONGEST) {
            throw new MessageRefused("the body has " + json.length() + " characters, at most " + LONGEST + " are read");
        }
        return json;
    }

    private static String kind(Object body) {
        return body instanceof TextsAlone.Unread unread
                ? unread.what()
                : body.getClass().getSimpleName();
    }
}
