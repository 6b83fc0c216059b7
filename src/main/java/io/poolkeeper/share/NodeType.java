// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.Locale;

/** What a name in a share stands for. */
enum NodeType {
    FILE,
    FOLDER,
    /** A symbolic link or a junction; never followed. */
    LINK,
    /** It is there, but cannot be read: named, so that nobody takes it for deleted. */
    UNREADABLE,
    /** It was there a moment ago. Never written into a list. */
    GONE;

    /** The word as it stands in lists. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
