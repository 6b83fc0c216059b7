// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.ShareRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What lies in one folder of a share.
 *
 * @param files to be written
 * @param emptyFolders relative to the share's folder, with slashes
 */
record SharePlan(List<PlannedFile> files, List<String> emptyFolders) {
    private static final Instant BEGIN = Instant.parse("2009-11-02T07:00:00Z");
    private static final int MEDIA_EVERY = 5;
    private static final List<String> FOLDERS = List.of("slides", "Anhänge", "資料", "Опросы", "chat log");
    /** Longer than the 260 characters of MAX_PATH, each name within the 255 bytes of Linux. */
    private static final String LONG_FOLDER =
            ("deep/" + "a folder whose name is as long as some people make them/").repeat(6);

    /**
     * Decides what lies in one folder.
     *
     * @param name tells the folders of a share apart
     * @param count of files
     * @param bytes they have together
     */
    static SharePlan of(OcsSite site, ShareRole role, String name, int count, long bytes) {
        var random = site.seeded().random("share " + name);
        var sizes = Sizes.of(random, count, bytes, MEDIA_EVERY);
        var files = new ArrayList<PlannedFile>(count);
        for (var i = 0; i < count; i++) {
            var text = i % MEDIA_EVERY != 0;
            var path = path(site, role, random, i, text);
            var modified = BEGIN.plusMillis(random.nextLong(30_000_000_000L));
            files.add(new PlannedFile(
                    path, sizes[i], text, modified, site.seeded().hash(name + "/" + path)));
        }
        return new SharePlan(files, List.of("empty", "leer/ノート/пусто", folder(site, 0) + "/no uploads yet"));
    }

    private static String path(OcsSite site, ShareRole role, SplittableRandom random, int i, boolean text) {
        return switch (i) {
            case 1 -> "empty file." + role.textSuffix();
            case 2 -> LONG_FOLDER + "lång väg till Ωμέγα." + role.textSuffix();
            default ->
                "%s/%s/%s%05d.%s"
                        .formatted(
                                folder(site, i),
                                FOLDERS.get(random.nextInt(FOLDERS.size())),
                                text ? "item" : "media",
                                i,
                                text ? role.textSuffix() : role.mediaSuffix());
        };
    }

    private static String folder(OcsSite site, int i) {
        return site.conferences().get(i / 10 % site.conferences().size()).folder();
    }
}
