// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.util.List;
import java.util.Locale;

/**
 * The programs of Windows that make shadow copies of volumes, each with its fixed first arguments.
 *
 * @param diskshadow of servers since 2008
 * @param vssadmin of all servers
 * @param mklink makes a link to a folder; built into cmd
 */
public record ShadowTools(List<String> diskshadow, List<String> vssadmin, List<String> mklink) {
    /** Which of them makes the shadow copy that a share is read from. */
    public enum Way {
        /** None: the files are read as they are. */
        NONE,
        /** diskshadow, which exposes it below a folder. */
        DISKSHADOW,
        /** vssadmin; a link leads to it. */
        VSSADMIN;

        /** The way of a word. */
        static Way of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether a server's Windows has diskshadow. */
    public static boolean hasDiskshadow(String os) {
        return !os.startsWith("2003");
    }
}
