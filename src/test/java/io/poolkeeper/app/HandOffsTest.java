// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.tool.HandOffFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs and answers, with a host that answers while its job is being written: nothing here waits for a clock. */
class HandOffsTest {
    private static final String ID = "run-1.capture-01-1";

    @TempDir
    Path folder;

    private Site site;
    private Path desk;
    private Path into;
    private TestWork work;
    private HandOffs handOffs;
    private Runnable host = () -> {};
    private final List<String> written = new ArrayList<>();
    private final List<String> became = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        desk = Files.createDirectories(folder.resolve("desk"));
        into = Files.createDirectories(folder.resolve("into"));
        work = new TestWork(folder, folder, folder);
        site = SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: hosts
                product: ocs-2007-r2
                vault: {path: vault}
                workers: {ocs2007: {handOff: desk}}
                pools:
                  - name: ocs2007
                    edition: standard
                    servers: [{fqdn: ocs2007.example.com, roles: [standard-edition], worker: ocs2007}]
                settings: {lcscmd: ['C:\\LCSCmd.exe'], dbimpexp: ['C:\\dbimpexp.exe']}
                """));
        handOffs = coordinator();
    }

    private HandOffs coordinator() {
        return new HandOffs(site, Clock.systemUTC(), this::write);
    }

    private void write(String to, String file, String text) {
        try {
            Files.writeString(desk.resolve("in").resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.add(text);
        host.run();
    }

    private static Step step(int attempt, Duration left) {
        return new Step(
                "run-1",
                "capture-01",
                attempt,
                PartId.parse("settings:userdata/ocs2007"),
                Action.CAPTURE,
                Method.DBIMPEXP,
                Action.CAPTURE.effect(),
                "ocs2007",
                "set-1",
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.now().plus(left),
                "hash");
    }

    private static String done(String job, int attempt, String more) {
        return """
                version=1
                job=%s
                run=run-1
                step=capture-01
                attempt=%d
                state=done
                exit=0
                started=2026-11-27T16:05:26Z
                ended=2026-11-27T16:06:26Z
                %s""".formatted(job, attempt, more).replace("\n", "\r\n");
    }

    private static final String EXPORT = "file1=export.xml\nsize1=4\n";

    /** The host takes the job and answers; a camel route would then tell of the file. */
    private void answers(String id, String text) {
        try {
            Files.deleteIfExists(desk.resolve("in").resolve(id + ".job"));
            var files = Files.createDirectories(desk.resolve("out").resolve(id + ".files"));
            Files.writeString(files.resolve("export.xml"), "<a/>");
            tells(id, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tells(String id, String text) {
        try {
            var file = Files.writeString(desk.resolve("out").resolve(id + ".done"), text);
            became.add(handOffs.answer("ocs2007", file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private io.poolkeeper.tool.HandOff.Done run() {
        return handOffs.run("dbimpexp", step(1, Duration.ofMinutes(5)), into, work);
    }

    private Path left(String id) {
        return desk.resolve("out").resolve(id + ".files");
    }

    @Test
    void bringsWhatTheHostLeftAndNothingOfItStaysOnTheShare() {
        host = () -> answers(ID, done("dbimpexp", 1, EXPORT));

        var done = run();

        assertThat(done.tool().exit()).isZero();
        assertThat(done.started()).isEqualTo("2026-11-27T16:05:26Z");
        assertThat(into.resolve("export.xml")).hasContent("<a/>");
        assertThat(left(ID)).doesNotExist();
        assertThat(became).containsExactly("taken");
    }

    @Test
    void asksForAJobByItsNameAndSendsNoCommand() {
        host = () -> answers(ID, done("dbimpexp", 1, EXPORT));

        run();

        assertThat(written)
                .singleElement()
                .asString()
                .contains("job=dbimpexp\r\n", "run=run-1\r\n", "step=capture-01\r\n", "attempt=1\r\n")
                .doesNotContain("dbimpexp.exe");
    }

    @Test
    void isLostWhenNobodyFetchesItInTimeAndItIsTakenBack() {
        assertThatThrownBy(() -> handOffs.run("dbimpexp", step(1, Duration.ofSeconds(-1)), into, work))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("LOST: host ocs2007 gave no answer to job dbimpexp")
                .hasMessageContaining("nobody on the host has fetched it")
                .hasMessageContaining("it was never seen");
        assertThat(desk.resolve("in")).isEmptyDirectory();
    }

    @Test
    void tellsThatAHostHasBegunAndNotEnded() {
        host = () -> {
            try {
                Files.move(
                        desk.resolve("in").resolve(ID + ".job"),
                        desk.resolve("in").resolve(ID + ".claimed"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThatThrownBy(() -> handOffs.run("dbimpexp", step(1, Duration.ofSeconds(-1)), into, work))
                .hasMessageContaining("the host has begun it and not ended it");
    }

    @Test
    void anAnswerThatComesLaterIsLateAndItsFilesGo() {
        assertThatThrownBy(() -> handOffs.run("dbimpexp", step(1, Duration.ofSeconds(-1)), into, work))
                .hasMessageContaining("LOST");

        answers(ID, done("dbimpexp", 1, EXPORT));

        assertThat(became).containsExactly("late");
        assertThat(left(ID)).doesNotExist();
        assertThat(into).isEmptyDirectory();
    }

    @Test
    void theFirstOfTwoAnswersCounts() {
        host = () -> {
            answers(ID, done("dbimpexp", 1, EXPORT));
            tells(ID, done("dbimpexp", 1, ""));
        };

        run();

        assertThat(became).containsExactly("taken", "late");
        assertThat(into.resolve("export.xml")).hasContent("<a/>");
    }

    @Test
    void anAnswerThatMakesNoSenseFailsAtOnce() {
        host = () -> answers(ID, "PK\u0003\u0004 & del *.*");

        assertThatThrownBy(this::run)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("the answer of host ocs2007 to job " + ID + " makes no sense");
        assertThat(left(ID)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "..\\..\\export.xml", "../../site.yaml", "C:\\Windows\\win.ini", "export.xml:stream"})
    void takesNoFileFromOutsideTheFolderOfTheJob(String name) {
        host = () -> answers(ID, done("dbimpexp", 1, "file1=" + name + "\nsize1=4\n"));

        assertThatThrownBy(this::run).isInstanceOf(PermanentFault.class).hasMessageContaining("makes no sense");
        assertThat(into).isEmptyDirectory();
    }

    @Test
    void believesNoAnswerToAnotherJobOrAttempt() {
        for (var forged : new String[] {done("ifm", 1, EXPORT), done("dbimpexp", 2, EXPORT)}) {
            host = () -> answers(ID, forged);

            assertThatThrownBy(this::run)
                    .isInstanceOf(PermanentFault.class)
                    .hasMessageContaining("and was asked for dbimpexp of capture-01-1 in run run-1");
            assertThat(into).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.txt", ".done", "..done", "a b.done", "run-2.capture-01-1.done"})
    void keepsWhatIsNoAnswerToAnythingAsLate(String name) {
        host = () -> {
            became.add(
                    handOffs.answer("ocs2007", desk.resolve("out").resolve(name).toString()));
            answers(ID, done("dbimpexp", 1, EXPORT));
        };

        run();

        assertThat(became).containsExactly("late", "taken");
    }

    @Test
    void afterARestartTheStepIsAskedForAgainAndTheFirstAnswerIsLate() throws IOException {
        var waiting = Files.createDirectories(desk.resolve("in")).resolve(ID + ".job");
        Files.writeString(waiting, "version=1\r\n");
        handOffs = coordinator();
        host = () -> {
            answers(ID, done("dbimpexp", 1, EXPORT));
            answers("run-1.capture-01-2", done("dbimpexp", 2, EXPORT));
        };

        handOffs.run("dbimpexp", step(2, Duration.ofMinutes(5)), into, work);

        assertThat(waiting).doesNotExist();
        assertThat(became).containsExactly("late", "taken");
        assertThat(written).singleElement().asString().contains("attempt=2\r\n");
    }

    @Test
    void aRunThatIsCancelledWaitsNoLonger() {
        host = work::cancel;

        assertThatThrownBy(this::run).isInstanceOf(PermanentFault.class).hasMessage("CANCELLED");
        assertThat(desk.resolve("in")).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenMayBeTriedAgain() {
        handOffs = new HandOffs(site, Clock.systemUTC(), (to, file, text) -> {
            throw new CamelExecutionException(file, null, new IOException("the share is read-only"));
        });

        assertThatThrownBy(this::run).isInstanceOf(TransientFault.class).hasMessageContaining("the share is read-only");
    }

    @Test
    void aShareThatIsAwayBecomesNoFolderOfThisMachine() throws IOException {
        Files.delete(desk);

        assertThatThrownBy(this::run).isInstanceOf(TransientFault.class).hasMessageContaining("cannot be reached");
        assertThat(desk).doesNotExist();
    }

    @Test
    void answersOfMoreThanThirtyDaysAgoAreDeletedAndNothingElse() throws IOException {
        var old = FileTime.from(Instant.now().minus(Duration.ofDays(31)));
        var recent = FileTime.from(Instant.now().minus(Duration.ofDays(29)));
        for (var where : List.of("taken", "late", "unreadable")) {
            var place = Files.createDirectories(desk.resolve("out").resolve(where));
            for (var name : List.of("old.done", "old.txt")) {
                Files.setLastModifiedTime(Files.writeString(place.resolve(name), "x"), old);
            }
            Files.setLastModifiedTime(Files.writeString(place.resolve("recent.done"), "x"), recent);
        }
        var waits = Files.setLastModifiedTime(Files.writeString(desk.resolve("out/other.done"), "x"), old);
        host = () -> answers(ID, done("dbimpexp", 1, EXPORT));

        run();

        for (var where : List.of("taken", "late", "unreadable")) {
            assertThat(desk.resolve("out").resolve(where).toFile().list())
                    .containsExactlyInAnyOrder("old.txt", "recent.done");
        }
        assertThat(waits).exists();
        new HandOffFolder(folder.resolve("nowhere")).forgetAnswers(Instant.now()); // nothing to delete, and no error
    }
}
