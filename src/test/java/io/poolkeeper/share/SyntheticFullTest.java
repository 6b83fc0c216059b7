// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.Disk;
import io.poolkeeper.share.ShareLab.Taken;
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

/** After seven sets a chain begins anew with a full capture that copies what did not change out of the vault. */
class SyntheticFullTest {
    private static final SegmentLimits LIMITS = new SegmentLimits(1_200_000, 4);

    @TempDir
    private Path folder;

    private ShareLab lab;
    private final List<Taken> chain = new ArrayList<>();

    @BeforeEach
    void makeAChainOfSeven() {
        lab = new ShareLab(folder, LIMITS);
        lab.file("text.xml", "<meeting/>".repeat(500));
        lab.file("cut.wmv", noise(3_000_000)); // larger than a segment
        chain.add(lab.full());
        for (var depth = 2; depth <= 7; depth++) {
            lab.file("night" + depth + ".xml", "<night/>".repeat(depth));
            chain.add(lab.since(last()));
            assertThat(last().output().level()).isEqualTo(Level.INCREMENTAL);
        }
    }

    @Test
    void needsNothingOfTheChainAnyMore() throws IOException {
        lab.file("new.xml", "new");

        var anew = lab.since(last());

        assertThat(anew.output().level()).isEqualTo(Level.FULL);
        assertThat(anew.output().base()).isNull();
        assertThat(anew.output().warnings()).isEmpty();
        assertThat(anew.output().recorded().path("promoted").asText())
                .isEqualTo("the chain is 7 sets deep; what did not change was copied from it");
        assertThat(anew.recorded())
                .returns(9L, Recorded::files)
                .returns(1L, Recorded::read)
                .returns(8L, Recorded::copied)
                .returns(1L, Recorded::copiedStored)
                .returns(0L, Recorded::unchanged);
        for (var set : chain) {
            Disk.delete(lab.vault.set(set.set()));
        }
        assertThat(lab.verify(anew).verdict()).isEqualTo(Verdict.PROVEN);
        var back = folder.resolve("back");
        assertThat(lab.restore(anew, back).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(back.resolve("cut.wmv")).hasSameBinaryContentAs(lab.share.resolve("cut.wmv"));
        assertThat(back.resolve("night4.xml")).hasSameBinaryContentAs(lab.share.resolve("night4.xml"));
    }

    @Test
    void readsAFileAgainThatTheVaultHoldsDamaged() throws IOException {
        var segment = lab.artefact(chain.get(3), "shares/meetings/incremental-0001.zip");
        var bytes = Files.readAllBytes(segment);
        bytes[55] ^= 1;
        Files.write(segment, bytes);

        var anew = lab.since(last());

        assertThat(anew.recorded()).returns(1L, Recorded::read).returns(7L, Recorded::copied);
        assertThat(anew.output().warnings())
                .singleElement()
                .asString()
                .contains("1 were read again", "night4.xml", "Verify the older sets");
        assertThat(lab.verify(anew).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void doesNotPutOffTheDayOnWhichAllIsRead() {
        lab.later(Duration.ofDays(20));
        var anew = lab.since(last());
        assertThat(anew.recorded().read()).isZero();

        lab.later(Duration.ofDays(11));
        var all = lab.since(anew);

        assertThat(all.output().level()).isEqualTo(Level.FULL);
        assertThat(all.recorded().read()).isEqualTo(8);
        assertThat(all.output().recorded().path("promoted").asText()).contains("every 30 days");
    }

    @Test
    void knowsHowFilesCompressedWhenTheyAllTurnIncompressible() {
        for (var i = 0; i < 30; i++) {
            lab.file("doc" + i, "a sentence that is easy to compress ".repeat(200));
        }
        var anew = lab.since(last());
        assertThat(anew.recorded().copied()).isEqualTo(8);
        for (var i = 0; i < 30; i++) {
            lab.file("doc" + i, noise(7_000));
        }

        assertThat(lab.since(anew).output().warnings())
                .singleElement()
                .asString()
                .contains("ransomware?");
    }

    private Taken last() {
        return chain.get(chain.size() - 1);
    }

    private static byte[] noise(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
