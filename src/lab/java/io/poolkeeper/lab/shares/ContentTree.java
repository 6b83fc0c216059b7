// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A large tree of files for measurements: written as it is decided, so that it may have millions of them. */
public final class ContentTree {
    private static final int FILES_A_FOLDER = 50;
    private static final int FOLDERS_A_CONFERENCE = 40;
    private static final int MEDIA_ONE_IN = 500;

    /** What the files are like. */
    public enum Kind {
        /** Meeting content: 70 % small XML and CSS files, 30 % images, one large recording in 500 files. */
        MEETING,
        /** XML and CSS alone, which all has to be compressed. */
        TEXT,
        /** Text files of 100 to 600 bytes, whatever size was asked for. */
        SMALL
    }

    private final Kind kind;
    private final int files;
    private final long size;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Bytes bytes = new Bytes();

    /**
     * Decides what it will be like.
     *
     * @param size of all files together, in bytes
     */
    public ContentTree(Kind kind, int files, long size) {
        this.kind = kind;
        this.files = files;
        this.size = size;
    }

    /**
     * Writes the tree into a folder that is made.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path root) throws IOException {
        var folder = root;
        for (var i = 0; i < files; i++) {
            if (i % FILES_A_FOLDER == 0) {
                var number = i / FILES_A_FOLDER;
                folder = Files.createDirectories(root.resolve(
                        "%05d/%02d".formatted(number / FOLDERS_A_CONFERENCE, number % FOLDERS_A_CONFERENCE)));
            }
            write(folder, i);
        }
    }

    private void write(Path folder, int i) throws IOException {
        var text = isText(i);
        var name = "item%07d.%s".formatted(i, text ? i % 2 == 0 ? "xml" : "css" : isMedia(i) ? "wmv" : "png");
        var content = bytes.of(size(i), text, random.nextLong());
        try (var channel = FileChannel.open(folder.resolve(name), CREATE_NEW, WRITE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
    }

    private boolean isMedia(int i) {
        return kind == Kind.MEETING && i % MEDIA_ONE_IN == 0;
    }

    private boolean isText(int i) {
        return kind != Kind.MEETING || (!isMedia(i) && i % 10 >= 3);
    }

    /** Sizes spread evenly around a mean; text is 13 % of meeting content, recordings a third of the rest. */
    private int size(int i) {
        if (kind == Kind.SMALL) {
            return 100 + random.nextInt(500);
        }
        if (kind == Kind.TEXT) {
            return around(size / files);
        }
        var media = Math.max(1, files / MEDIA_ONE_IN);
        if (isMedia(i)) {
            return around(size * 29 / 100 / media);
        }
        return isText(i) ? around(size * 13 / 100 / (files * 7L / 10)) : around(size * 58 / 100 / (files * 3L / 10));
    }

    private int around(long mean) {
        return Math.toIntExact(mean / 2 + random.nextLong(mean + 1));
    }
}
