// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.step.Step;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a list, and refuses what could leave a sandbox, a set or a vault. Written out by hand, because a share
 * has a million of them. Not thread-safe.
 */
final class FileLineParser {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SEGMENT = Pattern.compile("[a-z]{1,20}-[0-9]{4,8}\\.zip");
    private static final Pattern MODE = Pattern.compile("([r-][w-][x-]){3}");
    private static final Pattern ATTRIBUTES = Pattern.compile("R?H?S?");

    /** Of {@link SecurityDescriptor}; nothing that could end a line of a file made from it. */
    private static final Pattern SDDL = Pattern.compile("[A-Za-z0-9:;()_-]*");

    private final JsonParser json;
    private String path = "";
    private String type = "";
    private long size = -1;
    private @Nullable Instant modified;
    private @Nullable Instant created;
    private @Nullable String attributes;
    private @Nullable String mode;
    private @Nullable String target;
    private @Nullable Instant changed;
    private @Nullable String sddl;
    private long streams;
    private long links;
    private boolean sparse;
    private @Nullable String problem;
    private String sha256 = "";
    private String set = "";
    private String entry = "";
    private final List<String> segments = new ArrayList<>(1);

    /** Reads from where the parser stands: at the start of an object. */
    FileLineParser(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads to the end of the object.
     *
     * @throws IOException if it cannot be read
     * @throws MalformedDocument saying what is wrong with the line
     */
    FileLine parse() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedDocument("is not a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var key = json.currentName();
            json.nextToken();
            read(key);
        }
        var wrong = SharePath.problem(path);
        if (wrong != null) {
            throw new MalformedDocument("has a path that " + wrong);
        }
        return line();
    }

    private void read(String key) throws IOException {
        switch (key) {
            case "path" -> path = text();
            case "type" -> type = text();
            case "size" -> size = number();
            case "modified" -> modified = instant();
            case "created" -> created = instant();
            case "attributes" -> attributes = matching(ATTRIBUTES, text());
            case "mode" -> mode = matching(MODE, text());
            case "target" -> target = text();
            case "problem" -> problem = text();
            case "changed" -> changed = instant();
            case "sddl" -> sddl = matching(SDDL, text());
            case "streams" -> streams = number();
            case "links" -> links = number();
            case "sparse" -> sparse = json.getBooleanValue();
            case "sha256" -> sha256 = text();
            case "set" -> set = text();
            case "segment" -> segments.add(0, matching(SEGMENT, text()));
            case "entry" -> entry = text();
            case "more" -> more();
            default -> json.skipChildren();
        }
    }

    private FileLine line() {
        return switch (type) {
            case "file" -> new FileLine(path, facts(NodeType.FILE, size), content(), extras());
            case "folder" -> new FileLine(path, facts(NodeType.FOLDER, 0), null, extras());
            case "link" -> link();
            case "unreadable" ->
                new FileLine(path, Facts.unreadable(problem == null ? "nobody knows why" : problem), null);
            default -> throw new MalformedDocument("has no type that is known");
        };
    }

    private FileLine link() {
        if (target == null || target.indexOf('\0') >= 0) {
            throw new MalformedDocument("is a link that leads nowhere");
        }
        return new FileLine(path, facts(NodeType.LINK, 0), null);
    }

    private Facts facts(NodeType known, long bytes) {
        if (modified == null || bytes < 0) {
            throw new MalformedDocument("lacks its size or time");
        }
        return new Facts(known, bytes, modified, created, attributes, mode, target, null, changed);
    }

    private Extras extras() {
        return sddl == null && streams == 0 && links == 0 && !sparse
                ? Extras.NONE
                : new Extras(sddl, null, Math.toIntExact(Math.min(streams, Integer.MAX_VALUE)), links, sparse);
    }

    private FileLine.Content content() {
        if (segments.isEmpty() || !Step.NAME.matcher(set).matches() || SharePath.problem(entry) != null) {
            throw new MalformedDocument("does not say where its bytes lie");
        }
        return new FileLine.Content(matching(SHA256, sha256), set, entry, List.copyOf(segments));
    }

    private void more() throws IOException {
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            segments.add(matching(SEGMENT, json.getText()));
        }
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new MalformedDocument("has a value that is not " + pattern);
        }
        return text;
    }

    private String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new MalformedDocument("has a value that is no text: " + json.currentName());
        }
        return json.getText();
    }

    private long number() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new MalformedDocument("has a value that is no number: " + json.currentName());
        }
        return json.getLongValue();
    }

    private Instant instant() throws IOException {
        try {
            return TimeText.parse(text());
        } catch (DateTimeException e) {
            throw new MalformedDocument("has a time that is none: " + json.currentName(), e);
        }
    }
}
