// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an access list (MS-DTYP 2.4.4).
 *
 * @param flags how it is inherited
 * @param mask rights
 * @param object what alone it is about, in a directory; null elsewhere
 * @param inherited what alone inherits it, in a directory; null elsewhere
 */
record Ace(
        Type type,
        int flags,
        int mask,
        @Nullable UUID object,
        @Nullable UUID inherited,
        Sid sid) {
    /** Those that are in access lists of files; conditions and audits are not among them. */
    enum Type {
        ALLOW(0, "A"),
        DENY(1, "D"),
        ALLOW_OBJECT(5, "OA"),
        DENY_OBJECT(6, "OD");

        private final int code;
        private final String word;

        Type(int code, String word) {
            this.code = code;
            this.word = word;
        }

        boolean isOfObject() {
            return this == ALLOW_OBJECT || this == DENY_OBJECT;
        }
    }

    private static final Map<String, Integer> FLAGS = new LinkedHashMap<>();
    private static final int HAS_OBJECT = 1;
    private static final int HAS_INHERITED = 2;
    private static final String GUID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?";
    private static final Pattern TEXT = Pattern.compile(
            "([A-Z]{1,2});((?:[A-Z]{2})*+);0x([0-9a-f]{1,8});" + GUID + ";" + GUID + ";(S-[0-9A-Fa-fx-]+)");

    static {
        FLAGS.put("OI", 1);
        FLAGS.put("CI", 2);
        FLAGS.put("NP", 4);
        FLAGS.put("IO", 8);
        FLAGS.put("ID", 16);
    }

    /** Reads one at a buffer's position, and moves behind it; its order is little-endian. */
    static Ace read(ByteBuffer in) throws SecurityDescriptor.NotUnderstood {
        var start = in.position();
        var type = type(Byte.toUnsignedInt(in.get()));
        var flags = Byte.toUnsignedInt(in.get());
        words(flags);
        var end = start + Short.toUnsignedInt(in.getShort());
        var mask = in.getInt();
        var has = type.isOfObject() ? in.getInt() : 0;
        var object = (has & HAS_OBJECT) != 0 ? guid(in) : null;
        var inherited = (has & HAS_INHERITED) != 0 ? guid(in) : null;
        var ace = new Ace(type, flags, mask, object, inherited, Sid.read(in));
        if (end < in.position()) {
            throw new SecurityDescriptor.NotUnderstood("an entry that is larger than it says");
        }
        in.position(end);
        return ace;
    }

    private static Type type(int code) throws SecurityDescriptor.NotUnderstood {
        for (var type : Type.values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new SecurityDescriptor.NotUnderstood("an entry of type 0x%02X in its access list".formatted(code));
    }

    private static UUID guid(ByteBuffer in) {
        var first = Integer.toUnsignedLong(in.getInt()) << 32;
        var second = Short.toUnsignedLong(in.getShort()) << 16;
        var third = Short.toUnsignedLong(in.getShort());
        return new UUID(first | second | third, Long.reverseBytes(in.getLong()));
    }

    /** Reads what stands between the brackets of {@code (A;OICI;0x1f01ff;;;S-1-5-32-544)}. */
    static Ace parse(String text) throws SecurityDescriptor.NotUnderstood {
        var found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new SecurityDescriptor.NotUnderstood("an entry that is none: " + text);
        }
        return new Ace(
                type(found.group(1)),
                flags(found.group(2)),
                Integer.parseUnsignedInt(found.group(3), 16),
                found.group(4) == null ? null : UUID.fromString(found.group(4)),
                found.group(5) == null ? null : UUID.fromString(found.group(5)),
                Sid.parse(found.group(6)));
    }

    private static Type type(String word) throws SecurityDescriptor.NotUnderstood {
        for (var type : Type.values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new SecurityDescriptor.NotUnderstood("an entry of type " + word);
    }

    private static int flags(String words) throws SecurityDescriptor.NotUnderstood {
        var flags = 0;
        for (var at = 0; at < words.length(); at += 2) {
            var flag = FLAGS.get(words.substring(at, at + 2));
            if (flag == null) {
                throw new SecurityDescriptor.NotUnderstood("an entry with the flags " + words);
            }
            flags |= flag;
        }
        return flags;
    }

    private static String words(int flags) throws SecurityDescriptor.NotUnderstood {
        var words = new StringBuilder();
        var left = flags;
        for (var flag : FLAGS.entrySet()) {
            if ((left & flag.getValue()) != 0) {
                words.append(flag.getKey());
                left &= ~flag.getValue();
            }
        }
        if (left != 0) {
            throw new SecurityDescriptor.NotUnderstood("an entry with the flags 0x%02X".formatted(flags));
        }
        return words.toString();
    }

    @Override
    public String toString() {
        try {
            return "%s;%s;0x%x;%s;%s;%s"
                    .formatted(
                            type.word,
                            words(flags),
                            mask,
                            object == null ? "" : object,
                            inherited == null ? "" : inherited,
                            sid);
        } catch (SecurityDescriptor.NotUnderstood e) {
            throw new IllegalStateException(e);
        }
    }
}
