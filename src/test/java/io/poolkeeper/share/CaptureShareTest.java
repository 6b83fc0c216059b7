// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureShareTest {
    @TempDir
    private Path folder;

    private ShareLab lab;

    @BeforeEach
    void openTheLab() {
        lab = new ShareLab(folder);
    }

    @Test
    void listsTheWholeStateInTheOrderOfItsPaths() throws IOException {
        lab.file("a/x.xml", "<x/>");
        lab.file("a.txt", "text");
        lab.file("a/b/y", "");
        Files.createDirectories(lab.share.resolve("empty"));
        Files.createSymbolicLink(lab.share.resolve("link"), Path.of("/etc/passwd"));

        var full = lab.full();

        var paths = new ArrayList<String>();
        for (var line : lab.lines(full)) {
            var tree = Json.tree(line);
            assertThat(Schemas.check("file", tree)).isEmpty();
            paths.add(tree.get("type").asText() + " " + tree.get("path").asText());
        }
        assertThat(paths)
                .containsExactly(
                        "folder a",
                        "folder a/b",
                        "file a/b/y",
                        "file a/x.xml",
                        "file a.txt",
                        "folder empty",
                        "link link");
        assertThat(full.recorded())
                .returns(3L, Recorded::files)
                .returns(3L, Recorded::folders)
                .returns(1L, Recorded::links)
                .returns(8L, Recorded::bytes)
                .returns(3L, Recorded::read);
        assertThat(full.output().level()).isEqualTo(Level.FULL);
        assertThat(full.output().warnings()).isEmpty();
    }

    @Test
    void takesOnlyWhatChangedSinceItsBase() {
        lab.file("kept", "kept");
        lab.file("changed", "before");
        lab.file("deleted", "gone soon");
        var full = lab.full();

        lab.file("changed", "afterwards");
        lab.file("new", "new");
        assertThat(lab.share.resolve("deleted").toFile().delete()).isTrue();
        var incremental = lab.since(full);

        assertThat(incremental.output().level()).isEqualTo(Level.INCREMENTAL);
        assertThat(incremental.output().base()).isEqualTo(full.set());
        assertThat(incremental.recorded())
                .returns(3L, Recorded::files)
                .returns(2L, Recorded::read)
                .returns(1L, Recorded::unchanged)
                .returns(1L, Recorded::deleted);
        assertThat(lab.lines(incremental).get(1)).contains("\"path\":\"kept\"", "\"set\":\"" + full.set() + "\"");
    }

    @Test
    void writesNoSegmentWhenNothingChanged() {
        lab.file("a", "a");
        var full = lab.full();

        var incremental = lab.since(full);

        assertThat(incremental.output().artefacts())
                .extracting(Artefact::path)
                .containsExactly("shares/meetings/files.jsonl.gz");
    }

    @Test
    void takesAllWhenTheListOfItsBaseIsDamaged() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        Files.write(lab.artefact(full, "shares/meetings/files.jsonl.gz"), new byte[] {1, 2, 3});

        var next = lab.since(full);

        assertThat(next.output().level()).isEqualTo(Level.FULL);
        assertThat(next.output().base()).isNull();
        assertThat(next.output().warnings()).singleElement().asString().contains(full.set(), "not those");
    }

    @Test
    void takesAFileAgainWhoseSegmentIsGone() throws IOException {
        lab.file("a", "a");
        var full = lab.full();
        Files.delete(lab.artefact(full, "shares/meetings/full-0001.zip"));

        assertThat(lab.since(full).recorded().read()).isEqualTo(1);
    }

    @Test
    void storesWhatDoesNotGetSmaller() {
        var random = new byte[300_000];
        new Random(1).nextBytes(random);
        lab.file("film.wmv", random);
        lab.file("page.xml", "<page>".repeat(50_000));

        var full = lab.full();

        assertThat(full.recorded().stored()).isEqualTo(1);
        assertThat(full.recorded().written()).isBetween(300_000L, 310_000L);
    }

    @Test
    void warnsWhenManyFilesAreGone() throws IOException {
        for (var i = 0; i < 50; i++) {
            lab.file("page-" + i, "a page");
        }
        var full = lab.full();
        for (var i = 0; i < 19; i++) {
            Files.delete(lab.share.resolve("page-" + i));
        }
        assertThat(lab.since(full).output().warnings()).isEmpty();
        for (var i = 0; i < 50; i++) {
            lab.file("page-" + i, "a page");
        }
        var again = lab.full();
        for (var i = 0; i < 20; i++) {
            Files.move(lab.share.resolve("page-" + i), lab.share.resolve("page-" + i + ".locked"));
        }

        assertThat(lab.since(again).output().warnings())
                .singleElement()
                .asString()
                .contains("20 of the 50 files of set " + again.set() + " are gone (40 %)");
    }

    @Test
    void warnsWhenFilesTurnIncompressible() {
        for (var i = 0; i < 30; i++) {
            lab.file("page-" + i, "<page>".repeat(2_000));
        }
        var full = lab.full();
        var random = new Random(7);
        for (var i = 0; i < 30; i++) {
            var encrypted = new byte[12_000];
            random.nextBytes(encrypted);
            lab.file("page-" + i, encrypted);
        }

        assertThat(lab.since(full).output().warnings())
                .singleElement()
                .asString()
                .contains("30 of 30 files that were read do not compress", "only 0 of 30", "ransomware?");
        assertThat(lab.full().output().warnings()).hasSize(1);
    }

    @Test
    void readsAllAfterThirtyDaysWhateverTheTimesSay() throws IOException {
        var file = lab.file("a", "one");
        var time = Files.getLastModifiedTime(file);
        var full = lab.full();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time); // as a program does that keeps times

        assertThat(lab.since(full).recorded().read()).isZero();
        lab.later(Duration.ofDays(30));
        var all = lab.since(full);

        assertThat(all.output().level()).isEqualTo(Level.FULL);
        assertThat(all.recorded().read()).isEqualTo(1);
        assertThat(all.output().recorded().path("promoted").asText()).contains("every 30 days");
        assertThat(all.output().warnings()).isEmpty();
    }

    @Test
    void leavesOutWhatNoFileMethodMayTake() {
        lab.file("m/Meeting.Active", "held open");
        lab.file("m/content.xml", "taken");
        lab.file("db/RTC.MDF", "a database");
        lab.file("db/rtc.ldf", "its log");

        var full = lab.full();

        assertThat(full.recorded()).returns(1L, Recorded::files).returns(3L, Recorded::excluded);
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        lab.file("good", "good");
        var full = lab.full();
        lab.file("x\\y", "a name that no share has");

        var incremental = lab.since(full);

        assertThat(incremental.output().warnings())
                .singleElement()
                .asString()
                .contains("1 could not be read", "x%5Cy", "backslash");
        assertThat(lab.lines(incremental)).anyMatch(line -> line.contains("\"type\":\"unreadable\""));
        assertThat(incremental.recorded().unreadable()).isEqualTo(1);
        assertThat(lab.drill(incremental).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void failsWhenNothingCanBeRead() {
        lab.file("x\\y", "unreadable");

        assertThatThrownBy(lab::full).isInstanceOf(PermanentFault.class).hasMessageContaining("nothing in it");
    }

    @Test
    void failsWhenTheShareIsMissing() throws IOException {
        Files.delete(lab.share);

        assertThatThrownBy(lab::full)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContainingAll(lab.share.toString(), "is not there");
    }

    @Test
    void failsWhenTheShareIsAFile() throws IOException {
        Files.delete(lab.share);
        Files.writeString(lab.share, "no folder");

        assertThatThrownBy(lab::full).isInstanceOf(PermanentFault.class).hasMessageContaining("not a folder");
    }

    @Test
    void takesAnEmptyShareForUnmountedOnlyIfItHeldSomething() throws IOException {
        var empty = lab.full();
        assertThat(empty.recorded().files()).isZero();

        var file = lab.file("a", "a");
        lab.full();
        Files.delete(file);

        assertThatThrownBy(lab::full).isInstanceOf(PermanentFault.class).hasMessageContaining("unmounted");
        assertThatThrownBy(() -> lab.since(empty))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("unmounted");
    }

    @Test
    void countsHardLinksThatARestoreWillNotBringBack() throws IOException {
        Files.createLink(lab.share.resolve("twin"), lab.file("one", "x"));
        lab.file("single", "x");

        var full = lab.full();
        var incremental = lab.since(full);

        for (var taken : List.of(full, incremental)) {
            assertThat(taken.output().warnings()).isEmpty();
            assertThat(taken.recorded().linked()).isEqualTo(2);
            assertThat(taken.output().recorded().path("notPreserved").asText()).contains("the hard links of 2 files");
        }
    }

    @Test
    void stopsWhenItIsCancelledAndEndsItsThreads() {
        for (var i = 0; i < 200; i++) {
            lab.file("f" + i, "x".repeat(10_000));
        }
        var step = lab.captureStep(Level.FULL, null);
        var work = lab.work(step).cancelledAtCheck(50);

        assertThatThrownBy(() -> lab.captureOnly(step, work))
                .isInstanceOf(PermanentFault.class)
                .hasMessage("CANCELLED");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("capture-meetings"));
    }

    @Test
    void reportsAVaultThatCannotBeWritten() throws IOException {
        lab.file("a", "a");
        var step = lab.captureStep(Level.FULL, null);
        var work = lab.work(step);
        Files.createDirectories(work.attemptFolder());
        Files.writeString(work.attemptFolder().resolve("shares"), "a file where a folder should be");

        assertThatThrownBy(() -> lab.captureOnly(step, work))
                .isInstanceOf(TransientFault.class)
                .hasMessageContaining("cannot write");
    }

    @Test
    void tellsHowFarItIsAgainstTheSizeOfTheLastSet() {
        lab.file("a", "x".repeat(1000));
        lab.full();
        lab.file("b", "x".repeat(10));
        var step = lab.captureStep(Level.FULL, null);
        var work = lab.work(step);

        lab.captureOnly(step, work);

        assertThat(work.done()).isEqualTo(1010);
        assertThat(work.total()).isEqualTo(1010);
    }
}
