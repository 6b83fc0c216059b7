// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code files.jsonl.gz} (config/schema/file.json): what stood at a path, and where its bytes lie.
 *
 * @param path within the share, see {@link SharePath}
 * @param content where the bytes of a file lie; null for all but files
 */
record FileLine(String path, Facts facts, @Nullable Content content, Extras extras) {
    /** A line of which no more is known. */
    FileLine(String path, Facts facts, @Nullable Content content) {
        this(path, facts, content, Extras.NONE);
    }

    /**
     * Where the bytes of a file lie.
     *
     * @param sha256 of all its bytes, 64 lower-case hexadecimal digits
     * @param set the set whose segments hold it
     * @param entry its name in the first segment; see {@link #entry(int)} for the others
     * @param segments names of the ZIP files, in order; more than one only if the file is larger than a segment
     */
    record Content(String sha256, String set, String entry, List<String> segments) {
        /** The name of a piece's entry: {@code film.wmv}, then {@code film.wmv.002} and so on. */
        String entry(int piece) {
            return pieceName(entry, piece);
        }

        static String pieceName(String entry, int piece) {
            return piece == 0 ? entry : "%s.%03d".formatted(entry, piece + 1);
        }
    }

    /** A line without content: a folder, a link, something unreadable. */
    static FileLine of(Node node) {
        return new FileLine(node.path(), node.facts(), null);
    }

    /** Where its bytes lie; for a file. */
    Content held() {
        if (content == null) {
            throw new IllegalStateException("not a file: " + path);
        }
        return content;
    }

    boolean is(NodeType type) {
        return facts.is(type);
    }
}
