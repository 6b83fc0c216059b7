// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.shares.ContentTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes through a measurement with a small tree. How fast anything is decides nothing here. */
class BenchIT {
    private static final List<String> TITLES = List.of("poolkeeper", "tar");

    @TempDir
    private Path folder;

    @Test
    void measuresPoolkeeperBesideAPeerAndChecksWhatEachRestored() throws Exception {
        var story = new ArrayList<String>();
        var contenders = List.<Contender>of(new Poolkeeper(Path.of("poolkeeper").toAbsolutePath()), Peer.TAR);

        var rounds = new Rounds(contenders, folder, story::add)
                .run(new ContentTree(ContentTree.Kind.MEETING, 600, 4_000_000), 1);

        for (var task : Task.values()) {
            assertThat(rounds.get(0).of(task, "poolkeeper")).as(task.title()).isPresent();
        }
        assertThat(rounds.get(0).of(Task.RESTORE, "tar")).isPresent();
        assertThat(rounds.get(0).of(Task.RUNNING, "tar")).isEmpty();
        assertThat(rounds.get(0).of(Task.FULL, "poolkeeper").orElseThrow().megabytes())
                .isPositive();
        assertThat(story).contains("600 files, 0.00 GB").anyMatch(line -> line.startsWith("round 1, restore, tar: "));
        assertThat(folder.resolve("restored")).doesNotExist();
        assertThat(new SharesReport(Map.of("poolkeeper", "any", "tar", "any"), rounds).text())
                .contains("| full backup | ");
        assertThat(Chart.of(TITLES, rounds)).contains("<svg ").contains(">restore</text>");
    }

    @Test
    void makesTheSameTreeEachTime() throws Exception {
        for (var name : List.of("a", "b")) {
            new ContentTree(ContentTree.Kind.MEETING, 500, 2_000_000).write(folder.resolve(name));
        }

        try (var files = Files.walk(folder.resolve("a"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file)
                        .hasSameBinaryContentAs(
                                folder.resolve("b").resolve(folder.resolve("a").relativize(file)));
            }
        }
        assertThat(Size.of(folder.resolve("a")).files()).isEqualTo(500);
        assertThat(Size.of(folder.resolve("a")).bytes()).isBetween(1_500_000L, 2_500_000L);
    }
}
