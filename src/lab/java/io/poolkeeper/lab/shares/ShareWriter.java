// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Share;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;

/** Writes one share. Different shares may be written by different threads at once. */
public final class ShareWriter {
    private final OcsSite site;
    private final Path lab;

    /**
     * Prepares for writing.
     *
     * @param lab the lab's folder; the shares' folders are relative to it
     */
    public ShareWriter(OcsSite site, Path lab) {
        this.site = site;
        this.lab = lab;
    }

    /**
     * Writes all folders of the share; together they have the files and bytes of the scale.
     *
     * @throws IOException if they cannot be written, or if this Java cannot write names in other scripts
     */
    public void write(Share share) throws IOException {
        var encoding = System.getProperty("sun.jnu.encoding");
        if (!"UTF-8".equalsIgnoreCase(encoding)) {
            throw new IOException("the lab's files have names in several scripts, and this Java writes names in "
                    + encoding + ". HINT: set LC_ALL=C.UTF-8 and start again");
        }
        var folders = share.folders();
        var files = site.scale().files() / folders.size();
        var bytes = site.scale().shareBytes() / folders.size();
        for (var folder : folders) {
            var name = folder.getFileName().toString();
            write(lab.resolve(folder), SharePlan.of(site, share.role(), name, files, bytes));
        }
    }

    private static void write(Path folder, SharePlan plan) throws IOException {
        for (var empty : plan.emptyFolders()) {
            Files.createDirectories(folder.resolve(empty));
        }
        var made = new HashSet<Path>();
        var bytes = new Bytes();
        for (var file : plan.files()) {
            var path = folder.resolve(file.path());
            if (made.add(path.getParent())) {
                Files.createDirectories(path.getParent());
            }
            try (var channel = FileChannel.open(path, CREATE_NEW, WRITE)) {
                var content = bytes.of(file);
                while (content.hasRemaining()) {
                    channel.write(content);
                }
            }
            Files.setLastModifiedTime(path, FileTime.from(file.modified()));
        }
    }
}
