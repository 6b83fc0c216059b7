// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the segments of one share lie, in whatever set. Remembers which there are. Thread-safe. */
final class StoredSegments {
    private final Vault vault;
    private final String folder;
    private final Map<Path, Boolean> known = new ConcurrentHashMap<>();

    StoredSegments(Vault vault, PartId share) {
        this.vault = vault;
        this.folder = FileList.folder(share);
    }

    /** A segment's path within its set. */
    String path(String segment) {
        return folder + "/" + segment;
    }

    /** Where a segment lies. */
    Path file(String set, String segment) {
        return vault.set(set).resolve(path(segment));
    }

    /** What to call a segment of a file in a finding about a set: with its own set, if that is another. */
    String where(FileLine.Content content, String segment, String set) {
        var path = path(segment);
        return content.set().equals(set) ? path : content.set() + "/" + path;
    }

    /** Whether all segments that hold a file are there. */
    boolean hold(FileLine.Content content) {
        return content.segments().stream()
                .allMatch(segment -> known.computeIfAbsent(file(content.set(), segment), Files::isRegularFile));
    }
}
