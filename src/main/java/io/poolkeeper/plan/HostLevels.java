// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The databases of which a host without Java takes full backups although a plan asks for less. */
public final class HostLevels {
    static final String HINT = "ask for level full, or let a worker with Java reach the instance";

    private HostLevels() {}

    /** What is to be said of the parts of a plan, with what to do. */
    public static Optional<String> warning(Site site, List<Expectation> parts, Level level) {
        return words(
                        parts.stream()
                                .filter(part -> part.part().kind() == Kind.DATABASE && part.toCapture())
                                .filter(part -> part.method() == Method.SQLCMD && site.worksByHandOff(part.worker()))
                                .map(part -> part.part().toString())
                                .toList(),
                        level)
                .map(what -> what + ". HINT: " + HINT);
    }

    /** What is to be said of all databases of a site. */
    static Optional<String> warning(Site site, Level level) {
        return words(
                site.sources().values().stream()
                        .filter(site::askedByHost)
                        .map(source -> "the databases of sql." + source.key())
                        .toList(),
                level);
    }

    private static Optional<String> words(List<String> about, Level level) {
        return level == Level.FULL || about.isEmpty()
                ? Optional.empty()
                : Optional.of("level " + level.word() + " is asked for, and hand-off knows full backups alone; "
                        + (level == Level.LOG ? "no log is taken of " : "taken in full: ")
                        + about.stream().collect(Collectors.joining(", ")));
    }
}
