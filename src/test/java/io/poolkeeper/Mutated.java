// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What becomes of valid input when somebody or something spoils it: bits flip, pieces are cut out, come twice, come many times
 * or become something else. Random bytes alone would be refused at the first one and reach nothing behind it.
 */
public final class Mutated {
    private static final int LONGEST = 1 << 20;

    /** One spoiling; numbers are taken modulo what is there. */
    private record Change(How how, int at, int length, byte value) {
        private enum How {
            FLIP,
            CUT,
            TWICE,
            REPEAT,
            FILL,
            END,
            INSERT
        }

        byte[] of(byte[] bytes) {
            if (bytes.length == 0) {
                return new byte[] {value};
            }
            var from = Math.floorMod(at, bytes.length);
            var to = Math.min(bytes.length, from + 1 + length % 64);
            return switch (how) {
                case FLIP -> {
                    var changed = bytes.clone();
                    changed[from] ^= (byte) (1 << (value & 7));
                    yield changed;
                }
                case CUT -> joined(Arrays.copyOf(bytes, from), new byte[0], bytes, to);
                case TWICE -> joined(Arrays.copyOf(bytes, to), new byte[0], bytes, from);
                case REPEAT -> joined(Arrays.copyOf(bytes, from), repeated(bytes, from, to), bytes, from);
                case FILL -> {
                    var changed = bytes.clone();
                    Arrays.fill(changed, from, to, value);
                    yield changed;
                }
                case END -> Arrays.copyOf(bytes, from);
                case INSERT -> joined(Arrays.copyOf(bytes, from), new byte[] {value}, bytes, from);
            };
        }

        private byte[] repeated(byte[] bytes, int from, int to) {
            var piece = Arrays.copyOfRange(bytes, from, to);
            var times = Math.min(1 + length, (LONGEST / piece.length) / 4);
            var all = new byte[piece.length * times];
            for (var i = 0; i < times; i++) {
                System.arraycopy(piece, 0, all, i * piece.length, piece.length);
            }
            return all;
        }

        private static byte[] joined(byte[] head, byte[] middle, byte[] bytes, int tailFrom) {
            var tail = Arrays.copyOfRange(bytes, tailFrom, bytes.length);
            var all = Arrays.copyOf(head, head.length + middle.length + tail.length);
            System.arraycopy(middle, 0, all, head.length, middle.length);
            System.arraycopy(tail, 0, all, head.length + middle.length, tail.length);
            return all;
        }
    }

    private Mutated() {}

    /** One to four changes of valid bytes, or seldom bytes that were never valid. */
    public static Arbitrary<byte[]> of(byte[] valid) {
        var change = Combinators.combine(
                        Arbitraries.of(Change.How.class),
                        Arbitraries.integers().between(0, Math.max(1, valid.length * 2)),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(9, Arbitraries.integers().between(0, 200)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(200, 20_000))),
                        Arbitraries.bytes())
                .as(Change::new);
        var changed = change.list().ofMinSize(1).ofMaxSize(4).map(changes -> apply(valid, changes));
        var random = Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(19, changed), net.jqwik.api.Tuple.of(1, random));
    }

    private static byte[] apply(byte[] valid, List<Change> changes) {
        var bytes = valid;
        for (var change : changes) {
            bytes = change.of(bytes);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    /** The same of text, as UTF-8; what is no text any more becomes the replacement character. */
    public static Arbitrary<String> of(String valid) {
        return of(valid.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    }
}
