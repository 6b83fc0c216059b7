// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Owner, group and access list of a file or folder (MS-DTYP 2.4.6), and the same as text (SDDL, MS-DTYP 2.5.1). Rights and
 * SIDs are written as numbers, which mean the same everywhere. Two descriptors with the same text are equal.
 *
 * @param owner null if it was not told
 * @param group null if it was not told
 * @param control whether the access list is protected from what would be inherited, and how it came to be
 * @param access null if there is none, which lets everybody do anything; empty lets nobody
 * @param present whether an access list was told at all
 */
record SecurityDescriptor(
        @Nullable Sid owner,
        @Nullable Sid group,
        int control,
        @Nullable List<Ace> access,
        boolean present) {
    private static final int RELATIVE = 0x8000;
    private static final int PROTECTED = 0x1000;
    private static final int AUTO_INHERITED = 0x0400;
    private static final int AUTO_INHERIT_ASKED = 0x0100;
    private static final int PRESENT = 0x0004;
    private static final int HEAD = 20;
    private static final String NONE = "NO_ACCESS_CONTROL";
    private static final Pattern TEXT =
            // possessive: an access list may have thousands of entries, and to go back in it needs a stack as deep
            Pattern.compile("(?:O:(S-[0-9A-Fa-fx-]+))?(?:G:(S-[0-9A-Fa-fx-]+))?(?:D:(P?)((?:AR)?)((?:AI)?)(" + NONE
                    + "|(?:\\([^()]*+\\))*+))?");

    /** A descriptor that cannot be told in the words of this class. */
    static final class NotUnderstood extends Exception {
        NotUnderstood(String what) {
            super("holds " + what + ", which is not understood");
        }
    }

    /** Reads what a file server sends. */
    static SecurityDescriptor of(byte[] bytes) throws NotUnderstood {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            var revision = in.get(0);
            var flags = Short.toUnsignedInt(in.getShort(2));
            if (revision != 1 || (flags & RELATIVE) == 0) {
                throw new NotUnderstood("a descriptor of revision " + revision);
            }
            var present = (flags & PRESENT) != 0;
            return new SecurityDescriptor(
                    sid(in, in.getInt(4)),
                    sid(in, in.getInt(8)),
                    present ? flags & (PROTECTED | AUTO_INHERITED | AUTO_INHERIT_ASKED) : 0,
                    present ? access(in, in.getInt(16)) : null,
                    present);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new NotUnderstood("a descriptor that is cut off");
        } catch (IllegalArgumentException e) {
            throw new NotUnderstood("a descriptor that points outside itself");
        }
    }

    private static @Nullable Sid sid(ByteBuffer in, int at) throws NotUnderstood {
        return at == 0 ? null : Sid.read(in.position(inside(at)));
    }

    private static @Nullable List<Ace> access(ByteBuffer in, int at) throws NotUnderstood {
        if (at == 0) {
            return null;
        }
        in.position(inside(at) + 4);
        var count = Short.toUnsignedInt(in.getShort());
        in.getShort();
        var entries = new ArrayList<Ace>();
        for (var i = 0; i < count; i++) {
            entries.add(Ace.read(in));
        }
        return List.copyOf(entries);
    }

    private static int inside(int at) throws NotUnderstood {
        if (at < HEAD) {
            throw new NotUnderstood("a descriptor that points into its own head");
        }
        return at;
    }

    /** Reads what {@link #sddl} wrote. */
    static SecurityDescriptor parse(String sddl) throws NotUnderstood {
        var found = TEXT.matcher(sddl);
        if (!found.matches()) {
            throw new NotUnderstood("an SDDL that is none: " + sddl);
        }
        var present = found.group(6) != null;
        var control = present
                ? (found.group(3).isEmpty() ? 0 : PROTECTED)
                        | (found.group(4).isEmpty() ? 0 : AUTO_INHERIT_ASKED)
                        | (found.group(5).isEmpty() ? 0 : AUTO_INHERITED)
                : 0;
        return new SecurityDescriptor(
                found.group(1) == null ? null : Sid.parse(found.group(1)),
                found.group(2) == null ? null : Sid.parse(found.group(2)),
                control,
                present ? entries(found.group(6)) : null,
                present);
    }

    private static @Nullable List<Ace> entries(String text) throws NotUnderstood {
        if (text.equals(NONE)) {
            return null;
        }
        var entries = new ArrayList<Ace>();
        for (var at = 0; at < text.length(); at = text.indexOf(')', at) + 1) {
            entries.add(Ace.parse(text.substring(at + 1, text.indexOf(')', at))));
        }
        return List.copyOf(entries);
    }

    /** All of it. */
    String sddl() {
        return (owner == null ? "" : "O:" + owner) + (group == null ? "" : "G:" + group) + accessSddl();
    }

    /** The access list alone; empty if none was told. */
    String accessSddl() {
        if (!present) {
            return "";
        }
        var entries = access == null
                ? NONE
                : access.stream().map(entry -> "(" + entry + ")").collect(Collectors.joining());
        return "D:"
                + ((control & PROTECTED) == 0 ? "" : "P")
                + ((control & AUTO_INHERIT_ASKED) == 0 ? "" : "AR")
                + ((control & AUTO_INHERITED) == 0 ? "" : "AI")
                + entries;
    }
}
