// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Names;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a share lies in a set: the folder, the list in it, and the list's first line. */
final class FileList {
    /** The list's name in the share's folder. */
    static final String FILE = "files.jsonl.gz";

    /** What the first line says it is. */
    static final String SCHEMA = "poolkeeper/files";

    /** The shape of today's lines. */
    static final int VERSION = 1;

    private FileList() {}

    /** The folder of a share in every set, with forward slashes. */
    static String folder(PartId share) {
        return "shares/" + Names.encode(share.name());
    }

    /** The path of the list in every set. */
    static String path(PartId share) {
        return folder(share) + "/" + FILE;
    }

    /**
     * The list of a share in a set, if it is the one that was captured.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be read
     * @throws MalformedDocument if its bytes are others
     */
    static Path checked(Path setFolder, Manifest.Part part) throws IOException {
        var path = path(part.part());
        var recorded = part.artefacts().stream()
                .filter(artefact -> artefact.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new NoSuchFileException(path));
        var list = setFolder.resolve(path);
        if (!Hashes.sha256(list).equals(recorded.sha256())) {
            throw new MalformedDocument("its bytes are not those that were captured");
        }
        return list;
    }
}
