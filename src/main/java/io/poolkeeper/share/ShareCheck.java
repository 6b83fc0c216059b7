// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.share.Findings.Finding;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Evidence of depth {@code content} for a share: the list is in order and amounts to what was recorded, each file of this
 * set unpacks to the bytes that the list says, each entry of its segments is in the list, and the other sets that the
 * list names are there. Used once, by one thread.
 */
final class ShareCheck {
    private static final int WINDOW = 64;

    private final StoredPart stored;
    private final StoredSegments segments;
    private final Work work;
    private final Set<String> artefacts;
    private final Findings findings = new Findings();
    private final LongAdder unpacked = new LongAdder();
    private final Recorded recorded;

    /**
     * Prepares.
     *
     * @throws MalformedDocument if the manifest does not say what was recorded
     */
    ShareCheck(StoredPart stored, Work work) {
        this.recorded = Recorded.of(stored.part());
        this.stored = stored;
        this.segments = new StoredSegments(stored.vault(), stored.part().part());
        this.work = work;
        this.artefacts =
                stored.part().artefacts().stream().map(Artefact::path).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Looks at everything. */
    PartCheck.Finding check() {
        var list = FileList.path(stored.part().part());
        if (!artefacts.contains(list)) {
            findings.damage(list, "is not among what was captured");
            return findings.finding();
        }
        try (var open = new OpenSegments(segments::file);
                var crew = new Crew("verify-" + stored.part().part().name())) {
            lines(list, open, crew);
            strangers(open);
        } catch (MalformedDocument e) {
            findings.damage(list, e.getMessage());
        } catch (IOException e) {
            findings.add(Finding.of(list, "the list", e));
        }
        return findings.finding();
    }

    private void lines(String list, OpenSegments open, Crew crew) throws IOException {
        var tree = new TreeDigest();
        var results = new InOrder<List<Finding>>(crew, WINDOW, findings::addAll, this::tell);
        var batches = new LineBatches(batch -> results.start(() -> read(batch, open, crew)));
        try (var reader = new FileListReader(stored.setFolder().resolve(list))) {
            for (var line = reader.next(); line != null; line = reader.next()) {
                tell();
                tree.line(line);
                if (line.is(NodeType.FILE) && isHere(line)) {
                    batches.add(line);
                }
            }
        }
        batches.flush();
        results.finish();
        if (!tree.sum().equals(recorded.tree())) {
            findings.damage(list, "does not amount to what was recorded at capture");
        }
    }

    /** Whether this set holds the file; if not, whether another does. */
    private boolean isHere(FileLine line) {
        var content = line.held();
        if (!content.set().equals(stored.manifest().set())) {
            if (!segments.hold(content)) {
                findings.damage(
                        segments.path(content.segments().get(0)),
                        "of set " + content.set() + " is missing, which holds " + line.path());
            }
            return false;
        }
        for (var segment : content.segments()) {
            if (!artefacts.contains(segments.path(segment))) {
                findings.damage(segments.path(segment), "is not in this set, but should hold " + line.path());
                return false;
            }
        }
        return true;
    }

    private List<Finding> read(List<FileLine> batch, OpenSegments open, Crew crew) {
        var found = new ArrayList<Finding>();
        try (var reader = new ContentReader(open)) {
            for (var line : batch) {
                try {
                    reader.read(line, (bytes, length) -> {
                        unpacked.add(length);
                        crew.checkStopped();
                    });
                } catch (IOException e) {
                    found.add(Finding.of(segments.path(reader.lastSegment()), line.path(), e));
                }
            }
        }
        return found;
    }

    /** Entries that no line of the list leads to. */
    private void strangers(OpenSegments open) throws IOException {
        for (var path : artefacts) {
            if (path.endsWith(".zip")) {
                try {
                    var segment = path.substring(path.lastIndexOf('/') + 1);
                    var stranger = open.get(stored.manifest().set(), segment).neverRead();
                    if (stranger != null) {
                        findings.damage(path, stranger + " is in the segment, but not in the list");
                    }
                } catch (IOException e) {
                    findings.add(Finding.of(path, "the segment", e));
                }
            }
        }
    }

    private void tell() {
        work.checkCancelled();
        work.progress(unpacked.sum(), recorded.readBytes(), "bytes");
    }
}
