// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share that is restored over what is there. */
class OverwrittenShareTest {
    @TempDir
    private Path folder;

    private ShareLab lab;
    private ShareLab.Taken full;

    @BeforeEach
    void captureAShare() {
        lab = new ShareLab(folder);
        lab.file("a/slides.ppt", "as they were");
        lab.file("a/agenda.xml", "<agenda/>");
        lab.file("b/notes.txt", "notes");
        full = lab.full();
    }

    @Test
    void replacesFilesOfTheSameNamesAndLeavesTheOthers() throws IOException {
        lab.file("a/slides.ppt", "encrypted!");
        lab.file("a/new.txt", "made since");
        Files.delete(lab.share.resolve("b/notes.txt"));

        var judged = lab.overwrite(full, lab.share, null);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(lab.share.resolve("a/slides.ppt")).hasContent("as they were");
        assertThat(lab.share.resolve("b/notes.txt")).hasContent("notes");
        assertThat(lab.share.resolve("a/new.txt")).hasContent("made since");
        try (var names = Files.list(lab.share)) {
            assertThat(names.map(name -> name.getFileName().toString())).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void touchesOnlyWhatFitsAPattern() {
        lab.file("a/slides.ppt", "new slides");
        lab.file("a/agenda.xml", "<new/>");

        lab.overwrite(full, lab.share, "**.xml");

        assertThat(lab.share.resolve("a/slides.ppt")).hasContent("new slides");
        assertThat(lab.share.resolve("a/agenda.xml")).hasContent("<agenda/>");
    }

    @Test
    void neverWritesThroughALinkThatLeadsOutOfTheFolder() throws IOException {
        var outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("slides.ppt"), "not ours");
        var target = Files.createDirectories(folder.resolve("target"));
        Files.createSymbolicLink(target.resolve("a"), outside);

        var judged = lab.overwrite(full, target, null);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(outside.resolve("slides.ppt")).hasContent("not ours");
        assertThat(Files.isDirectory(target.resolve("a"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(target.resolve("a/slides.ppt")).hasContent("as they were");
    }

    @Test
    void leavesTheOldFileWhereTheSetIsDamaged() throws IOException {
        lab.file("a/slides.ppt", "the one that is there");
        damageEverySegment();

        var judged = lab.overwrite(full, lab.share, "a/slides.ppt");

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(lab.share.resolve("a/slides.ppt")).hasContent("the one that is there");
    }

    /** Which writer took which file depends on the machine: a segment each, or one segment for both. */
    private void damageEverySegment() throws IOException {
        var segments = full.output().artefacts().stream()
                .map(artefact -> artefact.path())
                .filter(path -> path.endsWith(".zip"))
                .toList();
        assertThat(segments).isNotEmpty();
        for (var path : segments) {
            var segment = lab.artefact(full, path);
            var bytes = Files.readAllBytes(segment);
            for (var i = 30; i < bytes.length / 2; i++) {
                bytes[i] ^= 1;
            }
            Files.write(segment, bytes);
        }
    }

    @Test
    void doesNotDeleteAFolderThatHasTheNameOfAFile() throws IOException {
        var target = folder.resolve("target");
        Files.createDirectories(target.resolve("b/notes.txt"));
        Files.writeString(target.resolve("b/notes.txt/inside"), "keep me");

        var judged = lab.overwrite(full, target, null);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("b/notes.txt", "cannot be restored here");
        assertThat(target.resolve("b/notes.txt/inside")).hasContent("keep me");
    }

    @Test
    void isRefusedWhereAFolderHoldsSomethingAndNobodySaidOverwrite() {
        assertThatThrownBy(() -> lab.restore(full, lab.share))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("is not empty");
        assertThat(lab.share.resolve("a/slides.ppt")).hasContent("as they were");
    }

    @Test
    void saysBeforehandWhatWouldBeReplaced() throws IOException {
        Files.delete(lab.share.resolve("b/notes.txt"));
        var manifest = lab.vault.manifest(full.set());
        var part = manifest.part(ShareLab.PART).orElseThrow();
        var stored = new StoredPart(lab.vault, lab.vault.set(full.set()), manifest, part);

        var all = SharePreview.of(stored, SharePreview.inPlace(lab.site, ShareLab.PART), null);

        assertThat(all.where()).isEqualTo(lab.share);
        assertThat(all.lost()).contains("2 files in " + lab.share, "a/agenda.xml", "a/slides.ppt");
        assertThat(all.empty()).isFalse();
        assertThat(SharePreview.of(stored, lab.share, "b/**").lost()).isNull();
        assertThat(SharePreview.of(stored, folder.resolve("new"), null))
                .isEqualTo(new SharePreview(folder.resolve("new"), null, true));
    }
}
