// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.share.Findings.Finding;
import io.poolkeeper.share.Recount.Seen;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Restores the state of a share in three passes over its list: folders and files; links, and the folders' times from the
 * bottom up; and a look at all that lies there then. Used once, by one thread.
 */
final class ShareRestore {
    private static final int WINDOW = 64;

    private final StoredPart stored;
    private final Sandbox sandbox;
    private final Work work;
    private final Recorded recorded;
    private final @Nullable String pattern;
    private Selection selection;
    private final StoredSegments segments;
    private final Findings findings = new Findings();
    private final NameSample unreadable = new NameSample();
    private final LongAdder bytes = new LongAdder();

    /**
     * Prepares.
     *
     * @param pattern what of it is wanted, see {@link Selection#matching}; null for all
     * @throws MalformedDocument if the manifest does not say what was recorded
     */
    ShareRestore(StoredPart stored, @Nullable String pattern, Sandbox sandbox, Work work) {
        this.stored = stored;
        this.sandbox = sandbox;
        this.work = work;
        this.recorded = Recorded.of(stored.part());
        this.pattern = pattern;
        this.selection = Selection.all(recorded.tree());
        this.segments = new StoredSegments(stored.vault(), stored.part().part());
    }

    /**
     * Restores.
     *
     * @return what came of it; its place is still to be said
     * @throws IOException if the list cannot be read
     */
    Judged run() throws IOException {
        var path = FileList.path(stored.part().part());
        var warnings = new ArrayList<String>();
        try (var crew = new Crew("restore-" + stored.part().part().name())) {
            var list = FileList.checked(stored.setFolder(), stored.part());
            if (pattern != null) {
                selection = Selection.matching(list, pattern);
                if (selection.isEmpty()) {
                    return nothing();
                }
            }
            files(list, crew);
            finish(list);
            if (findings.isEmpty()) {
                recount(list, path, crew, warnings);
            }
        } catch (MalformedDocument e) {
            findings.damage(path, e.getMessage());
        } catch (java.nio.file.NoSuchFileException e) {
            findings.damage(path, "is missing");
        }
        if (unreadable.count() > 0) {
            warnings.add(unreadable.count() + " could not be read at capture and are not restored: " + unreadable);
        }
        return judged(warnings);
    }

    private void files(Path list, Crew crew) throws IOException {
        var folders = new FolderStack(left -> {});
        try (var open = new OpenSegments(segments::file)) {
            var unpacker =
                    new Unpacker(sandbox, segments, open, stored.manifest().set(), count -> {
                        bytes.add(count);
                        crew.checkStopped();
                    });
            var results = new InOrder<List<Finding>>(crew, WINDOW, findings::addAll, this::tell);
            var batches = new LineBatches(batch -> results.start(() -> unpacker.restore(batch)));
            each(list, line -> {
                if (!folders.enter(line)) {
                    findings.damage(line.path(), "is in the list, but not the folder that it lies in");
                } else if (line.is(NodeType.FILE)) {
                    batches.add(line);
                } else if (line.is(NodeType.FOLDER)) {
                    folder(line);
                } else if (line.is(NodeType.UNREADABLE)) {
                    unreadable.add(line.path());
                }
            });
            batches.flush();
            results.finish();
        }
    }

    private void folder(FileLine line) {
        try {
            sandbox.folder(line.path());
        } catch (IOException e) {
            findings.add(new Finding(line.path(), "cannot be restored here: " + Faults.text(e), false));
        }
    }

    /** Links come after all files, so that nothing can be written through one. */
    private void finish(Path list) throws IOException {
        var folders = new FolderStack(folder -> dress(folder));
        each(list, line -> {
            if (folders.enter(line) && line.is(NodeType.LINK)) {
                link(line);
            }
        });
        folders.finish();
        sandbox.tidy();
    }

    private void link(FileLine line) {
        try {
            var target = sandbox.root()
                    .getFileSystem()
                    .getPath(String.valueOf(line.facts().target()));
            Files.createSymbolicLink(sandbox.clear(line.path()), target);
            dress(line);
        } catch (IOException | UnsupportedOperationException | java.nio.file.InvalidPathException e) {
            findings.add(new Finding(line.path(), "cannot be restored here: " + Faults.text(e), false));
        }
    }

    private void dress(FileLine line) {
        try {
            Attributes.set(sandbox.at(line.path()), line.facts());
        } catch (IOException e) {
            findings.add(new Finding(line.path(), Faults.text(e), false));
        }
    }

    private void recount(Path list, String path, Crew crew, List<String> warnings) throws IOException {
        var recount = new Recount(sandbox, count -> {
            bytes.add(count);
            crew.checkStopped();
        });
        var results = new InOrder<List<Seen>>(
                crew, WINDOW, batch -> batch.forEach(seen -> recount.add(seen, findings)), this::tell);
        var batches = new LineBatches(batch -> results.start(() -> recount.look(batch)));
        each(list, line -> {
            if (!line.is(NodeType.UNREADABLE)) {
                batches.add(line);
            }
        });
        batches.flush();
        results.finish();
        recount.conclude(selection.tree(), path, findings);
        if (recount.undressed().count() > 0) {
            warnings.add(recount.undressed().count() + " did not keep their time, mode or attributes here: "
                    + recount.undressed());
        }
    }

    private void each(Path list, java.util.function.Consumer<FileLine> action) throws IOException {
        try (var reader = new FileListReader(list)) {
            for (var line = reader.next(); line != null; line = reader.next()) {
                tell();
                if (selection.takes(line)) {
                    action.accept(line);
                }
            }
        }
    }

    private Judged nothing() {
        return new Judged(
                Verdict.UNKNOWN,
                Depth.RESTORED,
                List.of(),
                "nothing in it fits '" + pattern
                        + "'. Paths are relative to the share, with slashes; ** crosses folders",
                0,
                null);
    }

    private Judged judged(List<String> warnings) {
        var damages = findings.damages();
        var verdict =
                !damages.isEmpty() ? Verdict.SUSPECT : findings.doubt() != null ? Verdict.UNKNOWN : Verdict.PROVEN;
        return new Judged(
                verdict,
                Depth.RESTORED,
                damages,
                findings.doubt(),
                selection.tree().bytes(),
                null,
                warnings);
    }

    /** Each byte is written once and read once. */
    private void tell() {
        work.checkCancelled();
        work.progress(bytes.sum(), 2 * selection.tree().bytes(), "bytes");
    }
}
