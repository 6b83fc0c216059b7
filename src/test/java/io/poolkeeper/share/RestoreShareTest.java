// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreShareTest {
    @TempDir
    private Path folder;

    private ShareLab lab;
    private Path back;

    @BeforeEach
    void openTheLab() {
        lab = new ShareLab(folder);
        back = folder.resolve("back");
    }

    @Test
    void bringsBackTheStateOfEachSet() throws IOException {
        lab.file("kept", "kept");
        lab.file("changed", "before");
        lab.file("deleted", "deleted");
        var full = lab.full();
        lab.file("changed", "afterwards");
        Files.delete(lab.share.resolve("deleted"));
        var incremental = lab.since(full);

        assertThat(lab.restore(full, back.resolve("1")).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(lab.restore(incremental, back.resolve("2")).verdict()).isEqualTo(Verdict.PROVEN);

        assertThat(back.resolve("1/changed")).hasContent("before");
        assertThat(back.resolve("1/deleted")).hasContent("deleted");
        assertThat(back.resolve("2/changed")).hasContent("afterwards");
        assertThat(back.resolve("2/kept")).hasContent("kept");
        assertThat(back.resolve("2/deleted")).doesNotExist();
    }

    @Test
    void bringsBackOnlyWhatFitsAPattern() throws IOException {
        lab.file("conf-1/slides/a.PPT", "a");
        lab.file("conf-1/notes.txt", "notes");
        lab.file("conf-2/slides/b.ppt", "b");
        Files.createDirectories(lab.share.resolve("conf-3"));
        var full = lab.full();
        lab.file("conf-2/slides/c.ppt", "c");
        var incremental = lab.since(full);

        assertThat(lab.restore(incremental, back.resolve("1"), "conf-1").verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(tree(back.resolve("1"))).containsExactly("conf-1/notes.txt", "conf-1/slides/a.PPT");

        assertThat(lab.restore(incremental, back.resolve("2"), "**.ppt").verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(tree(back.resolve("2")))
                .containsExactly("conf-1/slides/a.PPT", "conf-2/slides/b.ppt", "conf-2/slides/c.ppt");
        assertThat(back.resolve("2/conf-3")).doesNotExist();
    }

    @Test
    void saysThatNothingFits() {
        lab.file("a", "a");

        var judged = lab.restore(lab.full(), back, "b/**");

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("nothing in it fits 'b/**'");
    }

    /** The files below a folder, sorted. */
    private static List<String> tree(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void bringsBackTimesModesLinksAndEmptyFolders() throws IOException {
        var time = FileTime.from(Instant.parse("2009-03-14T15:09:26.535897932Z"));
        var file = lab.file("closed/file", "x");
        Files.createDirectories(lab.share.resolve("closed/empty"));
        Files.createSymbolicLink(lab.share.resolve("link"), Path.of("nowhere/at all"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        Files.setLastModifiedTime(file, time);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("r-xr-x---"));
        Files.setLastModifiedTime(file.getParent(), time);

        var judged = lab.restore(lab.full(), back);

        assertThat(judged.warnings()).isEmpty();
        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.RESTORED);
        assertThat(judged.where()).isEqualTo(back.toString());
        assertThat(Files.getLastModifiedTime(back.resolve("closed"))).isEqualTo(time);
        assertThat(Files.getLastModifiedTime(back.resolve("closed/file"))).isEqualTo(time);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back.resolve("closed/file"))))
                .isEqualTo("r--r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back.resolve("closed"))))
                .isEqualTo("r-xr-x---");
        assertThat(back.resolve("closed/empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(back.resolve("link")).toString()).isEqualTo("nowhere/at all");
    }

    @Test
    void bringsBackNamesOfEveryKind() throws IOException {
        var deep = "a rather long name of a folder/".repeat(20) + "file";
        for (var name : new String[] {
            "READ.me", "read.me", "Größe", "日本語.txt", "aux.txt", "ends in a dot.", "what?", "\uD83D\uDE00", deep
        }) {
            lab.file(name, "this is " + name);
        }

        assertThat(lab.restore(lab.full(), back).damages()).isEmpty();

        assertThat(back.resolve("READ.me")).hasContent("this is READ.me");
        assertThat(back.resolve("read.me")).hasContent("this is read.me");
        assertThat(back.resolve(deep)).hasContent("this is " + deep);
        assertThat(back.resolve("ends in a dot.")).exists();
    }

    @Test
    void leavesNothingBehindAfterADrill() {
        lab.file("a/b", "x");

        var judged = lab.drill(lab.full());

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.where()).isNull();
        assertThat(folder.resolve("sandbox")).doesNotExist();
    }

    @Test
    void givesADamagedFileNoNameAndRestoresTheOthers() throws IOException {
        lab.file("bad", "bad ".repeat(100));
        var full = lab.full();
        lab.file("good", "good");
        var incremental = lab.since(full);
        var segment = lab.artefact(full, "shares/meetings/full-0001.zip");
        var bytes = Files.readAllBytes(segment);
        bytes[45] ^= 1;
        Files.write(segment, bytes);

        var judged = lab.restore(incremental, back);

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judged.damages()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo("set-1/shares/meetings/full-0001.zip");
            assertThat(damage.what()).startsWith("bad ");
        });
        assertThat(back.resolve("bad")).doesNotExist();
        assertThat(back.resolve("good")).hasContent("good");
        try (var left = Files.list(back)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void restoresNothingFromAListThatWasExchanged() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        Files.write(lab.artefact(full, FileList.path(ShareLab.PART)), new byte[10]);

        var judged = lab.restore(full, back);

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(back).isEmptyDirectory();
    }

    @Test
    void restoresNothingWhenTheLedgerKnowsOtherHashes() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        var manifest = lab.vault.set(full.set()).resolve("manifest.json");
        var sha = full.output().artefacts().get(0).sha256();
        Files.writeString(manifest, Files.readString(manifest).replace(sha, "0".repeat(64)));

        var judged = lab.restore(full, back);

        assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(judged.damages()).singleElement().asString().contains("ledger");
        assertThat(back).isEmptyDirectory();
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        Files.createDirectories(back);
        Files.writeString(back.resolve("precious"), "keep me");

        assertThatThrownBy(() -> lab.restore(full, back))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("not empty");
        assertThat(back.resolve("precious")).hasContent("keep me");
    }

    @Test
    void neverWritesThroughALinkOfTheList() throws IOException {
        var outside = Files.createDirectories(folder.resolve("outside"));
        lab.file("a/evil", "evil");
        var full = lab.full();
        var sandbox = new Sandbox(back);
        sandbox.prepare();
        var stack = new FolderStack(left -> {});
        var link = new Facts(NodeType.LINK, 0, Instant.EPOCH, null, null, null, outside.toString(), null);

        assertThat(stack.enter(new FileLine("a", link, null))).isTrue();
        assertThat(stack.enter(new FileLine("a/evil", link, null))).isFalse();
        assertThatThrownBy(() -> sandbox.at("../outside/evil")).isInstanceOf(IOException.class);
        assertThat(lab.restore(full, folder.resolve("other")).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void saysThatASetHoldsNothingOfTheShare() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        Disk.delete(lab.vault.set(full.set()));

        var judged = lab.restore(full, back);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).isNotNull();
    }

    @Test
    void noticesThatWhatLiesThereIsNotWhatWasRecorded() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        var sandbox = new Sandbox(back);
        sandbox.prepare();
        sandbox.tidy();
        Files.writeString(back.resolve("a"), "b");
        Files.writeString(back.resolve("stranger"), "b");
        var recount = new Recount(sandbox, read -> {});
        var findings = new Findings();
        try (var list = new FileListReader(lab.artefact(full, FileList.path(ShareLab.PART)))) {
            var line = list.next();
            assertThat(line).isNotNull();
            recount.look(java.util.List.of(line)).forEach(seen -> recount.add(seen, findings));
        }
        recount.conclude(full.recorded().tree(), "list", findings);

        assertThat(findings.damages())
                .extracting(io.poolkeeper.step.Output.Damage::what)
                .anySatisfy(what -> assertThat(what).contains("other bytes"));
        assertThat(findings.damages())
                .anySatisfy(damage -> assertThat(damage.what()).contains("there are 2"));
    }

    @Test
    void hashesAreThoseOfTheBytes() {
        lab.file("a", "a");
        var full = lab.full();

        assertThat(lab.lines(full).get(0)).contains(Hashes.sha256("a".getBytes(StandardCharsets.UTF_8)));
        assertThat(new Vault(lab.vault.folder()).set(full.set())).isDirectory();
    }
}
