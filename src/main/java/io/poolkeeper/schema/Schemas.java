// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks documents against the JSON schemas in config/schema (draft 2020-12), and says what is wrong in the words of an
 * administrator. Thread-safe; a schema is read once.
 */
public final class Schemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Schemas() {}

    /**
     * One place where a document differs from its schema.
     *
     * @param pointer JSON pointer into the document
     * @param message what is wrong there; never holds the value, which may be a secret in the wrong place
     * @param hint what the schema asks for
     */
    public record Violation(String pointer, String message, String hint) {
        @Override
        public String toString() {
            var key = YamlDocument.dotted(pointer);
            return (key.isEmpty() ? "" : key + " ") + message + (hint.isEmpty() ? "" : " (" + hint + ")");
        }
    }

    /**
     * Checks a tree.
     *
     * @param name the schema's file name without {@code .json}
     * @return all violations, none if the tree is valid
     */
    public static List<Violation> check(String name, JsonNode tree) {
        var schema = SCHEMAS.computeIfAbsent(name, Schemas::load);
        var violations = new ArrayList<Violation>();
        for (var error : schema.validate(tree)) {
            violations.add(explain(schema.getSchemaNode(), error));
        }
        return violations;
    }

    /**
     * Checks a tree that has to be valid.
     *
     * @throws MalformedDocument naming the first few violations
     */
    public static void require(String name, JsonNode tree) {
        var violations = check(name, tree);
        if (!violations.isEmpty()) {
            throw new MalformedDocument("not a valid " + name + ": "
                    + String.join(
                            "; ",
                            violations.stream()
                                    .limit(5)
                                    .map(Violation::toString)
                                    .toList()));
        }
    }

    /** Notes every violation of a YAML document. */
    public static void check(String name, YamlDocument document, Problems problems) {
        check(name, document.root()).forEach(v -> problems.add(v.pointer(), v.message(), v.hint()));
    }

    private static Schema load(String name) {
        try {
            var text = Files.readString(Home.file("config/schema/" + name + ".json"));
            return REGISTRY.getSchema(Json.tree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Violation explain(JsonNode root, Error error) {
        var place = error.getInstanceLocation().toString();
        var node = parent(root, error);
        var hint = node.path("description").asText("");
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                new Violation(
                        place + YamlDocument.step(property(error)), "unknown key", nearest(node, property(error)));
            case "required" -> {
                var key = property(error);
                yield new Violation(
                        place,
                        "lacks the key " + key,
                        node.path("properties").path(key).path("description").asText(""));
            }
            case "enum" ->
                new Violation(
                        place, "is none of the known words", "one of " + String.join(", ", words(node.path("enum"))));
            case "type" ->
                new Violation(place, "must be " + node.path("type").toString().replace("\"", ""), hint);
            case "false", "properties" ->
                new Violation(place, "does not go with the other keys here", "take one of them out");
            case "pattern", "format" -> new Violation(place, "is not written as it must be", hint);
            default -> new Violation(place, withoutPlace(error), hint);
        };
    }

    private static String property(Error error) {
        var property = error.getProperty();
        return property == null ? "" : property;
    }

    private static String withoutPlace(Error error) {
        var message = error.getMessage();
        var colon = message.indexOf(": ");
        return colon < 0 ? message : message.substring(colon + 2);
    }

    /** The schema object whose keyword refused. */
    private static JsonNode parent(JsonNode root, Error error) {
        var location = error.getSchemaLocation().getFragment();
        return location == null ? root : at(root, location.toString());
    }

    private static JsonNode at(JsonNode root, String keyword) {
        var slash = keyword.lastIndexOf('/');
        return slash <= 0 ? root : root.at(JsonPointer.compile(keyword.substring(0, slash)));
    }

    private static List<String> words(JsonNode array) {
        var words = new ArrayList<String>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static String nearest(JsonNode object, String key) {
        var known = new ArrayList<String>();
        object.path("properties").fieldNames().forEachRemaining(known::add);
        var best = Nearest.to(key, known);
        return best == null ? "known here: " + String.join(", ", known) : "did you mean " + best + "?";
    }

    /** Finds the word that was probably meant. */
    static final class Nearest {
        private Nearest() {}

        static @Nullable String to(String word, List<String> known) {
            String best = null;
            var bestDistance = Math.max(2, word.length() / 2) + 1;
            for (var candidate : known) {
                var distance =
                        distance(word.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
            return best;
        }

        /** Levenshtein's distance. */
        private static int distance(String a, String b) {
            var previous = new int[b.length() + 1];
            for (var j = 0; j <= b.length(); j++) {
                previous[j] = j;
            }
            for (var i = 1; i <= a.length(); i++) {
                var row = new int[b.length() + 1];
                row[0] = i;
                for (var j = 1; j <= b.length(); j++) {
                    var change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
                }
                previous = row;
            }
            return previous[b.length()];
        }
    }
}
