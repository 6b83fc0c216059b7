// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.VaultFull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives a set its final name. Safe to repeat after a crash at any point: what is done is left alone, the rest is done.
 */
public final class Publisher {
    private final Vault vault;
    private final Site site;

    /** Publishes sets of a site. */
    public Publisher(Vault vault, Site site) {
        this.vault = vault;
        this.site = site;
    }

    /**
     * What one step left for the set.
     *
     * @param attemptName {@link io.poolkeeper.step.Step#attemptName} of the attempt whose result won
     */
    public record Won(String attemptName, List<Artefact> artefacts) {}

    /**
     * Moves the winners' artefacts into place, drops all other attempts, adds manifest, configuration and restore kit,
     * renames the folder and adds the ledger's line.
     *
     * @return the size of the set in bytes, without its own small files
     * @throws StepFault if the vault is full or cannot be written
     * @throws PermanentFault if an artefact is not there or has another size than its step reported
     */
    public long publish(Manifest manifest, List<Won> winners) {
        var id = manifest.set();
        try {
            if (!Files.isDirectory(vault.set(id))) {
                fill(manifest, winners);
                Disk.rename(vault.partial(id), vault.set(id));
                Disk.flushFolder(vault.folder());
            }
            var sums = Hashes.sha256(vault.set(id).resolve(Sums.FILE));
            var held = new TreeMap<PartId, String>();
            manifest.parts().stream().filter(Manifest.Part::held).forEach(part -> held.put(part.part(), part.digest()));
            vault.ledger().add(id, Instant.now(), sums, held);
        } catch (IOException e) {
            throw VaultFull.fault(vault.partial(id), e);
        }
        return manifest.parts().stream().mapToLong(Manifest.Part::bytes).sum();
    }

    private void fill(Manifest manifest, List<Won> winners) throws IOException {
        var partial = Disk.createFolders(vault.partial(manifest.set()));
        var hashes = new TreeMap<String, String>();
        for (var won : winners) {
            for (var artefact : won.artefacts()) {
                moveIntoPlace(vault.attempt(manifest.set(), won.attemptName()), partial, artefact);
                hashes.put(artefact.path(), artefact.sha256());
            }
        }
        Disk.delete(vault.attempts(manifest.set()));
        write(partial, Manifest.FILE, manifest.text(), hashes);
        copy(partial, "site.yaml", site.file(), hashes);
        copy(partial, "catalogue.yaml", Catalogue.file(manifest.product()), hashes);
        for (var page : new RestoreKit(vault, manifest).pages().entrySet()) {
            write(partial, page.getKey(), page.getValue(), hashes);
        }
        writeSums(partial, hashes);
        flushFolders(partial);
        // a folder that was discarded meanwhile (Vault.discard) has been made anew by the lines above, without its
        // artefacts
        for (var won : winners) {
            for (var artefact : won.artefacts()) {
                check(partial, artefact);
            }
        }
    }

    private static void moveIntoPlace(Path attempt, Path partial, Artefact artefact) throws IOException {
        var from = attempt.resolve(artefact.path());
        var to = partial.resolve(artefact.path());
        if (Files.exists(from)) {
            Disk.createFolders(Disk.parent(to));
            Disk.rename(from, to);
        }
        check(partial, artefact);
    }

    private static void check(Path partial, Artefact artefact) throws IOException {
        var file = partial.resolve(artefact.path());
        if (!Files.exists(file) || Files.size(file) != artefact.size()) {
            throw new PermanentFault(
                    "the vault lost " + artefact.path() + ": its step reported " + artefact.size() + " bytes",
                    "does something else delete or change files in " + partial + "?");
        }
    }

    private static void write(Path partial, String path, String text, Map<String, String> hashes) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var file = partial.resolve(path);
        Disk.createFolders(Disk.parent(file));
        Files.deleteIfExists(file);
        Disk.write(file, bytes);
        hashes.put(path, Hashes.sha256(bytes));
    }

    private static void copy(Path partial, String path, Path from, Map<String, String> hashes) throws IOException {
        write(partial, path, Files.readString(from), hashes);
    }

    private static void writeSums(Path partial, Map<String, String> hashes) throws IOException {
        var file = partial.resolve(Sums.FILE);
        Files.deleteIfExists(file);
        Disk.write(file, Sums.text(hashes).getBytes(StandardCharsets.UTF_8));
    }

    private static void flushFolders(Path partial) throws IOException {
        List<Path> folders;
        try (var tree = Files.walk(partial)) {
            folders = tree.filter(Files::isDirectory).toList();
        }
        for (var folder : folders) {
            Disk.flushFolder(folder);
        }
    }
}
