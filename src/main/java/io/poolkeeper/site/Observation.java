// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.PartId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A part that another product backs up, and where to look for what it left.
 *
 * @param part an id or a short form of one, with its kind
 * @param maxAge how old its newest backup may be
 * @param folder as the file has it; for a database as SQL Server sees it, absent if msdb tells where the backups lie
 * @param path the same folder as the worker sees it
 * @param files a glob for the names of files or sub-folders in it
 * @param watch absent if a newer backup starts no run
 */
public record Observation(
        String part,
        Duration maxAge,
        Optional<String> folder,
        Optional<Path> path,
        String files,
        Optional<Watch> watch) {
    /** How old a backup may be unless somebody says otherwise: a day and two hours to make it in. */
    public static final Duration MAX_AGE = Duration.ofHours(26);

    /**
     * When a newer backup starts a run.
     *
     * @param quiet how old it must be, so that it is not taken while it is written
     * @param plan the plan that such a run is one of; absent for the first that captures the part
     */
    public record Watch(Duration quiet, Optional<String> plan) {}

    /** What holds for a part that nobody said anything about. */
    static Observation unsaid(PartId part) {
        return new Observation(part.toString(), MAX_AGE, Optional.empty(), Optional.empty(), "*", Optional.empty());
    }

    /** Whether it names exactly this part. */
    public boolean names(PartId id) {
        return part.equalsIgnoreCase(id.toString());
    }

    /** Whether it names the part by a short form: its leaf or its owner. */
    public boolean fits(PartId id) {
        var colon = part.indexOf(':');
        var name = part.substring(colon + 1);
        return part.toLowerCase(Locale.ROOT).startsWith(id.kind().word() + ":")
                && (id.leaf().equalsIgnoreCase(name) || id.owner().equalsIgnoreCase(name));
    }
}
