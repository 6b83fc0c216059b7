// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Work;
import java.nio.file.NoSuchFileException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One capture of one share: the walk, the base's list and the new list move on together. Used once, by one thread. */
final class Capture {
    /** Names that may wait for the one before them; some 20 MB. */
    private static final int WINDOW = 20_000;

    private static final int BLOCK = 1 << 20;

    private final FileTree tree;
    private final Base base;
    private final StoredSegments stored;
    private final Step step;
    private final Work work;
    private final long expectedBytes;
    private final Tally tally = new Tally();
    private final LongAdder bytes = new LongAdder();
    private final Dressing dressing;

    /**
     * Prepares.
     *
     * @param stored the segments that earlier sets hold
     * @param expectedBytes how large the share probably is, for the progress; 0 if nobody knows
     */
    Capture(FileTree tree, Base base, StoredSegments stored, Step step, Work work, long expectedBytes) {
        this.tree = tree;
        this.dressing = new Dressing(tree);
        this.base = base;
        this.stored = stored;
        this.step = step;
        this.work = work;
        this.expectedBytes = expectedBytes;
    }

    /**
     * What it left.
     *
     * @param artefacts the segments and the list
     */
    record Result(List<Artefact> artefacts, Recorded recorded, List<String> warnings) {}

    /**
     * Takes what the walk comes by.
     *
     * @throws io.poolkeeper.step.StepFault if the share goes away, nothing can be read, or the vault fails
     */
    Result take(Walk walk, ZoneId zone, SegmentLimits limits) {
        var folder = FileList.folder(step.part());
        var prefix = folder + "/" + base.level().word();
        try (var crew = new Crew("capture-" + step.part().name());
                var lanes = new Lanes(place(zone, limits, crew), work.attemptFolder(), prefix);
                var list = list(folder)) {
            walk(walk, crew, lanes, list);
            base.previous().finish();
            checkShare();
            tally.root(dressing.root());
            var artefacts = new ArrayList<>(lanes.finish());
            var written = artefacts.stream().mapToLong(Artefact::size).sum();
            artefacts.add(list.finish());
            var recorded = tally.recorded(written, base.previous().deleted(), walk.excluded());
            return new Result(artefacts, recorded, tally.warnings());
        }
    }

    private Lane.Place place(ZoneId zone, SegmentLimits limits, Crew crew) {
        return new Lane.Place(tree, step.requiredSet(), zone, limits, BLOCK, read -> {
            bytes.add(read);
            crew.checkStopped();
        });
    }

    private FileListWriter list(String folder) {
        var artefact = new ArtefactWriter(work.attemptFolder(), folder + "/" + FileList.FILE);
        return new FileListWriter(artefact, step.part().name(), step.requiredSet());
    }

    private void walk(Walk walk, Crew crew, Lanes lanes, FileListWriter list) {
        try (var held = new OpenSegments(stored::file);
                var leftover = Leftover.of(step, work)) {
            walk(walk, crew, list, new Sources(lanes, held, leftover));
        }
    }

    /** Where the bytes of a file can come from. */
    private record Sources(Lanes lanes, OpenSegments held, Leftover leftover) {}

    private void walk(Walk walk, Crew crew, FileListWriter list, Sources sources) {
        var results = new InOrder<Taken>(crew, WINDOW, taken -> write(taken, list), this::tell);
        for (var node = walk.next(); node != null; node = walk.next()) {
            work.checkCancelled();
            var file = node;
            var before = base.previous().at(file.path());
            if (!file.facts().is(NodeType.FILE)) {
                list(file, before, results);
                continue;
            }
            var unfinished = sources.leftover().at(file);
            if (unfinished != null) {
                results.start(() -> sources.lanes()
                        .copy(file, unfinished, dressing, sources.leftover().segments()));
            } else if (!isUnchanged(before, file)) {
                results.start(() -> sources.lanes().take(file));
            } else if (base.copies() && before != null) {
                results.start(() -> sources.lanes().copy(file, before, dressing, sources.held()));
            } else {
                list(file, before, results);
            }
        }
        results.finish();
    }

    /** Lists what has no bytes to be taken. */
    private void list(Node node, @Nullable FileLine before, InOrder<Taken> results) {
        if (dressing.isKnown(before, node)) {
            results.add(listed(node, before));
        } else {
            bytes.add(node.facts().size());
            results.start(() -> dressing.ask(node, before));
        }
    }

    private Taken listed(Node node, @Nullable FileLine before) {
        if (before != null && node.facts().is(NodeType.FILE)) {
            bytes.add(node.facts().size());
            return new Taken(before, Taken.How.UNCHANGED);
        }
        if (node.facts().is(NodeType.UNREADABLE)) {
            base.previous().unlisted(node.path());
        }
        var line = new FileLine(node.path(), node.facts(), null, Dressing.known(before, node));
        return new Taken(line, Taken.How.LISTED);
    }

    private boolean isUnchanged(@Nullable FileLine before, Node file) {
        return before != null && before.facts().sameContent(file.facts()) && stored.hold(before.held());
    }

    private void write(Taken taken, FileListWriter list) {
        tally.add(taken);
        if (!taken.line().is(NodeType.GONE)) {
            list.write(taken.line());
        }
        tell();
    }

    private void tell() {
        work.checkCancelled();
        var done = bytes.sum();
        work.progress(done, expectedBytes == 0 ? 0 : Math.max(done, expectedBytes), "bytes");
    }

    /** A share that was unmounted while it was read has lost files, too. */
    private void checkShare() {
        if (tree.look("").is(NodeType.GONE)) {
            throw Faults.root(tree.name(), new NoSuchFileException(tree.name()));
        }
        if (tally.nothingReadable()) {
            throw new PermanentFault(
                    tree.name() + ": nothing in it could be read: " + tally.unreadable(),
                    "give the account that runs Poolkeeper the right to read the share");
        }
    }
}
