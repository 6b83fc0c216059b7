// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the vault alone says about sets and runs. */
final class Outline {
    private final Vault vault;

    Outline(Vault vault) {
        this.vault = vault;
    }

    /** The newest finding about each part of a set that concluded, and where none did, the newest that could not. */
    Map<PartId, Evidence.Finding> findings(String set) throws IOException {
        var newest = new HashMap<PartId, Evidence.Finding>();
        for (var evidence : sorted(set)) {
            if (evidence.kind().equals(Evidence.COHERENCE)) {
                continue;
            }
            for (var finding : evidence.findings()) {
                newest.merge(
                        finding.part(),
                        finding,
                        (before, now) -> now.verdict() == Verdict.UNKNOWN && before.verdict() != Verdict.UNKNOWN
                                ? before
                                : better(before, now));
            }
        }
        return newest;
    }

    /** What was found last about whether its parts fit each other. */
    Optional<Evidence.Finding> coherence(String set) throws IOException {
        return sorted(set).stream()
                .filter(evidence -> evidence.kind().equals(Evidence.COHERENCE))
                .flatMap(evidence -> evidence.findings().stream())
                .reduce((earlier, later) -> later);
    }

    /** A later look that did not go as deep does not hide a deeper one that was good. */
    private static Evidence.Finding better(Evidence.Finding before, Evidence.Finding now) {
        var shallower = now.verdict() == Verdict.PROVEN
                && before.verdict() == Verdict.PROVEN
                && !now.depth().covers(before.depth());
        return shallower ? before : now;
    }

    private List<Evidence> sorted(String set) throws IOException {
        return vault.evidence(set).stream()
                .sorted(Comparator.comparing(Evidence::at))
                .toList();
    }

    /** The verdict about a set: the worst of its parts', and SUSPECT if they do not fit each other. */
    Verdict verdict(String set) throws IOException {
        var verdicts = new ArrayList<>(
                findings(set).values().stream().map(Evidence.Finding::verdict).toList());
        coherence(set)
                .map(Evidence.Finding::verdict)
                .filter(Verdict.SUSPECT::equals)
                .ifPresent(verdicts::add);
        for (var bad : List.of(Verdict.SUSPECT, Verdict.UNKNOWN)) {
            if (verdicts.contains(bad)) {
                return bad;
            }
        }
        return verdicts.isEmpty() ? Verdict.UNCHECKED : Verdict.PROVEN;
    }

    /** The summaries of all runs that reached the vault, newest first. */
    List<JsonNode> summaries() throws IOException {
        var summaries = new java.util.ArrayList<JsonNode>();
        for (var set : vault.setsWithEvidence()) {
            for (var evidence : vault.evidence(set)) {
                if (evidence.summary() != null) {
                    summaries.add(evidence.summary());
                }
            }
        }
        summaries.sort(Comparator.comparing(
                        (JsonNode summary) -> summary.path("started").asText())
                .reversed());
        return summaries;
    }

    /** The summary of one run. */
    Optional<JsonNode> summary(String run) throws IOException {
        return summaries().stream()
                .filter(summary -> summary.path("run").asText().equals(run))
                .findFirst();
    }
}
