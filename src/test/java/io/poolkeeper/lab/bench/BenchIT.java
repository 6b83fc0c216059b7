// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Needed;
import io.poolkeeper.lab.shares.ContentTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes through measurements with little. How fast anything is decides nothing here. */
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
    void measuresAnExportOfTheDirectoryBesideLdapsearchAndComparesBoth() throws Exception {
        Needed.works("samba-ad", "install Debian's package ldap-utils", "ldapsearch", "-VV");
        var story = new ArrayList<String>();
        try (var lab = new DirectoryLab(120, folder)) {
            var rounds = new DirectoryRounds(Path.of("poolkeeper").toAbsolutePath(), lab.server(), folder, story::add)
                    .run(2);

            assertThat(rounds).hasSize(2).allSatisfy(round -> {
                assertThat(round.entries()).isGreaterThan(120);
                assertThat(round.export()).isPositive().isLessThan(round.whole().seconds());
                assertThat(round.peer().seconds()).isPositive();
                assertThat(round.whole().megabytes()).isPositive();
            });
            assertThat(story).hasSize(2);
            assertThat(new DirectoryReport(List.of("any"), lab.paging(), rounds, rounds.get(0)).text())
                    .contains("at most 1,000 entries were asked for at a time", "| export, entries/s | ");
        }
    }

    @Test
    void seesOneChangedValueInAnExport() throws Exception {
        var ldif = "dn: CN=a,DC=x\nCN: a\ndescription: 1\ndescription: 2\n";
        var one = LdifContents.of(Files.writeString(folder.resolve("1.ldif"), ldif));
        var same = "dn: cn=a, dc=x\ndescription:: Mg==\ndescription: 1\ncn: a\n";

        assertThat(LdifContents.of(Files.writeString(folder.resolve("2.ldif"), same)))
                .isEqualTo(one);
        assertThat(LdifContents.of(Files.writeString(folder.resolve("3.ldif"), ldif.replace(": 2", ": 3"))))
                .isNotEqualTo(one);
        assertThat(one).hasToString("1 entries with 3 values");
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
