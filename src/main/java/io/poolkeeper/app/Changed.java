// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import java.time.Instant;

/**
 * What was heard of a share since it was last quiet.
 *
 * @param share its key
 * @param first the path that was heard of first; empty if the system lost count
 * @param since when that was, UTC
 * @param events how many things were heard; one change of a file is several
 */
public record Changed(String share, String first, Instant since, int events) {
    /** One thing. */
    static Changed one(String share, String path, Instant at) {
        return new Changed(share, path, at, 1);
    }

    /** This, and what came after it. */
    Changed and(Changed later) {
        return new Changed(share, first, since, events + later.events);
    }
}
