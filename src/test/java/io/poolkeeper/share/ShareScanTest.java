// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareScanTest {
    @TempDir
    Path folder;

    private ShareLab lab;

    @BeforeEach
    void fill() {
        lab = new ShareLab(folder);
        lab.file("a/one.txt", "one");
        lab.file("a/two.txt", "two");
        lab.file("b/three.txt", "three");
    }

    @Test
    void aShareThatNoSetHoldsIsDifferent() throws IOException {
        assertThat(scan()).contains("no set holds it yet");
    }

    @Test
    void aShareAsTheVaultHoldsItIsNot() throws IOException {
        var full = lab.full();
        assertThat(scan()).isEmpty();

        lab.file("c.txt", "c");
        lab.since(full);

        assertThat(scan()).isEmpty();
    }

    @Test
    void namesTheFirstThatIsNewChangedOrGone() throws IOException {
        lab.full();

        lab.file("b/four.txt", "four");
        assertThat(scan()).contains("b/four.txt is new");

        lab.file("a/two.txt", "TWO!");
        assertThat(scan()).contains("a/two.txt has changed");

        Files.delete(lab.share.resolve("a/one.txt"));
        assertThat(scan()).contains("a/one.txt is gone");
    }

    @Test
    void seesThatAFileBecameAFolderAndThatALinkLeadsElsewhere() throws IOException {
        Files.createSymbolicLink(lab.share.resolve("link"), Path.of("a/one.txt"));
        lab.full();
        Files.delete(lab.share.resolve("link"));
        Files.createSymbolicLink(lab.share.resolve("link"), Path.of("a/two.txt"));

        assertThat(scan()).contains("link has changed");

        lab.full();
        Files.delete(lab.share.resolve("a/one.txt"));
        Files.createDirectory(lab.share.resolve("a/one.txt"));

        assertThat(scan()).contains("a/one.txt has changed");
    }

    @Test
    void whatNoBackupTakesIsNoDifference() throws IOException {
        lab.full();

        lab.file("b/Meeting.Active", "held open");
        Files.setLastModifiedTime(lab.share.resolve("b"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(scan()).isEmpty();
    }

    @Test
    void aListThatCannotBeReadIsADifference() throws IOException {
        var full = lab.full();
        Files.write(lab.artefact(full, FileList.path(ShareLab.PART)), new byte[] {1, 2, 3});

        assertThat(scan()).get().asString().contains("cannot be used");
    }

    @Test
    void aShareThatIsAwayIsAFaultAndNoDifference() throws IOException {
        lab.full();
        Files.move(lab.share, folder.resolve("elsewhere"));

        assertThatThrownBy(this::scan).isInstanceOf(StepFault.class).hasMessageContaining(lab.share.toString());
    }

    @Test
    void endsWhenItIsTold() {
        lab.full();
        var scan = new ShareScan(lab.site, lab.vault, () -> {
            throw new CancellationException();
        });

        assertThatThrownBy(() -> scan.difference("meetings")).isInstanceOf(CancellationException.class);
    }

    private Optional<String> scan() throws IOException {
        return new ShareScan(lab.site, lab.vault, () -> {}).difference("meetings");
    }
}
