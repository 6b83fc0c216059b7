// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.stream.Collectors;

/** The one way JSON is written and read here: ISO 8601 times in UTC, durations as text, unknown keys left alone. */
public final class Json {
    /** Thread-safe; never reconfigure it. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    /** One line of JSON. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /** Indented JSON with a final newline, for files that people open. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /**
     * Reads a tree.
     *
     * @throws MalformedDocument if the text is not JSON
     */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedDocument("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws MalformedDocument if the text is not JSON of that shape
     */
    public static <T> T read(String text, Class<T> type) {
        return as(tree(text), type);
    }

    /**
     * Reads a value from a tree.
     *
     * @throws MalformedDocument if the tree has another shape
     */
    public static <T> T as(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw new MalformedDocument("not a " + type.getSimpleName() + ": " + place(e) + reason(e), e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MalformedDocument("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static String place(JsonMappingException error) {
        return error.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining(".", "", " "));
    }

    /** What one of our own records says against a value; Jackson's words are about classes, and repeat the value. */
    private static String reason(JsonMappingException error) {
        return error.getCause() instanceof IllegalArgumentException refused
                ? String.valueOf(refused.getMessage())
                : "is not written as it must be";
    }

    /** The tree of a value. */
    public static JsonNode node(Object value) {
        return MAPPER.valueToTree(value);
    }
}
