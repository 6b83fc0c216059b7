// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderWatchTest {
    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Path share;
    private FolderWatch watch;

    @BeforeEach
    void start() throws IOException {
        share = Files.createDirectories(folder.resolve("share/deep/down"))
                .getParent()
                .getParent();
        watch = new FolderWatch("test", share, Duration.ofMillis(50), new FolderWatch.Listener() {
            @Override
            public void began() {
                heard.add("began");
            }

            @Override
            public void changed(String path) {
                heard.add(path);
            }

            @Override
            public void ended(String why) {
                heard.add("ended: " + why);
            }
        });
        watch.start();
        awaitHeard("began");
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void hearsOfChangesDeepDownAndInFoldersThatCameLater() throws IOException {
        Files.writeString(share.resolve("deep/down/a.txt"), "a");
        awaitHeard("deep/down/a.txt");

        Files.createDirectories(share.resolve("new"));
        awaitHeard("new");
        Files.writeString(share.resolve("new/b.txt"), "b");
        awaitHeard("new/b.txt");
    }

    @Test
    void doesNotHearWhatNoBackupTakes() throws IOException {
        Files.writeString(share.resolve("Meeting.Active"), "held open");
        Files.writeString(share.resolve("after.txt"), "a");
        awaitHeard("after.txt");

        assertThat(heard).doesNotContain("Meeting.Active");
    }

    @Test
    void saysThatTheFolderIsGoneAndListensAgainWhenItIsBack() throws IOException {
        for (var path : List.of("deep/down", "deep", "")) {
            Files.delete(share.resolve(path));
        }
        awaitHeard("ended: the folder " + share + " is gone");

        heard.clear();
        Files.createDirectory(share);
        awaitHeard("began");
        Files.writeString(share.resolve("back.txt"), "b");
        awaitHeard("back.txt");
    }

    @Test
    void isSilentOnceClosed() throws IOException {
        watch.close();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("watch-test")));

        Files.writeString(share.resolve("late.txt"), "l");

        assertThat(heard).containsExactly("began");
    }

    @ParameterizedTest
    @CsvSource({
        "ext4, false",
        "xfs, false",
        "NTFS, false",
        "overlay, false",
        "fuse.ntfs-3g, false",
        "nfs4, true",
        "CIFS, true",
        "smb3, true",
        "fuse.sshfs, true"
    })
    void whatComesFromAnotherMachineIsKnownByItsFileSystem(String type, boolean remote) {
        assertThat(Watching.isRemote(type)).isEqualTo(remote);
    }

    private void awaitHeard(String what) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heard).contains(what));
    }
}
