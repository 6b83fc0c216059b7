// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges a set as a whole, apart from what its parts hold: the ledger's chain, SHA256SUMS against the ledger, the set's own
 * small files, and that there is neither a file too many nor one too few.
 */
public final class VerifySet implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        var look = new Look(new Vault(work.vault()), step.requiredSet());
        try {
            look.ledger();
            look.files();
        } catch (NoSuchFileException e) {
            look.damage(String.valueOf(Path.of(e.getFile()).getFileName()), "is missing");
        } catch (IOException | UncheckedIOException e) {
            look.unknown = "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage();
        } catch (MalformedDocument e) {
            look.damage("sets.jsonl", e.getMessage());
        }
        return look.judged();
    }

    /** What one look at a set finds. */
    private static final class Look {
        private final Vault vault;
        private final String id;
        private final List<Damage> damages = new ArrayList<>();
        private @Nullable String unknown;
        private long bytes;

        Look(Vault vault, String id) {
            this.vault = vault;
            this.id = id;
        }

        void damage(String file, @Nullable String what) {
            damages.add(new Damage(file, String.valueOf(what)));
        }

        void ledger() throws IOException {
            for (var entry : vault.ledger().entries()) {
                if (!entry.chained()) {
                    damage(
                            "sets.jsonl",
                            "the line of " + entry.line().set() + " does not follow from the line before it");
                }
            }
            var mine = vault.ledger().entry(id);
            if (mine.isEmpty()) {
                damage("sets.jsonl", "has no line for this set");
            } else if (!Hashes.sha256(vault.set(id).resolve(Sums.FILE))
                    .equals(mine.get().line().sums())) {
                damage(Sums.FILE, "is not the file that the ledger knows");
            }
        }

        void files() throws IOException {
            var folder = vault.set(id);
            try {
                files(folder, Sums.parse(Disk.text(folder.resolve(Sums.FILE))));
            } catch (MalformedDocument e) {
                damage(Sums.FILE, e.getMessage());
            }
            manifest();
        }

        private void files(Path folder, Map<String, String> sums) throws IOException {
            var there = list(folder);
            for (var entry : sums.entrySet()) {
                there.remove(entry.getKey());
                if (!Files.exists(folder.resolve(entry.getKey()), LinkOption.NOFOLLOW_LINKS)) {
                    damage(entry.getKey(), "is missing");
                } else if (ownFile(entry.getKey())) {
                    compare(folder, entry);
                }
            }
            there.remove(Sums.FILE);
            there.forEach(extra -> damage(extra, "does not belong to the set"));
        }

        /** Files of the parts are read when their parts are verified. */
        private static boolean ownFile(String path) {
            return !path.contains("/") || path.startsWith("restore/");
        }

        private void compare(Path folder, Map.Entry<String, String> expected) throws IOException {
            var file = folder.resolve(expected.getKey());
            bytes += Files.size(file);
            if (!Hashes.sha256(file).equals(expected.getValue())) {
                damage(expected.getKey(), "its bytes are not those that were published");
            }
        }

        private void manifest() throws IOException {
            try {
                var manifest = vault.manifest(id);
                var known = vault.ledger().entry(id).map(entry -> entry.line().parts());
                for (var part : manifest.parts()) {
                    var digest = known.map(parts -> parts.get(part.part())).orElse(null);
                    if (part.held() && digest != null && !digest.equals(part.digest())) {
                        damage(
                                part.part().toString(),
                                "the manifest's hashes of it are not those that the ledger knows");
                    }
                }
            } catch (MalformedDocument e) {
                damage(Manifest.FILE, e.getMessage());
            }
        }

        private static Set<String> list(Path folder) throws IOException {
            try (var tree = Files.walk(folder)) {
                var files = new TreeSet<String>();
                tree.filter(file -> !Files.isDirectory(file))
                        .forEach(file ->
                                files.add(folder.relativize(file).toString().replace('\\', '/')));
                return files;
            }
        }

        Output.Judged judged() {
            if (!damages.isEmpty()) {
                return new Output.Judged(Verdict.SUSPECT, Depth.CONTENT, damages, null, bytes, null);
            }
            var verdict = unknown == null ? Verdict.PROVEN : Verdict.UNKNOWN;
            return new Output.Judged(verdict, Depth.CONTENT, List.of(), unknown, bytes, null);
        }
    }
}
