// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import org.jspecify.annotations.Nullable;

/**
 * What a file or folder has besides content, times and attributes, as far as its file system tells.
 *
 * @param sddl owner, group and access list; null where there is none, or none that can be read
 * @param refused why there is no {@code sddl} although there should be one; null if all is well. Never written into a list
 * @param streams how many alternate data streams it has; they are not preserved
 * @param links how many names a file has, if more than one, else 0; each is captured as a file of its own
 * @param sparse whether a file has holes; they are filled when it is restored
 */
record Extras(@Nullable String sddl, @Nullable String refused, int streams, long links, boolean sparse) {
    /** Nothing that is known of. */
    static final Extras NONE = new Extras(null, null, 0, 0, false);

    /** A file with so many names. */
    static Extras linked(long names) {
        return names > 1 ? new Extras(null, null, 0, names, false) : NONE;
    }
}
