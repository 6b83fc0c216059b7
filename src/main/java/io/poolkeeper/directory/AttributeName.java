// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The name of an attribute as a server spells it, with what is asked of it at each entry. */
final class AttributeName {
    final byte[] spelled;
    final byte[] lower;
    private final String key;
    /** Orders names by their lower-case spelling; the same for two that differ in case alone. */
    private int rank;

    final boolean secret;
    /** Only some of the values: {@code member;range=0-1499}. */
    final boolean slice;

    private AttributeName(byte[] spelled) {
        this.spelled = spelled;
        this.key = new String(spelled, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        this.lower = key.getBytes(StandardCharsets.UTF_8);
        this.secret = SecretAttributes.isSecret(key);
        this.slice = key.contains(";range=");
    }

    /** Its place among the names known so far; more names change it, though never the order. */
    int rank() {
        return rank;
    }

    /**
     * The names that were seen, so that what is known of a name is found by its bytes. Not thread-safe.
     */
    static final class Known {
        private static final int MOST = 1 << 12;
        private static final Comparator<AttributeName> BY_KEY = Comparator.comparing(name -> name.key);

        private final Map<Piece, AttributeName> names = new HashMap<>();
        private final List<AttributeName> ordered = new ArrayList<>();

        /** The name that these bytes spell. */
        AttributeName of(byte[] bytes, int from, int length) {
            var known = names.get(new Piece(bytes, from, length));
            if (known != null) {
                return known;
            }
            var name = new AttributeName(Arrays.copyOfRange(bytes, from, from + length));
            names.put(new Piece(name.spelled, 0, length), name);
            order(name);
            return name;
        }

        private void order(AttributeName name) {
            var place = Collections.binarySearch(ordered, name, BY_KEY);
            ordered.add(place < 0 ? -1 - place : place, name);
            var rank = 0;
            var before = name;
            for (var each : ordered) {
                rank += each.key.equals(before.key) ? 0 : 1;
                each.rank = rank;
                before = each;
            }
        }

        /** Forgets them if they are too many. Never while names of one entry are compared. */
        void limit() {
            if (ordered.size() > MOST) {
                names.clear();
                ordered.clear();
            }
        }

        /** Some bytes of a message that does not change while they are looked up. */
        @SuppressWarnings("ArrayRecordComponent") // compared by what they hold, not by which array they are
        private record Piece(byte[] bytes, int from, int length) {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Piece piece
                        && Arrays.equals(
                                bytes, from, from + length, piece.bytes, piece.from, piece.from + piece.length);
            }

            @Override
            public int hashCode() {
                var hash = length;
                for (var i = from; i < from + length; i++) {
                    hash = 31 * hash + bytes[i];
                }
                return hash;
            }
        }
    }
}
