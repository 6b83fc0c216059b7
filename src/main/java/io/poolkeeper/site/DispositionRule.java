// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Disposition;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What somebody decided about a part.
 *
 * @param part an id or a short form of one
 * @param until the last day on which the decision holds, in the site's zone
 */
public record DispositionRule(
        String part,
        Disposition as,
        Optional<String> reason,
        Optional<String> owner,
        Optional<String> by,
        Optional<LocalDate> until) {
    /** Whether the decision still holds on that day. */
    public boolean holdsOn(LocalDate day) {
        return until.map(last -> !day.isAfter(last)).orElse(true);
    }
}
