// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One SHA-256 over a whole share: {@code path NUL type NUL size NUL sha256 LF} for each name in the order of {@link
 * SharePath}, where a link's hash is that of its target and a folder has none. What is unreadable is left out. Not
 * thread-safe.
 */
final class TreeDigest {
    private final MessageDigest digest = Hashes.digest();
    private long files;
    private long folders;
    private long links;
    private long bytes;

    /** Adds a file. */
    void file(String path, long size, String sha256) {
        files++;
        bytes += size;
        add(path, NodeType.FILE, size, sha256);
    }

    /** Adds a folder. */
    void folder(String path) {
        folders++;
        add(path, NodeType.FOLDER, 0, "");
    }

    /** Adds a link. */
    void link(String path, String target) {
        links++;
        add(path, NodeType.LINK, 0, Hashes.sha256(target.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds what a list says. */
    void line(FileLine line) {
        switch (line.facts().type()) {
            case FILE -> file(line.path(), line.facts().size(), line.held().sha256());
            case FOLDER -> folder(line.path());
            case LINK -> link(line.path(), String.valueOf(line.facts().target()));
            case UNREADABLE, GONE -> {}
        }
    }

    private void add(String path, NodeType type, long size, String sha256) {
        var line = path + '\0' + type.word() + '\0' + size + '\0' + sha256 + '\n';
        digest.update(line.getBytes(StandardCharsets.UTF_8));
    }

    /** The sum of all that was added. */
    TreeSum sum() {
        return new TreeSum(files, folders, links, bytes, Hashes.hex(digest.digest()));
    }
}
