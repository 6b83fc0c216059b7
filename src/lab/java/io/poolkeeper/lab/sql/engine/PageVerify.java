// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/** How a database notices torn pages; the names are those of {@code sys.databases.page_verify_option_desc}. */
public enum PageVerify {
    NONE(0),
    TORN_PAGE_DETECTION(1),
    CHECKSUM(2);

    private final int code;

    PageVerify(int code) {
        this.code = code;
    }

    /** {@code sys.databases.page_verify_option}. */
    public int code() {
        return code;
    }
}
