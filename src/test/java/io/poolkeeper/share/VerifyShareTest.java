// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyShareTest {
    private static final String LIST = "shares/meetings/files.jsonl.gz";

    @TempDir
    private Path folder;

    private ShareLab lab;

    @BeforeEach
    void fillTheShare() {
        lab = new ShareLab(folder);
        lab.file("page.xml", "<page>".repeat(1000));
        var film = new byte[2_000_000];
        new Random(5).nextBytes(film);
        lab.file("f/film.wmv", film);
        lab.file("empty", "");
    }

    @Test
    void provesAWholeSet() {
        var judged = lab.verify(lab.full());

        assertThat(judged.damages()).isEmpty();
        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
    }

    @Test
    void provesAnIncrementThatHoldsNothingItself() {
        var full = lab.full();

        assertThat(lab.verify(lab.since(full)).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void namesTheArtefactInWhichAByteWasFlipped() throws IOException {
        var full = lab.full();
        for (var artefact : full.output().artefacts()) {
            var file = lab.artefact(full, artefact.path());
            var whole = Files.readAllBytes(file);
            flip(file, whole.length / 2);

            var judged = lab.verify(full);

            assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(judged.damages()).extracting(Damage::file).containsExactly(artefact.path());
            Files.write(file, whole);
        }
        assertThat(lab.verify(full).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void namesTheFileWhoseBytesAreWrongEvenIfAllHashesWereMadeAgain() throws IOException {
        var full = lab.full();
        var segment = lab.artefact(full, "shares/meetings/full-0001.zip");

        flip(segment, (int) Files.size(segment) / 2);

        assertThat(contentOf(full))
                .isNotEmpty()
                .allSatisfy(damage -> assertThat(damage.file()).isEqualTo("shares/meetings/full-0001.zip"));
    }

    @Test
    void findsASegmentThatWasCutOff() throws IOException {
        var full = lab.full();
        var segment = lab.artefact(full, "shares/meetings/full-0001.zip");
        Files.write(segment, java.util.Arrays.copyOf(Files.readAllBytes(segment), 1000));

        assertThat(contentOf(full)).anyMatch(damage -> damage.what().contains("does not end as a ZIP file ends"));
    }

    @Test
    void findsASegmentThatIsMissing() throws IOException {
        var full = lab.full();
        Files.delete(lab.artefact(full, "shares/meetings/full-0001.zip"));

        assertThat(lab.verify(full).damages())
                .anyMatch(damage ->
                        damage.file().endsWith("full-0001.zip") && damage.what().equals("is missing"));
    }

    @Test
    void findsThatAnEarlierSetIsGone() throws IOException {
        var full = lab.full();
        var incremental = lab.since(full);
        io.poolkeeper.set.Disk.delete(lab.vault.set(full.set()));

        var judged = lab.verify(incremental);

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judged.damages()).anyMatch(damage -> damage.what().contains("set-1 is missing"));
    }

    @Test
    void findsALineThatIsTooFew() throws IOException {
        var full = lab.full();
        rewriteList(
                full,
                text -> text.lines()
                        .filter(line -> !line.contains("page.xml"))
                        .reduce("", (all, line) -> all + line + "\n"));

        assertThat(contentOf(full))
                .anyMatch(damage -> damage.what().equals("page.xml is in the segment, but not in the list"))
                .anyMatch(damage -> damage.what().contains("does not amount to what was recorded"));
    }

    @Test
    void findsALineThatLeadsOutOfTheShare() throws IOException {
        var full = lab.full();
        rewriteList(full, text -> text.replace("\"path\":\"page.xml\"", "\"path\":\"../page.xml\""));

        assertThat(contentOf(full))
                .singleElement()
                .satisfies(
                        damage -> assertThat(damage.what()).contains("files.jsonl.gz:5", "not a plain relative path"));
    }

    @Test
    void findsLinesThatAreOutOfOrder() throws IOException {
        var full = lab.full();
        rewriteList(full, text -> text.replace("\"path\":\"page.xml\"", "\"path\":\"a.xml\""));

        assertThat(contentOf(full)).anyMatch(damage -> damage.what().contains("order of its paths"));
    }

    @Test
    void findsAListThatIsCutOff() throws IOException {
        var full = lab.full();
        var list = lab.artefact(full, LIST);
        Files.write(list, java.util.Arrays.copyOf(Files.readAllBytes(list), 100));

        assertThat(contentOf(full))
                .singleElement()
                .satisfies(damage -> assertThat(damage.file()).isEqualTo(LIST));
    }

    /** The deeper look alone, as if somebody had recomputed every hash above it. */
    private List<Damage> contentOf(ShareLab.Taken taken) throws IOException {
        var manifest = lab.vault.manifest(taken.set());
        var part = manifest.part(ShareLab.PART).orElseThrow();
        var artefacts = part.artefacts().stream()
                .map(artefact -> rehash(taken, artefact))
                .toList();
        var other = new Manifest.Part(
                part.part(),
                part.kind(),
                part.role(),
                part.disposition(),
                part.reason(),
                part.method(),
                part.outcome(),
                part.cause(),
                part.hint(),
                part.level(),
                part.base(),
                artefacts,
                part.started(),
                part.finished(),
                part.tools(),
                part.recorded(),
                part.dependsOn());
        var work = new TestWork(lab.vault.folder(), folder.resolve("none"), folder.resolve("none"));
        var stored = new StoredPart(lab.vault, lab.vault.set(taken.set()), manifest, other);
        return new ShareCheck(stored, work).check().damages();
    }

    private Artefact rehash(ShareLab.Taken taken, Artefact artefact) {
        try {
            var file = lab.artefact(taken, artefact.path());
            return new Artefact(artefact.path(), Files.size(file), Hashes.sha256(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void rewriteList(ShareLab.Taken taken, UnaryOperator<String> edit) throws IOException {
        var list = lab.artefact(taken, LIST);
        String text;
        try (var in = new GZIPInputStream(Files.newInputStream(list))) {
            text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        try (var out = new GZIPOutputStream(Files.newOutputStream(list))) {
            out.write(edit.apply(text).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void flip(Path file, int position) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[position] ^= 1;
        Files.write(file, bytes);
    }
}
