// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.step.PermanentFault;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Compares how many entries were written with how many the server counts afterwards, so that a page lost on the way is
 * noticed. While people work, a few entries come and go between the two, so a small difference that persists is a
 * warning; a whole page is a fault.
 */
final class Recount {
    private Recount() {}

    /**
     * Counts, and once more if the numbers differ.
     *
     * @param name of the partition
     * @param written how many entries the export holds
     * @param count asks the server
     * @param warnings gets a line if they still differ
     * @return what the server counted last
     * @throws PermanentFault if a page or more is missing
     */
    static long compare(String name, long written, LongSupplier count, List<String> warnings) {
        var counted = count.getAsLong();
        if (counted != written) {
            counted = count.getAsLong();
        }
        if (counted == written) {
            return counted;
        }
        var both = "the export of the %s holds %d entries, and the server counts %d".formatted(name, written, counted);
        if (counted - written >= PagedSearch.PAGE) {
            throw new PermanentFault(
                    both + ": a page was lost", "run it again; if it stays so, name another domain controller");
        }
        warnings.add(both + "; somebody changed the directory meanwhile, or an answer was cut short");
        return counted;
    }
}
