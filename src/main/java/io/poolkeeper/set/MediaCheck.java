// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of depth {@code media}: the bytes hash as recorded. A file that is missing, has another size or another hash is
 * damaged; one that is there and cannot be read is unknown.
 *
 * @param damages what is wrong, file by file
 * @param unknown why a file could not be read; null if all could
 * @param bytes how many bytes were read
 */
public record MediaCheck(List<Damage> damages, @Nullable String unknown, long bytes) {
    private static final int BUFFER = 1 << 16;

    /** Reads every file to its end, one per core at a time. */
    public static MediaCheck of(Path setFolder, List<Artefact> artefacts, Work work) {
        var progress =
                new Progress(work, artefacts.stream().mapToLong(Artefact::size).sum());
        var seen = artefacts.parallelStream()
                .map(artefact -> look(setFolder, artefact, progress))
                .toList();
        return new MediaCheck(
                seen.stream().map(Seen::damage).filter(Objects::nonNull).toList(),
                seen.stream()
                        .map(Seen::unknown)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                progress.done.sum());
    }

    private record Seen(@Nullable Damage damage, @Nullable String unknown) {}

    private static Seen look(Path setFolder, Artefact artefact, Progress progress) {
        try {
            var hash = hash(setFolder.resolve(artefact.path()), progress);
            return hash.equals(artefact.sha256())
                    ? new Seen(null, null)
                    : damage(
                            artefact,
                            "its bytes are not those that were captured: SHA-256 is " + hash + ", recorded is "
                                    + artefact.sha256());
        } catch (NoSuchFileException e) {
            return damage(artefact, "is missing");
        } catch (IOException e) {
            return new Seen(
                    null, artefact.path() + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private static Seen damage(Artefact artefact, String what) {
        return new Seen(new Damage(artefact.path(), what), null);
    }

    /** What all threads have read together. */
    private record Progress(Work work, long total, LongAdder done) {
        Progress(Work work, long total) {
            this(work, total, new LongAdder());
        }

        void read(int bytes) {
            done.add(bytes);
            work.progress(done.sum(), total, "bytes");
            work.checkCancelled();
        }
    }

    /** Whether nothing speaks against a deeper look. */
    public boolean good() {
        return damages.isEmpty() && unknown == null;
    }

    private static String hash(Path file, Progress progress) throws IOException {
        var digest = Hashes.digest();
        var buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(file)) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                progress.read(n);
            }
        }
        return Hashes.hex(digest.digest());
    }
}
