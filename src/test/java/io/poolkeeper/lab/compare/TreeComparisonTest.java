// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.lab.model.Share;
import io.poolkeeper.lab.shares.ShareWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeComparisonTest {
    private static final OcsSite SITE = OcsSite.of(2007, Edition.ENTERPRISE, new Scale(0.01));
    private static final Share SHARE = SITE.shares().get(0);
    private static final String PART = "share:meeting-content";

    @TempDir
    private Path live;

    @TempDir
    private Path restored;

    @BeforeEach
    void write() throws IOException {
        new ShareWriter(SITE, live).write(SHARE);
        new ShareWriter(SITE, restored).write(SHARE);
    }

    @Test
    void findsNothingInTheSameTree() throws IOException {
        assertThat(compare()).isEmpty();
    }

    @Test
    void namesAChangedFileOnceWithBothHashes() throws IOException {
        var file = someFile(live);
        var time = Files.getLastModifiedTime(file);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);

        assertThat(compare()).singleElement().satisfies(difference -> {
            assertThat(difference.place()).isEqualTo(live.relativize(file).toString());
            assertThat(difference.live()).contains("sha256").isNotEqualTo(difference.restored());
        });
    }

    @Test
    void namesAFileThatLostItsTime() throws IOException {
        Files.setLastModifiedTime(someFile(restored), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(compare())
                .singleElement()
                .satisfies(difference -> assertThat(difference.restored()).isEqualTo("2020-01-01T00:00:00Z"));
    }

    @Test
    void namesMissingAndAdditionalFiles() throws IOException {
        Files.delete(someFile(restored));
        Files.writeString(restored.resolve("uninvited.txt"), "x");

        assertThat(compare())
                .hasSize(2)
                .anyMatch(difference -> difference.live().equals(Difference.ABSENT));
    }

    @Test
    void namesAMissingEmptyFolder() throws IOException {
        Files.delete(restored.resolve(SHARE.folders().get(0)).resolve("empty"));

        assertThat(compare())
                .singleElement()
                .satisfies(difference -> assertThat(difference.place()).endsWith("/empty/"));
    }

    private List<Difference> compare() throws IOException {
        return TreeComparison.compare(PART, live, restored);
    }

    private static Path someFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
