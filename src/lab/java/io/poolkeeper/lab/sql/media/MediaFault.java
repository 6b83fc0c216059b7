// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import java.io.IOException;

/** A backup file is not what it should be. */
public final class MediaFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final long page;

    /** What is wrong with it. */
    public enum Kind {
        /** There is nothing in it. */
        EMPTY,
        /** Its label, or the header of a set, is not one or is damaged. */
        MALFORMED,
        /** The file ends before the set does. */
        TRUNCATED,
        /** The set was never finished. */
        INCOMPLETE,
        /** A page does not match its checksum. */
        DAMAGED_PAGE
    }

    MediaFault(Kind kind) {
        this(kind, 0);
    }

    MediaFault(Kind kind, long page) {
        super(kind + " at page " + page);
        this.kind = kind;
        this.page = page;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** The page, from 0 within the set, where that is known. */
    public long page() {
        return page;
    }
}
