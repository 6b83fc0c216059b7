// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.lab.model.Share;
import io.poolkeeper.lab.model.ShareRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareWriterTest {
    private static final OcsSite SITE = OcsSite.of(2007, Edition.STANDARD, new Scale(0.05));

    @TempDir
    private Path lab;

    @Test
    void writesTheFilesAndBytesThatTheScaleAsksFor() throws IOException {
        new ShareWriter(SITE, lab).write(share(ShareRole.MEETING_CONTENT));

        var files = files(lab);
        assertThat(files).hasSize(SITE.scale().files());
        assertThat(files.stream().mapToLong(ShareWriterTest::size).sum())
                .isEqualTo(SITE.scale().shareBytes());
    }

    @Test
    void sharesThemOutBetweenTheTwoFoldersOfUpdates() throws IOException {
        new ShareWriter(SITE, lab).write(share(ShareRole.UPDATE_FILES));

        var webComponents = lab.resolve(SITE.installRoot()).resolve("Web Components");
        assertThat(files(webComponents.resolve("AutoUpdate")))
                .hasSize(SITE.scale().files() / 2);
        assertThat(files(webComponents.resolve("DeviceUpdateFiles")))
                .hasSize(SITE.scale().files() / 2);
    }

    @Test
    void writesTheSameBytesAndTimesEachTime(@TempDir Path other) throws IOException {
        new ShareWriter(SITE, lab).write(share(ShareRole.APPLICATION_DATA));
        new ShareWriter(SITE, other).write(share(ShareRole.APPLICATION_DATA));

        for (var file : files(lab)) {
            var twin = other.resolve(lab.relativize(file));
            assertThat(Files.mismatch(file, twin)).isEqualTo(-1);
            assertThat(Files.getLastModifiedTime(twin)).isEqualTo(Files.getLastModifiedTime(file));
        }
    }

    @Test
    void hasTheOddOnesThatBackupsStumbleOver() throws IOException {
        new ShareWriter(SITE, lab).write(share(ShareRole.MEETING_METADATA));

        var files = files(lab);
        assertThat(files).anyMatch(file -> size(file) == 0);
        assertThat(files).anyMatch(file -> lab.relativize(file).toString().length() > 300);
        assertThat(files).anyMatch(file -> !file.toString().matches("\\p{ASCII}*"));
        try (var folders = Files.walk(lab)) {
            assertThat(folders.filter(Files::isDirectory).filter(ShareWriterTest::empty))
                    .hasSize(3);
        }
    }

    @Test
    void mixesTextThatCompressesWithMediaThatDoesNot() throws IOException {
        new ShareWriter(SITE, lab).write(share(ShareRole.MEETING_CONTENT));

        for (var file : files(lab)) {
            if (file.toString().endsWith(".png")) {
                assertThat(compressed(file)).isGreaterThan(size(file));
            } else if (size(file) > 1_000) {
                assertThat(compressed(file)).isLessThan(size(file) / 2);
            }
        }
    }

    private static Share share(ShareRole role) {
        return SITE.shares().stream()
                .filter(share -> share.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean empty(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long compressed(Path file) throws IOException {
        var deflater = new Deflater();
        deflater.setInput(Files.readAllBytes(file));
        deflater.finish();
        var buffer = new byte[2 * (int) Files.size(file) + 100];
        var size = deflater.deflate(buffer);
        deflater.end();
        return size;
    }
}
