// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Hashes;
import io.poolkeeper.share.Findings.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Looks at a restored tree as it lies there: hashes each file of the list afresh, and counts what there is by a walk of
 * its own. What was written plays no part in it, nor does the code that captured.
 */
final class Recount {
    private final Sandbox sandbox;
    private final LongConsumer onRead;
    private final FileTree tree;
    private final TreeDigest digest = new TreeDigest();
    private final NameSample undressed = new NameSample();

    /**
     * Looks at a sandbox.
     *
     * @param onRead hears how many bytes were read; throws to end the work
     */
    Recount(Sandbox sandbox, LongConsumer onRead) {
        this.sandbox = sandbox;
        this.onRead = onRead;
        this.tree = new LocalTree(sandbox.root());
    }

    /**
     * One name as it was found.
     *
     * @param sha256 of a file's bytes; empty for all else
     * @param problems what is wrong with it
     * @param dressed whether it has its times, mode and attributes
     */
    record Seen(FileLine line, long size, String sha256, List<Finding> problems, boolean dressed) {}

    /** Looks at some names. Thread-safe. */
    List<Seen> look(List<FileLine> lines) {
        var seen = new ArrayList<Seen>();
        for (var line : lines) {
            try {
                seen.add(look(line));
            } catch (IOException e) {
                seen.add(new Seen(line, 0, "", List.of(Finding.of(line.path(), "restored, it", e)), true));
            }
        }
        return seen;
    }

    private Seen look(FileLine line) throws IOException {
        var file = sandbox.at(line.path());
        var now = tree.look(line.path());
        if (!now.is(line.facts().type())) {
            return wrong(
                    line,
                    "restored, it is "
                            + (now.is(NodeType.GONE)
                                    ? "missing"
                                    : "a " + now.type().word()));
        }
        if (line.is(NodeType.LINK)
                && !String.valueOf(now.target()).equals(line.facts().target())) {
            return wrong(line, "restored, it leads to " + now.target());
        }
        var sha256 = line.is(NodeType.FILE) ? Hashes.sha256(file) : "";
        onRead.accept(now.size());
        if (line.is(NodeType.FILE) && !sha256.equals(line.held().sha256())) {
            return wrong(line, "restored, it has other bytes than it had at capture");
        }
        return new Seen(line, now.size(), sha256, List.of(), Attributes.match(now, line.facts()));
    }

    private static Seen wrong(FileLine line, String what) {
        return new Seen(line, 0, "", List.of(new Finding(line.path(), what, true)), true);
    }

    /** Adds up what was seen, in the order of the list. */
    void add(Seen seen, Findings findings) {
        findings.addAll(seen.problems());
        if (!seen.dressed()) {
            undressed.add(seen.line().path());
        }
        switch (seen.line().facts().type()) {
            case FILE -> digest.file(seen.line().path(), seen.size(), seen.sha256());
            case FOLDER -> digest.folder(seen.line().path());
            case LINK ->
                digest.link(
                        seen.line().path(), String.valueOf(seen.line().facts().target()));
            case UNREADABLE, GONE -> {}
        }
    }

    /**
     * Compares the sum of all with what was recorded at capture, and with what a walk finds.
     *
     * @throws IOException if the sandbox cannot be walked
     */
    void conclude(TreeSum recorded, String list, Findings findings) throws IOException {
        var sum = digest.sum();
        if (!sum.equals(recorded)) {
            findings.damage(
                    list,
                    "restored are %d files, %d folders, %d links, %d bytes; recorded were %d, %d, %d, %d%s"
                            .formatted(
                                    sum.files(),
                                    sum.folders(),
                                    sum.links(),
                                    sum.bytes(),
                                    recorded.files(),
                                    recorded.folders(),
                                    recorded.links(),
                                    recorded.bytes(),
                                    sum.sha256().equals(recorded.sha256()) ? "" : ", with other names or hashes"));
        }
        if (sandbox.overwrites()) {
            return; // what was there besides stays
        }
        var there = new Count();
        Files.walkFileTree(sandbox.root(), there);
        if (there.names != sum.files() + sum.folders() + sum.links()) {
            findings.damage(
                    list,
                    "names " + (sum.files() + sum.folders() + sum.links()) + " things, but there are " + there.names);
        }
    }

    /** Names that did not get all their times, modes or attributes. */
    NameSample undressed() {
        return undressed;
    }

    /** Counts all below a folder. */
    private static final class Count extends SimpleFileVisitor<Path> {
        private long names = -1; // the folder itself does not count

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes found) {
            names++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
            names++;
            return FileVisitResult.CONTINUE;
        }
    }
}
