// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another product leaves as files: which of them counts, and what is said of it. */
class ObservedFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    Path folder;

    private Path left;

    @BeforeEach
    void watch() throws IOException {
        left = Files.createDirectory(folder.resolve("left"));
    }

    @Test
    void takesTheNewestWholeFileAndCopiesNothing() {
        zip("monday.zip", Duration.ofHours(30));
        zip("tuesday.zip", Duration.ofHours(6));
        write("readme.txt", "not a backup", Duration.ofHours(1));

        var part = observe();
        var judged = verify();

        assertThat(part.artefacts()).isEmpty();
        assertThat(ObservedBackup.of(part).orElseThrow().where()).endsWith("tuesday.zip");
        assertThat(ObservedBackup.of(part).orElseThrow().finished()).isEqualTo(NOW.minus(Duration.ofHours(6)));
        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
        assertThat(judged.warnings()).isEmpty();
    }

    @Test
    void saysHowOldTheNewestIsWhatIsAllowedAndWhoWroteIt() throws IOException {
        zip("monday.zip", Duration.ofHours(55));

        assertThatThrownBy(this::observe)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("is 2 d 7 h old, allowed are 1 d 2 h")
                .hasMessageContaining("monday.zip, written by account "
                        + Files.getOwner(left.resolve("monday.zip")).getName());
    }

    @Test
    void failsWhenNothingMatchesAndWhenTheFolderIsNotThere() throws IOException {
        write("readme.txt", "not a backup", Duration.ofHours(1));
        assertThatThrownBy(this::observe)
                .hasMessageContaining("no whole backup")
                .hasMessageContaining("*.zip");

        Files.delete(left.resolve("readme.txt"));
        Files.delete(left);
        assertThatThrownBy(this::observe)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("NoSuchFileException");
    }

    @Test
    void watchesWhatNtBackupLeavesAndSaysThatNothingHereReadsIt() {
        observedRun = new ObservedRun(TestSites.in(folder, yaml().replace("*.zip", "*.bkf")), "share:meeting-content");
        write("sunday.bkf", "of the week before", Duration.ofHours(80));
        write("monday.bkf", "TAPE", Duration.ofHours(2));
        var site = TestSites.in(folder, yaml().replace("*.zip", "*.bkf"));

        var part = observedRun.published((Captured) new ObserveFiles(site, Clock.fixed(NOW, ZoneOffset.UTC))
                .handle(observedRun.step(Action.CAPTURE), observedRun.work()));
        var judged = verify();

        assertThat(part.recorded().path("name").asText()).isEqualTo("monday.bkf");
        assertThat(judged.depth()).isEqualTo(Depth.MEDIA);
        assertThat(judged.warnings()).singleElement().asString().contains("monday.bkf");
    }

    @Test
    void passesOverAnEmptyFileAndSaysSo() {
        zip("monday.zip", Duration.ofHours(20));
        write("tuesday.zip", "", Duration.ofHours(1));

        var captured = look(new TestWork(folder, folder, folder));

        assertThat(captured.recorded().path("name").asText()).isEqualTo("monday.zip");
        assertThat(captured.warnings()).singleElement().asString().endsWith("tuesday.zip is empty");
    }

    @Test
    void passesOverHiddenNames() {
        zip("monday.zip", Duration.ofHours(20));
        zip(".tuesday.zip", Duration.ofHours(1));

        assertThat(look(new TestWork(folder, folder, folder))
                        .recorded()
                        .path("name")
                        .asText())
                .isEqualTo("monday.zip");
    }

    @Test
    void passesOverAFileThatGrowsWhileItIsRead() {
        zip("monday.zip", Duration.ofHours(20));
        zip("tuesday.zip", Duration.ofHours(1));
        var growing = new GrowingWork(left.resolve("tuesday.zip"));

        var captured = look(growing);

        assertThat(captured.recorded().path("name").asText()).isEqualTo("monday.zip");
        assertThat(captured.recorded().path("skipped").toString()).contains("tuesday.zip is being written");
        assertThat(captured.warnings()).isEmpty();
    }

    @Test
    void countsADatedSubfolderAsOneBackupOfAllItsFiles() throws IOException {
        write("2026-11-23.zip/a.doc", "a", Duration.ofHours(9));
        write("2026-11-23.zip/sub/b.txt", "b", Duration.ofHours(8));

        var part = observe();
        var judged = verify();

        assertThat(part.recorded().path("files").asInt()).isEqualTo(2);
        assertThat(ObservedBackup.of(part).orElseThrow().finished()).isEqualTo(NOW.minus(Duration.ofHours(8)));
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
    }

    @Test
    void isSuspectWhenABackupWasChangedOrRemovedAfterItWasSeen() throws IOException {
        zip("tuesday.zip", Duration.ofHours(6));
        observe();

        Files.write(left.resolve("tuesday.zip"), new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("is not what was seen any more: tuesday.zip"));

        Files.delete(left.resolve("tuesday.zip"));
        assertThat(verify().verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void doesNotKnowWhenTheFolderCannotBeLookedInto() throws IOException {
        zip("tuesday.zip", Duration.ofHours(6));
        observe();

        Files.move(left, folder.resolve("unmounted"));

        assertThat(verify().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void findsATruncatedZip() throws IOException {
        zip("tuesday.zip", Duration.ofHours(6));
        var bytes = Files.readAllBytes(left.resolve("tuesday.zip"));
        Files.write(left.resolve("tuesday.zip"), java.util.Arrays.copyOf(bytes, bytes.length - 30));
        Files.setLastModifiedTime(left.resolve("tuesday.zip"), FileTime.from(NOW.minusSeconds(60)));
        observe();

        assertThat(verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("cannot be read to its end as zip"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "good.xml  | <a><b/></a>                      | true",
                "bad.xml   | <a><b></a>                       | false",
                "good.ldif | # made by us\\n\\nversion: 1     | true",
                "good.ldf  | dn: CN=RTC Service               | true",
                "bad.ldif  | <html>not found</html>           | false",
                "empty.ldf | # nothing                        | false",
            })
    void readsTheFormatsThatItKnows(String name, String text, boolean whole) throws IOException {
        var lines = text.replace("\\n", "\n");
        var file = Files.writeString(left.resolve(name), lines);
        var packed = left.resolve(name + ".gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        var work = new TestWork(folder, folder, folder);

        assertThat(Format.of(name).fault(file, work).isEmpty()).isEqualTo(whole);
        assertThat(Format.of(name + ".gz").fault(packed, work).isEmpty()).isEqualTo(whole);
    }

    @Test
    void claimsNoMoreThanMediaForAFormatThatNothingHereReads() {
        write("tuesday.zip/disk.vhd", "conectix", Duration.ofHours(6));
        observe();

        var judged = verify();

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.MEDIA);
        assertThat(judged.warnings())
                .singleElement()
                .asString()
                .contains("disk.vhd")
                .contains("depth media");
    }

    /** Lets a file grow each time that somebody asks whether to go on. */
    private static final class GrowingWork implements Work {
        private final Path file;

        GrowingWork(Path file) {
            this.file = file;
        }

        @Override
        public Path vault() {
            return file;
        }

        @Override
        public Path attemptFolder() {
            return file;
        }

        @Override
        public Path sandbox() {
            return file;
        }

        @Override
        public void progress(long done, long total, String unit) {}

        @Override
        public void onCancel(Runnable stop) {}

        @Override
        public Duration timeLeft() {
            return Duration.ofHours(1);
        }

        @Override
        public void checkCancelled() {
            try {
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Manifest.Part observe() {
        return run().published(look(run().work()));
    }

    private Captured look(Work work) {
        var site = TestSites.in(folder, yaml());
        return (Captured)
                new ObserveFiles(site, Clock.fixed(NOW, ZoneOffset.UTC)).handle(run().step(Action.CAPTURE), work);
    }

    private Judged verify() {
        return run().judged(new VerifyObservedFiles(), Action.VERIFY);
    }

    private ObservedRun observedRun;

    private ObservedRun run() {
        if (observedRun == null) {
            observedRun = new ObservedRun(TestSites.in(folder, yaml()), "share:meeting-content");
        }
        return observedRun;
    }

    private static String yaml() {
        return TestSites.STANDARD + "observed: [{part: 'share:meeting-content', folder: left, files: '*.zip'}]\n";
    }

    private void zip(String name, Duration age) {
        try (var out = new ZipOutputStream(Files.newOutputStream(left.resolve(name)))) {
            out.putNextEntry(new ZipEntry("meeting/a.ppt"));
            out.write(name.repeat(100).getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        date(left.resolve(name), age);
    }

    private void write(String name, String text, Duration age) {
        try {
            Files.createDirectories(left.resolve(name).getParent());
            Files.writeString(left.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        date(left.resolve(name), age);
    }

    private static void date(Path file, Duration age) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
