// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends up in the segments of a share, as other programs see it. */
class SegmentTest {
    @TempDir
    private Path folder;

    @Test
    void isAZipFileThatJavaReads() throws IOException {
        var lab = new ShareLab(folder);
        lab.file("a/Größe.xml", "<x/>");
        lab.file("empty", "");
        lab.file("CON", "reserved");

        var full = lab.full();

        var unzipped = new TreeMap<String, String>();
        for (var segment : segments(full)) {
            try (var zip = new ZipFile(lab.artefact(full, segment.path()).toFile())) {
                for (var entry : Collections.list(zip.entries())) {
                    var bytes = zip.getInputStream(entry).readAllBytes();
                    unzipped.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
        assertThat(unzipped)
                .containsExactlyInAnyOrderEntriesOf(Map.of("CON~2", "reserved", "a/Größe.xml", "<x/>", "empty", ""));
    }

    @Test
    void closesAtTheMostEntries() {
        var lab = new ShareLab(folder, new SegmentLimits(1_000_000, 10));
        for (var i = 0; i < 95; i++) {
            lab.file("f" + i, "file " + i);
        }

        var full = lab.full();

        assertThat(segments(full)).hasSizeGreaterThanOrEqualTo(10);
        assertThat(segments(full)).allSatisfy(segment -> {
            try (var zip = new ZipFile(lab.artefact(full, segment.path()).toFile())) {
                assertThat(zip.size()).isBetween(1, 10);
            }
        });
        assertThat(lab.verify(full).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void cutsAFileThatIsLargerThanASegment() throws IOException {
        var lab = new ShareLab(folder, new SegmentLimits(3_000_000, 100));
        var film = new byte[10_000_000];
        new Random(3).nextBytes(film);
        lab.file("film.wmv", film);
        lab.file("zeros", new byte[10_000_000]);
        lab.file("z", "small");

        var full = lab.full();

        assertThat(lab.lines(full).get(0)).contains("\"more\":[");
        assertThat(lab.verify(full).damages()).isEmpty();
        var restored = lab.restore(full, folder.resolve("back"));
        assertThat(restored.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(Files.readAllBytes(folder.resolve("back/film.wmv"))).isEqualTo(film);
        assertThat(segments(full))
                .allSatisfy(segment -> assertThat(segment.size()).isLessThan(4_100_000));
    }

    @ParameterizedTest
    @CsvSource({
        "unzip, unzip, -v, -t, unzip",
        "7zip, 7z, i, t, p7zip-full",
        "bsdtar, bsdtar, --version, -xOf, libarchive-tools"
    })
    void isAcceptedByOtherPrograms(String name, String program, String works, String test, String debian)
            throws IOException, InterruptedException {
        Needed.works(name, "apt-get install " + debian, program, works);
        var lab = new ShareLab(folder, new SegmentLimits(3_000_000, 100));
        var random = new byte[7_000_000];
        new Random(4).nextBytes(random);
        lab.file("large and random", random);
        lab.file("large and even", new byte[9_000_000]);
        lab.file("日本/ä?.txt", "odd");
        lab.file("empty", "");
        lab.file("page.css", "a {color: red}\n".repeat(1000));

        for (var segment : segments(lab.full())) {
            var file = folder.resolve("vault/lab/set-1").resolve(segment.path());
            var tested = new ProcessBuilder(program, test, file.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = tested.getInputStream().readAllBytes();
            assertThat(tested.waitFor())
                    .as(() -> new String(said, StandardCharsets.UTF_8))
                    .isZero();
        }
    }

    private static List<Artefact> segments(ShareLab.Taken taken) {
        return taken.output().artefacts().stream()
                .filter(artefact -> artefact.path().endsWith(".zip"))
                .toList();
    }
}
