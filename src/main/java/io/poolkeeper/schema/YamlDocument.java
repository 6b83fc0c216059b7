// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as a JSON tree that still knows its lines.
 *
 * <p>Plain words mean what YAML 1.2 says: only {@code true}, {@code false}, {@code null} and decimal numbers are more
 * than text, so {@code yes}, {@code on}, {@code 0755}, {@code 1_000} and {@code 22:30} stay as they were written.
 * Duplicate keys are problems, each with the line of the second.
 */
public final class YamlDocument {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,39})");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,39})\\.[0-9]{1,40}([eE][-+]?[0-9]{1,3})?");

    /** An alias may stand for itself, and few of them for more than any memory holds; no site file is nested so deeply. */
    private static final int DEEPEST = 50;

    private static final int MOST_NODES = 200_000;
    private static final int LONGEST = 1 << 20;
    private static final JsonNodeFactory TREE = JsonNodeFactory.instance;

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> duplicates = new ArrayList<>();
    private final JsonNode root;
    private int nodes;

    private YamlDocument(String name, @Nullable Node node) {
        this.name = name;
        this.root = node == null ? TREE.objectNode() : convert(node, "", 0);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read, is not UTF-8 or not YAML
     */
    public static YamlDocument read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw tooLong(file.toString());
            }
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw failure(file.toString(), 0, "there is no such file", "name the site file with -c");
        } catch (MalformedInputException e) {
            throw failure(file.toString(), 0, "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw failure(file.toString(), 0, "cannot be read: " + e, "check its permissions");
        }
    }

    /**
     * Reads text.
     *
     * @param name what to call it in problems
     * @throws ConfigurationException if it is not YAML
     */
    public static YamlDocument parse(String name, String text) {
        if (text.length() > LONGEST) {
            throw tooLong(name);
        }
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(true); // found below, all of them, with their lines
        options.setMaxAliasesForCollections(50);
        try {
            return new YamlDocument(name, new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw failure(
                    name,
                    mark == null ? 0 : mark.getLine() + 1,
                    "is not YAML: " + e.getProblem(),
                    "check indentation and quotes");
        } catch (YAMLException e) {
            throw failure(name, 0, "is not YAML: " + e.getMessage(), "check indentation and quotes");
        }
    }

    /** Keys that are given twice; the first of them is in the tree. */
    List<Problem> duplicates() {
        return duplicates;
    }

    /** The tree. */
    public JsonNode root() {
        return root;
    }

    /** What to call the document in problems. */
    public String name() {
        return name;
    }

    /** The line of a JSON pointer, counted from 1; that of its nearest parent if it is not there itself. */
    public int line(String pointer) {
        var at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 0);
    }

    /** {@code /shares/meeting/path} as {@code shares.meeting.path}; {@code /pools/0/name} as {@code pools[0].name}. */
    public static String dotted(String pointer) {
        var key = new StringBuilder();
        for (var step : pointer.split("/", -1)) {
            if (step.isEmpty()) {
                continue;
            }
            if (WHOLE.matcher(step).matches()) {
                key.append('[').append(step).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".")
                        .append(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return key.toString();
    }

    /** One step of a JSON pointer (RFC 6901). */
    public static String step(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private JsonNode convert(Node node, String pointer, int depth) {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw failure(
                    name,
                    node.getStartMark().getLine() + 1,
                    depth > DEEPEST
                            ? "is nested deeper than " + DEEPEST + " levels"
                            : "has more than " + MOST_NODES + " values",
                    "does an alias (*name) lead to itself, or to others that do the same?");
        }
        lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            var array = TREE.arrayNode();
            var index = 0;
            for (var item : sequence.getValue()) {
                array.add(convert(item, pointer + "/" + index++, depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private JsonNode object(MappingNode mapping, String pointer, int depth) {
        var object = TREE.objectNode();
        for (var entry : mapping.getValue()) {
            var line = entry.getKeyNode().getStartMark().getLine() + 1;
            if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
                throw failure(name, line, "a key must be a word", "quote it");
            }
            var key = keyNode.getValue();
            var place = pointer + step(key);
            if (object.has(key)) {
                duplicates.add(new Problem(
                        name, line, dotted(place), "is given twice, first in line " + line(place), "keep one of them"));
            } else {
                lines.put(place, line);
                object.set(key, convert(entry.getValueNode(), place, depth + 1));
            }
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) {
        var text = node.getValue();
        if (!node.isPlain() || Tag.BINARY.equals(node.getTag())) {
            return TREE.textNode(text);
        }
        return switch (text) {
            case "true" -> TREE.booleanNode(true);
            case "false" -> TREE.booleanNode(false);
            case "null", "~", "" -> TREE.nullNode();
            default -> number(text);
        };
    }

    private static JsonNode number(String text) {
        if (WHOLE.matcher(text).matches()) {
            var value = new BigInteger(text);
            return value.bitLength() < 64 ? TREE.numberNode(value.longValue()) : TREE.numberNode(value);
        }
        return DECIMAL.matcher(text).matches() ? TREE.numberNode(new BigDecimal(text)) : TREE.textNode(text);
    }

    private static ConfigurationException tooLong(String name) {
        return failure(name, 0, "is longer than " + LONGEST + " bytes", "is it the right file?");
    }

    private static ConfigurationException failure(String name, int line, String message, String hint) {
        return new ConfigurationException(List.of(new Problem(name, line, "", message, hint)));
    }
}
