// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a restore from another product's backups would read: a full backup, the newest differential that fits it, and the
 * logs that continue it without a gap.
 *
 * @param links oldest first; never empty
 * @param notes what of the newer backups does not fit, and why
 */
record ObservedChain(List<ObservedSet> links, List<String> notes) {
    ObservedSet full() {
        return links.get(0);
    }

    ObservedSet last() {
        return links.get(links.size() - 1);
    }

    Duration age() {
        return last().age();
    }

    boolean onDisk() {
        return links.stream().allMatch(ObservedSet::onDisk);
    }

    /**
     * The chain to judge: one that SQL Server can read if it is young enough, else the youngest there is.
     *
     * @param sets in the order in which they were made
     * @param allowed how old it may be
     */
    static Optional<ObservedChain> choose(List<ObservedSet> sets, Duration allowed) {
        var chains = new ArrayList<ObservedChain>();
        for (var set : sets) {
            if (set.facts().type().equals("D") && !set.damaged()) {
                chains.add(0, from(set, sets));
            }
        }
        return chains.stream()
                .filter(chain -> chain.onDisk() && chain.age().compareTo(allowed) <= 0)
                .findFirst()
                .or(() -> chains.stream().findFirst());
    }

    private static ObservedChain from(ObservedSet full, List<ObservedSet> sets) {
        var links = new ArrayList<ObservedSet>(List.of(full));
        var notes = new ArrayList<String>();
        var newer = sets.subList(sets.indexOf(full) + 1, sets.size());
        newer.stream()
                .filter(set -> set.damaged())
                .forEach(set -> notes.add("msdb marks a newer one as damaged: " + set.told()));
        newer.stream()
                .filter(set -> set.facts().type().equals("I") && !set.damaged())
                .filter(set -> set.facts().isDifferentialOf(full.facts()))
                .reduce((earlier, later) -> later)
                .ifPresent(links::add);
        logs(links, newer, notes);
        return new ObservedChain(List.copyOf(links), List.copyOf(notes));
    }

    private static void logs(List<ObservedSet> links, List<ObservedSet> newer, List<String> notes) {
        for (var log : newer) {
            var end = links.get(links.size() - 1).facts().lastLsn();
            if (!log.facts().type().equals("L")
                    || log.damaged()
                    || log.facts().lastLsn().compareTo(end) <= 0) {
                continue;
            }
            if (log.facts().firstLsn().compareTo(end) > 0) {
                notes.add("there is a gap in the log before " + log.told());
                return;
            }
            links.add(log);
        }
    }
}
