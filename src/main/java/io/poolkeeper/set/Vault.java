// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of one site in the vault. Holds no state of its own: what the disk says is true. */
public final class Vault {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String PARTIAL = ".partial-";
    private static final String DISCARDED = ".discarded-";

    /** Each step of a verification asks for the manifest of its set, and for those that it builds on. */
    private static final LastRead<Manifest> MANIFESTS = new LastRead<>(16 << 20, Manifest::parse);

    private final Path folder;

    /** The vault of a site as the coordinator sees it. */
    public static Vault of(Site site) {
        return new Vault(site.vault().path().resolve(site.name()));
    }

    /** The site's folder in the vault, as whoever asks sees it. */
    public Vault(Path siteFolder) {
        this.folder = siteFolder;
    }

    /** An instant as it stands in ids and file names: no colons, UTC, whole seconds. */
    public static String stamp(Instant at) {
        return STAMP.format(at);
    }

    /** The site's folder. */
    public Path folder() {
        return folder;
    }

    /** Where a set lies when it is published. */
    public Path set(String id) {
        return folder.resolve(id);
    }

    /** Where a set is filled. */
    public Path partial(String id) {
        return folder.resolve(PARTIAL + id);
    }

    /** Where one attempt of a step writes its artefacts. */
    public Path attempt(String set, String attemptName) {
        return attempts(set).resolve(attemptName);
    }

    /** The folder of all attempts; gone when the set is published. */
    Path attempts(String set) {
        return partial(set).resolve(".attempts");
    }

    /** The chain of published sets. */
    public Ledger ledger() {
        return new Ledger(folder);
    }

    /**
     * Published sets, oldest first: those of the ledger, then any that lie there without a line.
     *
     * @throws IOException if the vault cannot be read
     */
    public List<String> sets() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var sets = new ArrayList<String>();
        ledger().entries().forEach(entry -> sets.add(entry.line().set()));
        try (var files = Files.list(folder)) {
            files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("evidence") && !sets.contains(name))
                    .sorted()
                    .forEach(sets::add);
        }
        return sets;
    }

    /**
     * The manifest of a published set.
     *
     * @throws IOException if it cannot be read
     * @throws MalformedDocument if it is damaged
     */
    public Manifest manifest(String set) throws IOException {
        return MANIFESTS.of(set(set).resolve(Manifest.FILE));
    }

    /**
     * Adds a record; flushed before this returns. The same record of the same run is added once.
     *
     * @throws IOException if it cannot be written
     */
    public void addEvidence(Evidence evidence) throws IOException {
        var tree = Json.node(evidence);
        Schemas.require("evidence", tree);
        var place = Disk.createFolders(folder.resolve("evidence").resolve(Names.encode(evidence.set())));
        var name = stamp(evidence.at()) + "-" + evidence.kind() + "-" + Names.encode(evidence.run()) + ".json";
        if (Files.exists(place.resolve(name))) {
            return;
        }
        var unfinished = place.resolve("." + name + ".tmp");
        Files.deleteIfExists(unfinished);
        Disk.write(unfinished, Json.pretty(tree).getBytes(StandardCharsets.UTF_8));
        Disk.rename(unfinished, place.resolve(name));
        Disk.flushFolder(place);
    }

    /**
     * All records about a set, oldest first.
     *
     * @throws IOException if they cannot be read
     * @throws MalformedDocument naming a file that is not a record
     */
    public List<Evidence> evidence(String set) throws IOException {
        var place = folder.resolve("evidence").resolve(Names.encode(set));
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        List<Path> files;
        try (var listed = Files.list(place)) {
            files = listed.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        var records = new ArrayList<Evidence>();
        for (var file : files) {
            records.add(record(file));
        }
        return records;
    }

    private static Evidence record(Path file) throws IOException {
        try {
            var tree = Json.tree(Disk.text(file));
            Schemas.require("evidence", tree);
            return Json.as(tree, Evidence.class);
        } catch (MalformedDocument e) {
            throw new MalformedDocument(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The sets that evidence speaks of, published or not, oldest first.
     *
     * @throws IOException if the vault cannot be read
     */
    public List<String> setsWithEvidence() throws IOException {
        var place = folder.resolve("evidence");
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /**
     * The ids of sets that are being filled or thrown away.
     *
     * @throws IOException if the vault cannot be read
     */
    public List<String> unpublished() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .flatMap(name -> Stream.of(PARTIAL, DISCARDED)
                            .filter(name::startsWith)
                            .map(prefix -> name.substring(prefix.length())))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /**
     * Throws away what a run left that publishes no set. Takes the folder away under its name first, so that whoever still
     * fills or publishes it fails, instead of giving a final name to what is left.
     *
     * @throws IOException if it cannot be deleted
     */
    public void discard(String set) throws IOException {
        var gone = folder.resolve(DISCARDED + set);
        Disk.delete(gone); // of an earlier try
        if (Files.isDirectory(partial(set))) {
            Disk.rename(partial(set), gone);
            Disk.delete(gone);
        }
    }

    /**
     * The newest set published that holds data of a part.
     *
     * @throws IOException if the vault cannot be read
     */
    public Optional<String> newestWith(io.poolkeeper.catalogue.PartId part) throws IOException {
        var newest = Optional.<String>empty();
        for (var entry : ledger().entries()) {
            if (entry.line().parts().containsKey(part)) {
                newest = Optional.of(entry.line().set());
            }
        }
        return newest;
    }
}
