// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What restoring a share would replace, looked up in the folder that it would fill; nothing is changed.
 *
 * @param where the folder
 * @param lost which files would be replaced; null if none would be
 * @param empty whether there is nothing at all in the folder
 */
public record SharePreview(Path where, @Nullable String lost, boolean empty) {
    /**
     * The folder that a share is restored to in place: the one that it was captured from.
     *
     * @throws io.poolkeeper.step.StepFault if it is reached in another way than by a folder
     */
    public static Path inPlace(Site site, PartId share) {
        return ShareFolders.find(site, share.name())
                .flatMap(ShareFolder::path)
                .orElseThrow(() -> new PermanentFault(
                        share + " has no folder here", "restore it into a folder with --to, and copy it from there"));
    }

    /**
     * Looks.
     *
     * @param where the folder that would be filled
     * @param path what of the share is wanted, see {@link Selection#matching}; null for all
     * @throws io.poolkeeper.schema.MalformedDocument if the list is damaged
     * @throws IOException if the list or the folder cannot be read
     */
    public static SharePreview of(StoredPart stored, Path where, @Nullable String path) throws IOException {
        var list = FileList.checked(stored.setFolder(), stored.part());
        var selection =
                path == null ? Selection.all(Recorded.of(stored.part()).tree()) : Selection.matching(list, path);
        var replaced = new NameSample();
        try (var reader = new FileListReader(list)) {
            for (var line = reader.next(); line != null; line = reader.next()) {
                var takesAName = line.is(NodeType.FILE) || line.is(NodeType.LINK);
                if (takesAName && selection.takes(line) && isThere(where, line)) {
                    replaced.add(line.path());
                }
            }
        }
        var lost = replaced.count() == 0 ? null : replaced.count() + " files in " + where + ": " + replaced;
        return new SharePreview(where, lost, isEmpty(where));
    }

    private static boolean isThere(Path where, FileLine line) throws IOException {
        return Files.exists(new Sandbox(where, true).at(line.path()), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var names = Files.list(folder)) {
            return names.findAny().isEmpty();
        }
    }
}
