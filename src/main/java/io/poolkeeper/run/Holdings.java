// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the sets of a vault hold of each part, and whether evidence speaks against it. Manifests are read once. */
final class Holdings {
    private final Vault vault;
    private final Map<String, Optional<Manifest>> manifests = new HashMap<>();

    Holdings(Vault vault) {
        this.vault = vault;
    }

    /** What a set holds of a part; empty if it knows no state of it, or if its manifest cannot be used. */
    Optional<Manifest.Part> held(String set, PartId part) {
        return manifests
                .computeIfAbsent(set, this::read)
                .flatMap(manifest -> manifest.part(part))
                .filter(Manifest.Part::held);
    }

    /** A set that cannot be read is nothing to build on; its own verification says what is wrong with it. */
    private Optional<Manifest> read(String set) {
        try {
            return Optional.of(vault.manifest(set));
        } catch (IOException | MalformedDocument e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a capture of a part could be restored as far as anybody knows: no evidence of damage, in it and in what it
     * builds on, and every manifest of that chain can be read.
     *
     * @throws IOException if the evidence cannot be read
     */
    boolean isGood(String set, PartId part) throws IOException {
        var held = held(set, part);
        if (held.isEmpty() || isSuspect(set, part)) {
            return false;
        }
        var base = held.get().base();
        return base == null || isGood(base, part);
    }

    /** Whether an incremental capture of a level can build on it: on a full backup, a log on any; never on another product's. */
    boolean isBase(String set, PartId part, Level level) {
        return held(set, part)
                .filter(Manifest.Part::captured)
                .map(held -> level == Level.LOG || part.kind() != Kind.DATABASE || held.level() == Level.FULL)
                .orElse(false);
    }

    /** The newest finding that concluded decides. */
    private boolean isSuspect(String set, PartId part) throws IOException {
        return vault.evidence(set).stream()
                .sorted(Comparator.comparing(Evidence::at))
                .flatMap(evidence -> evidence.findings().stream())
                .filter(finding -> finding.part().equals(part))
                .filter(finding -> finding.verdict() == Verdict.SUSPECT || finding.verdict() == Verdict.PROVEN)
                .reduce((earlier, later) -> later)
                .map(finding -> finding.verdict() == Verdict.SUSPECT)
                .orElse(false);
    }
}
