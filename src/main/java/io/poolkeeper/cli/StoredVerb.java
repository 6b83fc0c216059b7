// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.site.Site;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the verbs share that run over what the vault holds. */
abstract class StoredVerb extends RunVerb {
    private static final String LATEST = "latest";

    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "A set's id, or 'latest': for each part the newest that can restore it (default).")
    private String set = LATEST;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "As it was at that time: 2026-11-27T02:14 in the site's zone, or with Z or an offset.")
    private @Nullable String at;

    /**
     * What is looked for.
     *
     * @param set null for the newest of each part
     * @param at UTC; null for the newest
     */
    record Sought(@Nullable String set, @Nullable Instant at) {}

    Sought sought(Site site) {
        if (at == null) {
            return new Sought(set.equals(LATEST) ? null : set, null);
        }
        if (!set.equals(LATEST)) {
            throw new WrongUsage("--set and --at say two things. HINT: --at chooses the set of each part itself");
        }
        return new Sought(null, PointInTime.parse(at, site.zone()));
    }
}
