// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds a capture against the share's own history: a share that lost many of its files, that grew beyond measure, or whose files
 * all turned incompressible may have been emptied or encrypted, and a capture of that is no quiet success. A pure function.
 */
final class Guards {
    /** Below that many files a share changes by chance. */
    private static final long ENOUGH = 20;

    private static final double LOST = 0.4;
    private static final double GROWN = 3;
    private static final long GROWN_BYTES = 100_000_000;
    private static final double COMPRESSIBLE = 0.5;
    private static final double INCOMPRESSIBLE = 0.9;

    private Guards() {}

    /**
     * What somebody should look at before the sets from before expire.
     *
     * @param before what the newest set recorded
     * @param full what the full capture below it recorded, where enough files were taken to know how they compress
     * @param set the newest set
     */
    static List<String> warnings(Recorded before, Recorded full, String set, Recorded now) {
        var warnings = new ArrayList<String>();
        lost(before, now, set).ifPresent(warnings::add);
        grown(before, now, set).ifPresent(warnings::add);
        encrypted(full, now).ifPresent(warnings::add);
        return warnings;
    }

    private static Optional<String> lost(Recorded before, Recorded now, String set) {
        if (before.files() < ENOUGH) {
            return Optional.empty();
        }
        var gone = Math.max(before.files() - now.files(), now.deleted());
        var share = (double) gone / before.files();
        return share < LOST
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d of the %d files of set %s are gone (%.0f %%): loss, or somebody who renames them? Keep that set until"
                                + " you know",
                        gone,
                        before.files(),
                        set,
                        share * 100));
    }

    private static Optional<String> grown(Recorded before, Recorded now, String set) {
        var grown = now.bytes() - before.bytes() >= GROWN_BYTES && now.bytes() >= before.bytes() * GROWN;
        return grown
                ? Optional.of("it grew from %d to %d bytes since set %s: is something else stored there?"
                        .formatted(before.bytes(), now.bytes(), set))
                : Optional.empty();
    }

    private static Optional<String> encrypted(Recorded full, Recorded now) {
        var taken = full.read() + full.copied();
        var incompressible = full.stored() + full.copiedStored();
        if (taken < ENOUGH || now.read() < ENOUGH) {
            return Optional.empty();
        }
        var then = (double) incompressible / taken;
        var here = (double) now.stored() / now.read();
        return then <= COMPRESSIBLE && here >= INCOMPRESSIBLE
                ? Optional.of(
                        "%d of %d files that were read do not compress, of the full capture before only %d of %d did not: ransomware? Keep the older sets until you know"
                                .formatted(now.stored(), now.read(), incompressible, taken))
                : Optional.empty();
    }
}
