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

/**
 * The set that a capture of a part may build on: for a differential the newest full backup of the database, else the newest
 * set that holds the part; never one with evidence of damage, or whose manifest cannot be read, itself or further down.
 */
final class Bases {
    private final Vault vault;
    private final Map<String, Optional<Manifest>> manifests = new HashMap<>();

    private Bases(Vault vault) {
        this.vault = vault;
    }

    /**
     * By part.
     *
     * @throws IOException if the vault cannot be read
     * @throws MalformedDocument if its ledger is damaged
     */
    static Map<PartId, String> of(Vault vault, Level level) throws IOException {
        var bases = new HashMap<PartId, String>();
        if (level == Level.FULL) {
            return bases;
        }
        var look = new Bases(vault);
        for (var entry : vault.ledger().entries()) {
            var set = entry.line().set();
            for (var part : entry.line().parts().keySet()) {
                var wanted = level == Level.LOG || part.kind() != Kind.DATABASE || look.isFull(set, part);
                if (wanted && look.isGood(set, part)) {
                    bases.put(part, set);
                }
            }
        }
        return bases;
    }

    private boolean isFull(String set, PartId part) throws IOException {
        return held(set, part).map(held -> held.level() == Level.FULL).orElse(false);
    }

    private boolean isGood(String set, PartId part) throws IOException {
        var held = held(set, part);
        if (held.isEmpty() || isSuspect(set, part)) {
            return false;
        }
        var base = held.get().base();
        return base == null || isGood(base, part);
    }

    private Optional<Manifest.Part> held(String set, PartId part) throws IOException {
        var known = manifests.get(set);
        if (known == null) {
            known = read(set);
            manifests.put(set, known);
        }
        return known.flatMap(manifest -> manifest.part(part)).filter(Manifest.Part::captured);
    }

    /** A set that cannot be read is nothing to build on; its own verification says what is wrong with it. */
    private Optional<Manifest> read(String set) {
        try {
            return Optional.of(vault.manifest(set));
        } catch (IOException | MalformedDocument e) {
            return Optional.empty();
        }
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
