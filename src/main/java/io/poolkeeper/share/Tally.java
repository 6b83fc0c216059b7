// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of each name, in the order of the list. Not thread-safe. */
final class Tally {
    private final TreeDigest tree = new TreeDigest();
    private final NameSample unreadable = new NameSample();
    private final NameSample vanished = new NameSample();
    private final NameSample unsteady = new NameSample();
    private final NameSample copyFailed = new NameSample();
    private final NameSample undescribed = new NameSample();
    private @Nullable String rootSddl;
    private long streams;
    private long linked;
    private long sparse;
    private long read;
    private long readBytes;
    private long stored;
    private long unchanged;
    private long copied;
    private long copiedStored;

    void add(Taken taken) {
        var line = taken.line();
        tree.line(line);
        extras(line);
        if (taken.wasRead()) {
            read++;
            readBytes += line.facts().size();
        }
        if (taken.copyFailed()) {
            copyFailed.add(line.path());
        }
        switch (taken.how()) {
            case UNCHANGED -> unchanged++;
            case STORED -> stored++;
            case UNSTEADY -> unsteady.add(line.path());
            case DEFLATED -> {}
            case DEFLATED_COPY -> copied++;
            case STORED_COPY -> {
                copied++;
                copiedStored++;
            }
            case LISTED -> listed(line);
        }
    }

    private void extras(FileLine line) {
        var extras = line.extras();
        if (extras.refused() != null) {
            undescribed.add(line.path() + " (" + extras.refused() + ")");
        }
        streams += extras.streams();
        linked += extras.links() > 1 ? 1 : 0;
        sparse += extras.sparse() ? 1 : 0;
    }

    /** Takes note of the owner and access list of the share itself. */
    void root(Extras extras) {
        rootSddl = extras.sddl();
        if (extras.refused() != null) {
            undescribed.add("the share itself (" + extras.refused() + ")");
        }
    }

    private void listed(FileLine line) {
        if (line.is(NodeType.GONE)) {
            vanished.add(line.path());
        } else if (line.is(NodeType.UNREADABLE)) {
            unreadable.add(line.path() + " (" + line.facts().problem() + ")");
        }
    }

    /** Whether files could be seen, but not one read. */
    boolean nothingReadable() {
        return unreadable.count() > 0 && read + unchanged + copied == 0;
    }

    /** What could not be read, in words. */
    String unreadable() {
        return unreadable.toString();
    }

    /** What somebody should read. */
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (unreadable.count() > 0) {
            warnings.add(unreadable.count() + " could not be read and are not in this set: " + unreadable);
        }
        if (unsteady.count() > 0) {
            warnings.add(unsteady.count() + " changed while they were read, twice, and may be torn: " + unsteady);
        }
        if (copyFailed.count() > 0) {
            warnings.add(copyFailed.count() + " were read again, because what the vault holds of them is damaged: "
                    + copyFailed + ". Verify the older sets");
        }
        if (undescribed.count() > 0) {
            warnings.add("the owner and access list of " + undescribed.count() + " could not be read: " + undescribed);
        }
        return warnings;
    }

    /**
     * The record for the manifest.
     *
     * @param written size of the segments in bytes
     */
    Recorded recorded(long written, long deleted, long excluded) {
        var sum = tree.sum();
        return new Recorded(
                sum.files(),
                sum.folders(),
                sum.links(),
                sum.bytes(),
                sum.sha256(),
                read,
                readBytes,
                stored,
                written,
                unchanged,
                deleted,
                excluded,
                unreadable.count(),
                vanished.count(),
                vanished.first(),
                unsteady.count(),
                copied,
                copiedStored,
                undescribed.count(),
                streams,
                linked,
                sparse,
                rootSddl);
    }
}
