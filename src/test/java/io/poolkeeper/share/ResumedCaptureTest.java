// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt that was killed leaves closed segments; the next one goes on from them. */
class ResumedCaptureTest {
    private static final int FILES = 4_000;

    @TempDir
    private Path folder;

    private ShareLab lab;

    @BeforeEach
    void fillAShare() {
        lab = new ShareLab(folder, new SegmentLimits(1_200_000, 200));
        for (var i = 0; i < FILES; i++) {
            lab.file(name(i), ("content of file " + i + " ").repeat(20));
        }
    }

    @Test
    void copiesWhatTheKilledAttemptHadClosedAndReadsTheRest() throws IOException {
        var killed = killedAttempt();
        lab.file(name(10), "changed since");
        Files.delete(lab.share.resolve(name(20)));

        var next = killed.next();
        var taken = lab.publish(next, lab.captureOnly(next, lab.work(next)));

        assertThat(taken.output().warnings()).isEmpty();
        assertThat(taken.recorded().files()).isEqualTo(FILES - 1);
        assertThat(taken.recorded().copied()).isBetween(500L, FILES - 2L);
        assertThat(taken.recorded().copied() + taken.recorded().read()).isEqualTo(FILES - 1);
        assertThat(lab.verify(taken).verdict()).isEqualTo(Verdict.PROVEN);
        var back = folder.resolve("back");
        assertThat(lab.restore(taken, back).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(back.resolve(name(10))).hasContent("changed since");
        assertThat(back.resolve(name(20))).doesNotExist();
        assertThat(back.resolve(name(30))).hasSameBinaryContentAs(lab.share.resolve(name(30)));
    }

    @Test
    void readsAFileAgainIfItsClosedSegmentIsDamaged() throws IOException {
        var killed = killedAttempt();
        var segment = segments(killed).resolve("full-0001.zip");
        var bytes = Files.readAllBytes(segment);
        for (var i = 60; i < 20_000; i += 200) {
            bytes[i] ^= 1;
        }
        Files.write(segment, bytes);

        var next = killed.next();
        var taken = lab.publish(next, lab.captureOnly(next, lab.work(next)));

        assertThat(lab.verify(taken).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(taken.recorded().files()).isEqualTo(FILES);
        assertThat(taken.recorded().copied()).isPositive();
    }

    @Test
    void beginsAnewWhenNothingOfTheKilledAttemptCanBeRead() throws IOException {
        var killed = killedAttempt();
        Files.write(segments(killed).resolve("files.jsonl.gz"), new byte[] {1, 2, 3});

        var next = killed.next();
        var taken = lab.publish(next, lab.captureOnly(next, lab.work(next)));

        assertThat(taken.recorded()).returns((long) FILES, Recorded::read).returns(0L, Recorded::copied);
        assertThat(lab.verify(taken).verdict()).isEqualTo(Verdict.PROVEN);
    }

    /** Stops it where its list and some segments are written in part, as a kill does: nothing is flushed or finished. */
    private Step killedAttempt() {
        var step = lab.captureStep(Level.FULL, null);
        var work = lab.work(step).cancelledAtCheck(FILES + FILES / 2);
        assertThatThrownBy(() -> lab.captureOnly(step, work)).isInstanceOf(PermanentFault.class);
        assertThat(segments(step).resolve("full-0001.zip")).exists();
        return step;
    }

    private Path segments(Step step) {
        return lab.vault.attempt(step.requiredSet(), step.attemptName()).resolve("shares/meetings");
    }

    private static String name(int i) {
        return "folder%02d/file%04d.xml".formatted(i / 100, i);
    }
}
