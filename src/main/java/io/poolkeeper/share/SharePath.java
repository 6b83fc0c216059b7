// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import org.jspecify.annotations.Nullable;

/**
 * Paths within a share: relative, with forward slashes, empty for the share itself.
 *
 * <p>Their order is that of a walk which sorts the names of each folder and goes down at once: the slash comes before
 * every other character, so that {@code a}, {@code a/x}, {@code a.txt} are in order.
 */
final class SharePath {
    private SharePath() {}

    /** Compares two paths in the order of a walk. */
    static int compare(String a, String b) {
        var common = Math.min(a.length(), b.length());
        for (var i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return rank(a.charAt(i)) - rank(b.charAt(i));
            }
        }
        return a.length() - b.length();
    }

    private static int rank(char c) {
        return c == '/' ? -1 : c;
    }

    /** The path of a name in a folder. */
    static String in(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** The folder that a path lies in; empty for the share itself. */
    static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /** The last name of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether a path lies somewhere below a folder. */
    static boolean below(String path, String folder) {
        return folder.isEmpty()
                || (path.length() > folder.length() && path.charAt(folder.length()) == '/' && path.startsWith(folder));
    }

    /**
     * Why a path is none that can be restored everywhere without leaving its folder.
     *
     * @return null if it is a good path
     */
    static @Nullable String problem(String path) {
        if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            return "holds a backslash or a NUL";
        }
        if (path.length() > 1 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0))) {
            return "begins like a drive";
        }
        if (!isUnicode(path)) {
            return "is not valid Unicode";
        }
        return leavesItsFolder(path) ? "is not a plain relative path" : null;
    }

    private static boolean leavesItsFolder(String path) {
        var start = 0;
        while (start <= path.length()) {
            var slash = path.indexOf('/', start);
            var end = slash < 0 ? path.length() : slash;
            var dots = path.startsWith("..", start) ? 2 : path.startsWith(".", start) ? 1 : 0;
            if (end - start == dots) {
                return true; // "..", "." or nothing at all
            }
            start = end + 1;
        }
        return false;
    }

    private static boolean isUnicode(String path) {
        for (var i = 0; i < path.length(); i++) {
            if (Character.isSurrogate(path.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(path.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
