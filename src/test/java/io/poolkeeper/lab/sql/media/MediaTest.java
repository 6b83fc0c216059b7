// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 23, 2, 14);

    @TempDir
    Path folder;

    private static BackupSet set(int position, boolean checksums, boolean compressed) {
        var guid = UUID.randomUUID();
        return new BackupSet(
                new BackupSet.Identity(guid, SetType.FULL, position, "name", null, "sa"),
                new BackupSet.Origin("S", "M", 9, 0, 5000, "rtc", 611, NOW, guid, guid, "C", 90, "FULL", false),
                new BackupSet.Log(1, 2, 1, 0, 0, null, guid, guid, false),
                new BackupSet.Choices(checksums, false, compressed, false),
                List.of(new StoredFile(1, false, "rtc", "C:\\rtc.mdf", guid, 10, 10)),
                new BackupSet.Extent(false, 0, 0, NOW, null));
    }

    private Path write(boolean compressed, byte[]... contents) throws IOException {
        var path = folder.resolve("media.bak");
        var label = new MediaLabel(UUID.randomUUID(), UUID.randomUUID(), null, null, NOW, compressed);
        for (var i = 0; i < contents.length; i++) {
            try (var writer = i == 0 ? MediaWriter.format(path, label) : MediaWriter.append(path)) {
                var header = set(i + 1, true, compressed);
                writer.begin(header).write(contents[i]);
                writer.finish(header, contents[i].length, NOW);
            }
        }
        return path;
    }

    private static byte[] bytes(int length, int seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesBackWhatWasWritten(boolean compressed) throws IOException {
        var first = bytes(20_000, 1);
        var second = bytes(3, 2);
        try (var reader = MediaReader.open(write(compressed, first, second))) {
            assertThat(reader.sets()).hasSize(2);
            var sets = reader.sets();
            assertThat(sets.get(0).extent().contentBytes()).isEqualTo(20_000);
            assertThat(reader.content(sets.get(0), true).readNBytes(20_000)).isEqualTo(first);
            assertThat(reader.content(sets.get(1), true).readNBytes(3)).isEqualTo(second);
            assertThat(reader.set(3)).isEmpty();
        }
    }

    @Test
    void findsEveryFlippedBitOfEveryPage() throws IOException {
        var path = write(false, bytes(20_000, 1));
        var whole = Files.readAllBytes(path);
        for (var at = 2 * Blocks.SIZE; at < whole.length; at += 1_111) {
            var damaged = Arrays.copyOf(whole, whole.length);
            damaged[at] ^= 1;
            Files.write(path, damaged);
            try (var reader = MediaReader.open(path)) {
                var set = reader.sets().get(0);
                reader.checkExtent(set);
                assertThatThrownBy(() -> reader.checkPages(set, () -> {}))
                        .isInstanceOfSatisfying(
                                MediaFault.class, e -> assertThat(e.kind()).isEqualTo(MediaFault.Kind.DAMAGED_PAGE));
            }
        }
    }

    @Test
    void noticesPagesThatChangedPlaces() throws IOException {
        var path = write(false, bytes(30_000, 1));
        var whole = Files.readAllBytes(path);
        var swapped = Arrays.copyOf(whole, whole.length);
        System.arraycopy(whole, 2 * Blocks.SIZE, swapped, 3 * Blocks.SIZE, Blocks.SIZE);
        System.arraycopy(whole, 3 * Blocks.SIZE, swapped, 2 * Blocks.SIZE, Blocks.SIZE);
        Files.write(path, swapped);
        try (var reader = MediaReader.open(path)) {
            var set = reader.sets().get(0);
            assertThatThrownBy(() -> reader.checkPages(set, () -> {})).isInstanceOf(MediaFault.class);
        }
    }

    @Test
    void leavesASetIncompleteUntilItIsFinished() throws IOException {
        var path = write(false, bytes(10, 1));
        try (var writer = MediaWriter.append(path)) {
            writer.begin(set(2, true, false)).write(1);
        }
        try (var reader = MediaReader.open(path)) {
            assertThat(reader.sets()).hasSize(2);
            assertThatThrownBy(() -> reader.checkExtent(reader.sets().get(1)))
                    .isInstanceOfSatisfying(
                            MediaFault.class, e -> assertThat(e.kind()).isEqualTo(MediaFault.Kind.INCOMPLETE));
        }
    }

    @Test
    void refusesWhatIsNoMedia() throws IOException {
        var path = Files.write(folder.resolve("x"), bytes(20_000, 3));

        assertThatThrownBy(() -> MediaReader.open(path))
                .isInstanceOfSatisfying(
                        MediaFault.class, e -> assertThat(e.kind()).isEqualTo(MediaFault.Kind.MALFORMED));
    }
}
