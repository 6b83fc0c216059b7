// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.YamlDocument;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one object of the site file, notes what is wrong, and remembers each effective value with its
 * origin. It never throws: the schema has its say before, the problems are reported together afterwards.
 */
final class Keys {
    private final JsonNode node;
    private final String pointer;
    private final Reading reading;

    /**
     * What all keys of one reading share.
     *
     * @param base the folder that relative paths start from
     * @param secrets gathers the references to secrets
     * @param effective gathers the values of {@code config show}; null if nobody wants to see them
     */
    record Reading(
            YamlDocument document,
            Path base,
            Problems problems,
            List<String> secrets,
            @Nullable List<EffectiveValue> effective) {}

    Keys(Reading reading) {
        this(reading.document().root(), "", reading);
    }

    private Keys(JsonNode node, String pointer, Reading reading) {
        this.node = node;
        this.pointer = pointer;
        this.reading = reading;
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    Keys at(String key) {
        var child = node.path(key);
        return new Keys(child.isObject() ? child : MissingNode.getInstance(), place(key), reading);
    }

    void problem(String key, String message, String hint) {
        reading.problems().add(key.isEmpty() ? pointer : place(key), message, hint);
    }

    String text(String key, String fallback) {
        var value = node.path(key);
        return note(key, value.isValueNode() && !value.isNull() ? value.asText() : fallback);
    }

    String text(String key) {
        return text(key, "");
    }

    Optional<String> optional(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    int number(String key, int fallback) {
        return note(
                key,
                node.path(key).isInt() || node.path(key).isLong()
                        ? node.path(key).asInt()
                        : fallback);
    }

    /** Whether it says true; false if it says nothing. */
    boolean flag(String key) {
        return note(key, node.path(key).asBoolean(false));
    }

    Set<Integer> numbers(String key, List<Integer> fallback) {
        var numbers = new ArrayList<Integer>();
        node.path(key).forEach(item -> numbers.add(item.asInt()));
        return Set.copyOf(note(key, has(key) ? List.copyOf(numbers) : fallback));
    }

    <T> T word(String key, T fallback, Function<String, T> parse) {
        if (!has(key)) {
            return note(key, fallback);
        }
        try {
            return note(key, parse.apply(node.path(key).asText()));
        } catch (IllegalArgumentException e) {
            return fallback; // the schema lists the words and has complained
        }
    }

    Duration duration(String key, Duration fallback) {
        if (!has(key)) {
            return note(key, fallback);
        }
        try {
            var value = Duration.parse(node.path(key).asText());
            if (value.isNegative() || value.isZero()) {
                problem(key, "must be longer than nothing", "e.g. PT3H for three hours, P7D for seven days");
            }
            return note(key, value);
        } catch (DateTimeParseException e) {
            problem(key, "is not a duration", "write ISO 8601: PT2M, PT3H, P7D");
            return fallback;
        }
    }

    Path path(String key, String fallback) {
        var text = text(key, fallback);
        try {
            return reading.base().resolve(text).normalize();
        } catch (InvalidPathException e) {
            problem(key, "is not a path of this system: " + e.getReason(), "");
            return reading.base();
        }
    }

    Optional<SecretRef> secret(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        var value = node.path(key);
        var reference = value.isObject() ? command(key) : written(key, value.asText());
        reference.ifPresent(ref -> {
            reading.secrets().add(ref.reference());
            tell(key, "********", ref.reference());
        });
        return reference;
    }

    private Optional<SecretRef> written(String key, String text) {
        if (text.startsWith("file:") && text.length() > 5) {
            return Optional.of(new SecretRef.InFile(
                    reading.base().resolve(text.substring(5)).normalize(), text));
        }
        if (text.startsWith("env:") && text.length() > 4) {
            return Optional.of(new SecretRef.InEnvironment(text.substring(4)));
        }
        problem(
                key,
                "must refer to a secret, never hold it",
                "file:<path>, env:<VARIABLE> or {cmd: [program, argument]}");
        return Optional.empty();
    }

    private Optional<SecretRef> command(String key) {
        var words = new ArrayList<String>();
        node.path(key).path("cmd").forEach(word -> words.add(word.asText()));
        if (words.isEmpty()) {
            problem(key, "must refer to a secret", "file:<path>, env:<VARIABLE> or {cmd: [program, argument]}");
            return Optional.empty();
        }
        return Optional.of(new SecretRef.FromCommand(List.copyOf(words)));
    }

    List<String> texts(String key) {
        return texts(key, List.of());
    }

    /** The items of a list; one word alone is a list of one. */
    List<String> texts(String key, List<String> fallback) {
        var texts = new ArrayList<String>();
        var value = node.path(key);
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else if (value.isTextual()) {
            texts.add(value.asText());
        }
        return note(key, texts.isEmpty() ? fallback : List.copyOf(texts));
    }

    Map<String, String> words(String key) {
        var words = new LinkedHashMap<String, String>();
        node.path(key)
                .properties()
                .forEach(entry -> words.put(entry.getKey(), entry.getValue().asText()));
        return note(key, words);
    }

    <T> List<T> list(String key, Function<Keys, T> read) {
        var items = new ArrayList<T>();
        var index = 0;
        for (var item : node.path(key)) {
            items.add(read.apply(new Keys(item, place(key) + "/" + index++, reading)));
        }
        return List.copyOf(items);
    }

    <T> Map<String, T> map(String key, BiFunction<String, Keys, T> read) {
        var map = new LinkedHashMap<String, T>();
        node.path(key)
                .properties()
                .forEach(entry -> map.put(
                        entry.getKey(),
                        read.apply(
                                entry.getKey(),
                                new Keys(entry.getValue(), place(key) + YamlDocument.step(entry.getKey()), reading))));
        return java.util.Collections.unmodifiableMap(map);
    }

    private String place(String key) {
        return pointer + YamlDocument.step(key);
    }

    private String origin(String key) {
        return has(key) ? reading.document().name() + ":" + reading.document().line(place(key)) : "default";
    }

    private <T> T note(String key, T value) {
        tell(key, value, null);
        return value;
    }

    private void tell(String key, Object value, @Nullable String reference) {
        var effective = reading.effective();
        if (effective != null) {
            effective.add(new EffectiveValue(YamlDocument.dotted(place(key)), written(value), origin(key), reference));
        }
    }

    /** As it would be written in a site file. */
    private static String written(Object value) {
        if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Duration duration && duration.equals(Duration.ofDays(duration.toDays()))) {
            return "P" + duration.toDays() + "D";
        }
        return String.valueOf(value);
    }
}
