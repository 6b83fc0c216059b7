// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.set.ArtefactWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneTest {
    @TempDir
    private Path folder;

    @Test
    void readsAFileAgainThatChangedWhileItWasRead() throws IOException {
        var taken = take(new RestlessTree("first", "second", "second"), 100);

        assertThat(taken.how()).isNotEqualTo(Taken.How.UNSTEADY);
        assertThat(taken.line().facts().size()).isEqualTo(6);
        assertThat(unzipped("f")).isEqualTo("second");
    }

    @Test
    void saysSoWhenItChangesAllTheTime() throws IOException {
        var taken = take(new RestlessTree("first", "second", "the third"), 100);

        assertThat(taken.how()).isEqualTo(Taken.How.UNSTEADY);
        assertThat(unzipped("f")).isEqualTo("second");
    }

    @Test
    void listsOnlyTheLastOfTwoReadingsOfALargeFile() throws IOException {
        var taken = take(new RestlessTree("x".repeat(50), "y".repeat(60), "y".repeat(60)), 8);

        assertThat(taken.line().facts().size()).isEqualTo(60);
        try (var zip = new ZipFile(folder.resolve("full-0001.zip").toFile())) {
            assertThat(zip.size()).isEqualTo(1);
        }
        assertThat(unzipped("f")).isEqualTo("y".repeat(60));
    }

    @Test
    void takesWhatWasDeletedAfterItWasRead() throws IOException {
        var taken = take(new RestlessTree("first"), 100);

        assertThat(taken.how()).isNotEqualTo(Taken.How.UNSTEADY);
        assertThat(unzipped("f")).isEqualTo("first");
    }

    @Test
    void reportsAFileThatIsGoneBeforeItIsRead() throws IOException {
        var taken = take(new RestlessTree(), 100);

        assertThat(taken.line().is(NodeType.GONE)).isTrue();
        assertThat(folder.resolve("full-0001.zip")).doesNotExist();
    }

    @Test
    void reportsAFileThatBreaksOffWhileItIsRead() throws IOException {
        var tree = new RestlessTree("x".repeat(50), "x".repeat(50)) {
            @Override
            public OpenFile open(String path) throws IOException {
                var broken = InputStream.nullInputStream();
                broken.close();
                return opened(path, new SequenceInputStream(new ByteArrayInputStream(new byte[20]), broken));
            }
        };

        var taken = take(tree, 8);

        assertThat(taken.line().is(NodeType.UNREADABLE)).isTrue();
        assertThat(taken.line().facts().problem()).isEqualTo("Stream closed");
    }

    private Taken take(RestlessTree tree, int block) throws IOException {
        var place = new Lane.Place(tree, "set-1", ZoneOffset.UTC, SegmentLimits.STANDARD, block, read -> {});
        var roll = new SegmentRoll(() -> new SegmentWriter(
                new ArtefactWriter(folder, "full-0001.zip"), "full-0001.zip", SegmentLimits.STANDARD));
        try (var lane = new Lane(place, roll)) {
            var taken = lane.take(new Node("f", "f", tree.facts("first".length())));
            assertThat(lane.finish().size()).isEqualTo(taken.line().is(NodeType.FILE) ? 1 : 0);
            return taken;
        }
    }

    private String unzipped(String entry) throws IOException {
        try (var zip = new ZipFile(folder.resolve("full-0001.zip").toFile())) {
            return new String(
                    zip.getInputStream(zip.getEntry(entry)).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** One file whose content is another one after each reading; gone after the last. */
    private static class RestlessTree implements FileTree {
        private final Queue<String> contents;

        RestlessTree(String... contents) {
            this.contents = new ArrayDeque<>(List.of(contents));
        }

        Facts facts(int size) {
            return new Facts(NodeType.FILE, size, java.time.Instant.EPOCH, null, null, null, null, null);
        }

        @Override
        public Listing list(String path) {
            return new Listing(List.of("f"), java.util.Map.of());
        }

        @Override
        public Facts look(String path) {
            return contents.isEmpty() ? Facts.GONE : facts(contents.element().length());
        }

        @Override
        public OpenFile open(String path) throws IOException {
            var content = contents.poll();
            if (content == null) {
                throw new NoSuchFileException(path);
            }
            return opened(path, new ByteArrayInputStream(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }

        OpenFile opened(String path, InputStream bytes) {
            return new OpenFile() {
                @Override
                public InputStream bytes() {
                    return bytes;
                }

                @Override
                public Facts now() {
                    return look(path);
                }

                @Override
                public Extras extras() {
                    return Extras.NONE;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public boolean hasAccessLists() {
            return false;
        }

        @Override
        public Extras describe(String path) {
            return Extras.NONE;
        }

        @Override
        public String name() {
            return "restless";
        }

        @Override
        public void close() {}
    }
}
