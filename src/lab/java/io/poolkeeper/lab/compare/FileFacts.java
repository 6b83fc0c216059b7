// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One file as it was found.
 *
 * @param file where it lies
 * @param size in bytes
 * @param modified compared by the 100 ns that NTFS keeps
 */
record FileFacts(Path file, long size, FileTime modified) {
    private static final int NTFS_UNIT_NS = 100;

    /** The difference between two files, of which one may be missing, or null. */
    static @Nullable Difference difference(
            String part, String path, @Nullable FileFacts live, @Nullable FileFacts restored) {
        if (live == null || restored == null) {
            return new Difference(part, path, text(live), text(restored));
        }
        try {
            if (live.size != restored.size || Files.mismatch(live.file, restored.file) >= 0) {
                return new Difference(part, path, live.content(), restored.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare " + path, e);
        }
        var sameTime = live.ntfsTime() == restored.ntfsTime();
        return sameTime ? null : new Difference(part, path, live.modified.toString(), restored.modified.toString());
    }

    private static String text(@Nullable FileFacts file) {
        return file == null ? Difference.ABSENT : "file of " + file.size + " bytes";
    }

    private String content() {
        return "%d bytes, sha256 %s".formatted(size, sha256());
    }

    private long ntfsTime() {
        return modified.to(TimeUnit.NANOSECONDS) / NTFS_UNIT_NS;
    }

    private String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
