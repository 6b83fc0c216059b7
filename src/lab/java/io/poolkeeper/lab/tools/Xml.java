// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

/** Writes XML, indented, with the line ends of Windows. */
final class Xml {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    Xml(String encoding) {
        text.append("<?xml version=\"1.0\" encoding=\"").append(encoding).append("\"?>\r\n");
    }

    Xml comment(String comment) {
        return line("<!-- " + comment.replace("--", "- -") + " -->");
    }

    /** Begins an element; names and values of attributes alternate. */
    Xml begin(String name, String... attributes) {
        line("<" + name + written(attributes) + ">");
        depth++;
        return this;
    }

    Xml end(String name) {
        depth--;
        return line("</" + name + ">");
    }

    /** An element with text. */
    Xml text(String name, String content, String... attributes) {
        return line("<" + name + written(attributes) + ">" + escaped(content) + "</" + name + ">");
    }

    /** An element without content. */
    Xml empty(String name, String... attributes) {
        return line("<" + name + written(attributes) + "/>");
    }

    private Xml line(String line) {
        text.append("  ".repeat(depth)).append(line).append("\r\n");
        return this;
    }

    private static String written(String... attributes) {
        var written = new StringBuilder();
        for (var i = 0; i < attributes.length; i += 2) {
            written.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return written.toString();
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;")
                .replace("\n", "&#10;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
