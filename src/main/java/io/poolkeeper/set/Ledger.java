// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.schema.Schemas;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sets.jsonl}: one line per published set, each hashing the one before it and the set's SHA256SUMS, so that
 * whoever changes a set has to change this file too, and whoever changes this file breaks the chain.
 */
public final class Ledger {
    private static final String FIRST = "0".repeat(64);

    /** Each step of a verification holds its part against the ledger. */
    private static final LastRead<List<Entry>> READ = new LastRead<>(16 << 20, Ledger::entries);

    private final Path file;

    /** The ledger of a site's folder in the vault. */
    public Ledger(Path siteFolder) {
        this.file = siteFolder.resolve("sets.jsonl");
    }

    /**
     * One set.
     *
     * @param schema always {@code poolkeeper/set}
     * @param version of this shape
     * @param set its id
     * @param published when it got its name, UTC
     * @param sums SHA-256 of its SHA256SUMS file
     * @param parts the parts of which it holds data, each with {@link Manifest.Part#digest}
     * @param previous SHA-256 of the line before, without its end; 64 zeros in the first
     */
    public record Line(
            String schema,
            int version,
            String set,
            Instant published,
            String sums,
            Map<PartId, String> parts,
            String previous) {}

    /**
     * A line as it was found.
     *
     * @param chained whether it hashes the line before it
     */
    public record Entry(Line line, boolean chained) {}

    /**
     * All lines, oldest first; none if there is no ledger yet.
     *
     * @throws IOException if it cannot be read
     * @throws MalformedDocument naming the line that is not one
     */
    public List<Entry> entries() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return READ.of(file);
    }

    private static List<Entry> entries(String ledger) {
        var entries = new ArrayList<Entry>();
        var previous = FIRST;
        for (var text : whole(ledger).lines().toList()) {
            var line = parse(text, entries.size() + 1);
            entries.add(new Entry(line, line.previous().equals(previous)));
            previous = hash(text);
        }
        return List.copyOf(entries);
    }

    /**
     * The line of a set, if it has one.
     *
     * @throws IOException if the ledger cannot be read
     */
    public Optional<Entry> entry(String set) throws IOException {
        return entries().stream()
                .filter(entry -> entry.line().set().equals(set))
                .findFirst();
    }

    /**
     * Adds the line of a set and flushes it; does nothing if the set has one. A line that a crash left half written is
     * cut off first: its set still lies there without a line and gets one now.
     *
     * @throws IOException if it cannot be written
     */
    public void add(String set, Instant published, String sums, Map<PartId, String> parts) throws IOException {
        synchronized (
                Ledger.class) { // runs that publish side by side in the one coordinator; each has a ledger of its own
            append(set, published, sums, parts);
        }
        Disk.flushFolder(Disk.parent(file));
    }

    private void append(String set, Instant published, String sums, Map<PartId, String> parts) throws IOException {
        try (var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                Disk.fileRights())) {
            var text = Disk.text(file);
            var whole = whole(text);
            var lines = whole.lines().toList();
            for (var i = 0; i < lines.size(); i++) {
                if (parse(lines.get(i), i + 1).set().equals(set)) {
                    return;
                }
            }
            var previous = lines.isEmpty() ? FIRST : hash(lines.get(lines.size() - 1));
            var line = Json.line(new Line("poolkeeper/set", 1, set, published, sums, parts, previous)) + "\n";
            var end = whole.getBytes(StandardCharsets.UTF_8).length;
            channel.truncate(end);
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), end);
            channel.force(true);
        }
    }

    /** Without a last line that has no end. */
    private static String whole(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    private static Line parse(String text, int number) {
        try {
            var tree = Json.tree(text);
            Schemas.require("set", tree);
            return Json.as(tree, Line.class);
        } catch (MalformedDocument e) {
            throw new MalformedDocument("sets.jsonl:" + number + " " + e.getMessage(), e);
        }
    }

    private static String hash(String line) {
        return Hashes.sha256(line.getBytes(StandardCharsets.UTF_8));
    }
}
