// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.step.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
    private static final long LARGEST = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void givesBackOnCloseWhatItsFileGrewBy() throws IOException {
        for (var life = 0; life < 3; life++) {
            try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
                var run = lab.started();
                for (var beat = 0; beat < 150; beat++) {
                    lab.steps.claim(new Claim(
                            run, "capture-01", 1, "local", lab.clock.instant().plusSeconds(beat)));
                }
                assertThat(size()).isGreaterThan(LARGEST);
            }
            assertThat(size()).isLessThan(LARGEST);
        }
    }

    @Test
    void keepsWhatItHeldWhenItIsOpenedAgain() {
        String run;
        try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
            run = lab.started();
        }

        try (var lab = new RunsLab(RunsLab::captureAndPublish, RunStore.open(folder))) {
            assertThat(lab.runs.open()).extracting(Run::id).containsExactly(run);
            assertThat(lab.steps.open(run)).hasSize(2);
        }
    }

    private long size() throws IOException {
        return Files.size(folder.resolve("runs.mv.db"));
    }
}
