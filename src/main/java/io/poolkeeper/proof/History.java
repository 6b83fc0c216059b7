// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.DirectoryAge;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a site's vault says about its parts: manifests and evidence, newest set first. Read once. */
final class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final List<Manifest> newestFirst = new ArrayList<>();
    private final Map<String, Manifest> manifests = new HashMap<>();
    private final Map<String, List<Evidence>> evidence = new HashMap<>();

    /**
     * Reads the vault. A set whose manifest is damaged counts for nothing, and that is logged.
     *
     * @throws IOException if the vault cannot be read
     */
    static History of(Vault vault) throws IOException {
        var history = new History();
        for (var set : vault.sets()) {
            try {
                var manifest = vault.manifest(set);
                history.newestFirst.add(manifest);
                history.manifests.put(set, manifest);
                history.evidence.put(set, vault.evidence(set));
            } catch (IOException | MalformedDocument e) {
                LOG.warn("set {} counts for nothing: {}", set, e.getMessage());
            }
        }
        Collections.reverse(history.newestFirst);
        return history;
    }

    /** What is required: as the newest set of the whole site says, or a newer one of some parts. */
    List<PartId> required() {
        return dispositions().entrySet().stream()
                .filter(entry -> entry.getValue() == Disposition.REQUIRED)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Map<PartId, Disposition> dispositions() {
        var dispositions = new LinkedHashMap<PartId, Disposition>();
        for (var manifest : newestFirst) {
            manifest.parts().forEach(part -> dispositions.putIfAbsent(part.part(), part.disposition()));
            if (manifest.whole()) {
                break;
            }
        }
        return dispositions;
    }

    /** The newest capture of a part whose whole chain holds content evidence and no damage. */
    Optional<Manifest.Part> newestGood(PartId part) {
        return newestFirst.stream()
                .filter(manifest -> chainIsGood(manifest.set(), part))
                .flatMap(manifest -> manifest.part(part).stream())
                .findFirst();
    }

    private boolean chainIsGood(String set, PartId part) {
        var manifest = manifests.get(set);
        var held = manifest == null
                ? null
                : manifest.part(part).filter(Manifest.Part::held).orElse(null);
        return held != null && isGood(set, part) && (held.base() == null || chainIsGood(held.base(), part));
    }

    /** The newest finding of content depth, or of damage at any depth, decides; one that could not conclude does not. */
    private boolean isGood(String set, PartId part) {
        return findings(set, part).stream()
                .filter(finding -> finding.verdict() == Verdict.SUSPECT
                        || (finding.verdict() == Verdict.PROVEN
                                && finding.depth().covers(Depth.CONTENT)))
                .reduce((earlier, later) -> later)
                .map(finding -> finding.verdict() == Verdict.PROVEN)
                .orElse(false);
    }

    /** Why no capture of a part is good. */
    String whyNone(PartId part) {
        for (var manifest : newestFirst) {
            var held = manifest.part(part);
            if (held.isEmpty()) {
                continue;
            }
            if (!held.get().held()) {
                return "not captured: " + held.get().cause();
            }
            return findings(manifest.set(), part).stream()
                    .reduce((earlier, later) -> later)
                    .map(finding -> finding.verdict() + depth(finding) + " in set " + manifest.set()
                            + (finding.reason() == null ? "" : ": " + finding.reason()))
                    .orElse("nobody has verified it in set " + manifest.set());
        }
        return "no set holds it";
    }

    private static String depth(Evidence.Finding finding) {
        return finding.verdict() == Verdict.PROVEN
                ? " at depth " + finding.depth().word() + " alone"
                : "";
    }

    /** The newest good evidence of a depth about a part. */
    Optional<Evidence.Finding> newestProof(PartId part, Depth asked) {
        return newestFirst.stream()
                .filter(manifest -> isGood(manifest.set(), part))
                .flatMap(manifest -> findings(manifest.set(), part).stream())
                .filter(finding ->
                        finding.verdict() == Verdict.PROVEN && finding.depth().covers(asked))
                .max(Comparator.comparing(Evidence.Finding::at));
    }

    /**
     * The newest backup that brings Active Directory back, in the vault or where another product keeps it, and how old it may
     * become; empty if the newest set of the whole site has no part of the directory.
     */
    Optional<DirectoryAge> directory() {
        if (dispositions().keySet().stream().noneMatch(part -> part.kind() == Kind.DIRECTORY)) {
            return Optional.empty();
        }
        var damaged = newestFirst.stream()
                .flatMap(manifest -> restorable(manifest).filter(part -> isDamaged(manifest.set(), part.part())))
                .map(History::state)
                .collect(Collectors.toSet());
        var parts = newestFirst.stream()
                .flatMap(History::restorable)
                .filter(part -> !damaged.contains(state(part)))
                .max(Comparator.comparing(part -> Objects.requireNonNull(part.point())));
        return Optional.of(new DirectoryAge(
                parts.map(Manifest.Part::point).orElse(null),
                parts.map(part -> part.part() + " by " + part.method().word()).orElse(""),
                tombstoneDays()));
    }

    private static Stream<Manifest.Part> restorable(Manifest manifest) {
        return manifest.parts().stream()
                .filter(part ->
                        part.kind() == Kind.DIRECTORY && DirectoryAge.bringsBack(part.method(), part.recorded()))
                .filter(part -> part.held() && part.point() != null);
    }

    /** Several sets may know one and the same backup of another product. */
    private static String state(Manifest.Part part) {
        return part.part() + " " + part.point();
    }

    private boolean isDamaged(String set, PartId part) {
        return findings(set, part).stream()
                .filter(finding -> finding.verdict() != Verdict.UNKNOWN)
                .reduce((earlier, later) -> later)
                .map(finding -> finding.verdict() == Verdict.SUSPECT)
                .orElse(false);
    }

    private @Nullable Integer tombstoneDays() {
        return newestFirst.stream()
                .flatMap(manifest -> manifest.parts().stream())
                .map(Manifest.Part::recorded)
                .filter(recorded ->
                        recorded != null && recorded.path(DirectoryAge.RECORDED).isInt())
                .map(recorded -> Objects.requireNonNull(recorded)
                        .path(DirectoryAge.RECORDED)
                        .asInt())
                .findFirst()
                .orElse(null);
    }

    private List<Evidence.Finding> findings(String set, PartId part) {
        return evidence.getOrDefault(set, List.of()).stream()
                .sorted(Comparator.comparing(Evidence::at))
                .flatMap(record -> record.findings().stream())
                .filter(finding -> finding.part().equals(part))
                .toList();
    }

    /** Whether a set of the whole site says what is required; sets of single parts cannot. */
    boolean knowsTheWholeSite() {
        return newestFirst.stream().anyMatch(Manifest::whole);
    }

    boolean isEmpty() {
        return newestFirst.isEmpty();
    }
}
