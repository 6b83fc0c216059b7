// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.settings.XmlTree.Element;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in an export, as an XPath that people can read, and the lines that are told about it. A value that
 * may be a secret is never told: neither one below a name that sounds like a secret's nor one that looks like a secret.
 *
 * @param text e.g. {@code /Settings/Class[@Name='A']/Property[@Name='b']}
 * @param secret whether a name on the way sounds like that of a secret
 */
record XmlPath(String text, boolean secret) {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "pass(word|wd|phrase)|pwd|secret|credential|private.?key|shared.?key|api.?key|token|connection.?string|community",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(password|passwd|pwd|secret|token)\\s*[=:]|://[^/\\s]*:[^/\\s]*@|-----BEGIN", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_KEY = 80;
    private static final int LONGEST_VALUE = 120;

    /** That of the outermost element. */
    static XmlPath root(Element element) {
        return new XmlPath("/" + element.name(), false);
    }

    /**
     * That of an element within.
     *
     * @param key the name of what tells it apart from its siblings; null for whatever there is
     * @param number its place among siblings without a key, from 1; 0 if it needs none
     */
    XmlPath of(Element element, @Nullable String key, int number) {
        var by = key == null ? XmlDifference.anyKey(element).orElse(null) : key;
        var value = by == null ? null : XmlDifference.key(by, element).orElse(null);
        var step = new StringBuilder(text).append('/').append(element.name());
        if (by != null && value != null) {
            var attribute = element.attributes().keySet().stream().anyMatch(by::equalsIgnoreCase);
            var name = attribute
                    ? "@"
                            + element.attributes().keySet().stream()
                                    .filter(by::equalsIgnoreCase)
                                    .findFirst()
                                    .orElseThrow()
                    : element.children().stream()
                            .map(Element::name)
                            .filter(by::equalsIgnoreCase)
                            .findFirst()
                            .orElse(by);
            step.append('[')
                    .append(name)
                    .append('=')
                    .append(quoted(value, LONGEST_KEY))
                    .append(']');
        }
        if (number > 0) {
            step.append('[').append(number).append(']');
        }
        var names = element.name() + "\n" + (value == null ? "" : value);
        return new XmlPath(step.toString(), secret || SECRET_NAME.matcher(names).find());
    }

    /** That of an attribute. */
    XmlPath attribute(String name) {
        return new XmlPath(
                text + "/@" + name, secret || SECRET_NAME.matcher(name).find());
    }

    /** A value that is another now; null where there is none. */
    String changed(@Nullable String before, @Nullable String now) {
        if (before == null) {
            return text + ": added " + value(now);
        }
        return now == null ? text + ": removed " + value(before) : text + ": " + value(before) + " -> " + value(now);
    }

    /** An element that was not there. */
    String added(Element element) {
        return text + ": added" + held(element);
    }

    /** An element that is no more. */
    String removed(Element element) {
        return text + ": removed" + held(element);
    }

    private String held(Element element) {
        if (element.isLeaf()) {
            return element.text().isEmpty() ? "" : " " + value(element.text());
        }
        var values = values(element);
        return values == 1 ? ", with 1 value" : ", with " + values + " values";
    }

    private static long values(Element element) {
        return element.isLeaf()
                ? 1
                : element.children().stream().mapToLong(XmlPath::values).sum();
    }

    private String value(@Nullable String value) {
        return secret ? "(not shown)" : quoted(String.valueOf(value), LONGEST_VALUE);
    }

    private static String quoted(String value, int most) {
        if (SECRET_VALUE.matcher(value).find()) {
            return "(not shown)";
        }
        var plain = value.replaceAll("\\p{Cntrl}+", " ");
        return "'" + (plain.length() <= most ? plain : plain.substring(0, most - 1) + "…") + "'";
    }
}
