// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Reads every file to its end. */
    public static MediaCheck of(Path setFolder, List<Artefact> artefacts, Work work) {
        var total = artefacts.stream().mapToLong(Artefact::size).sum();
        var damages = new ArrayList<Damage>();
        String unknown = null;
        var bytes = 0L;
        for (var artefact : artefacts) {
            var file = setFolder.resolve(artefact.path());
            try {
                var hash = hash(file, bytes, total, work);
                bytes += Files.size(file);
                if (!hash.equals(artefact.sha256())) {
                    damages.add(new Damage(
                            artefact.path(),
                            "its bytes are not those that were captured: SHA-256 is " + hash + ", recorded is "
                                    + artefact.sha256()));
                }
            } catch (NoSuchFileException e) {
                damages.add(new Damage(artefact.path(), "is missing"));
            } catch (IOException e) {
                unknown = artefact.path() + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage();
            }
        }
        return new MediaCheck(damages, unknown, bytes);
    }

    /** Whether nothing speaks against a deeper look. */
    public boolean good() {
        return damages.isEmpty() && unknown == null;
    }

    private static String hash(Path file, long before, long total, Work work) throws IOException {
        var digest = Hashes.digest();
        var buffer = new byte[BUFFER];
        var done = before;
        try (var in = Files.newInputStream(file)) {
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                done += n;
                work.progress(done, total, "bytes");
                work.checkCancelled();
            }
        }
        return Hashes.hex(digest.digest());
    }
}
