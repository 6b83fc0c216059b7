// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import io.poolkeeper.observed.WatchedFolder.Backup;
import io.poolkeeper.observed.WatchedFolder.Seen;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a backup's files, and one over all of them.
 *
 * @param files name to SHA-256, sorted by name
 * @param whole SHA-256 over hashes, sizes and names
 */
record Fingerprint(Map<String, String> files, String whole) {
    private static final int BUFFER = 1 << 16;

    /** Reads every file to its end. */
    static Fingerprint of(Backup backup, Work work) throws IOException {
        var hashes = new LinkedHashMap<String, String>();
        var text = new StringBuilder();
        var done = 0L;
        for (var file : backup.files()) {
            var hash = hash(file, done, backup.bytes(), work);
            done += file.size();
            hashes.put(file.name(), hash);
            text.append(hash)
                    .append(' ')
                    .append(file.size())
                    .append(' ')
                    .append(file.name())
                    .append('\n');
        }
        return new Fingerprint(hashes, Hashes.sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads no further than the file went when it was listed: one that grows would never end. */
    private static String hash(Seen file, long before, long total, Work work) throws IOException {
        var digest = Hashes.digest();
        var buffer = new byte[BUFFER];
        var done = before;
        try (var in = Files.newInputStream(file.path())) {
            for (var n = in.read(buffer); n >= 0 && done < before + file.size(); n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                done += n;
                work.progress(done, total, "bytes");
                work.checkCancelled();
            }
        }
        return Hashes.hex(digest.digest());
    }
}
