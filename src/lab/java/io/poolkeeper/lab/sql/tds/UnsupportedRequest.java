// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/** The client asked for a part of the protocol that the lab does not speak. */
final class UnsupportedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what, so that the sentence goes on "The lab's SQL Server does not know ...". */
    UnsupportedRequest(String what) {
        super(what);
    }
}
