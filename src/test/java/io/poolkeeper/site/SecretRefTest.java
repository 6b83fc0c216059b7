// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretRefTest {
    @TempDir
    Path folder;

    @Test
    void readsTheFirstLineOfAFileEachTime() throws Exception {
        var file = Files.writeString(folder.resolve("s"), "first\nrest");
        var secret = new SecretRef.InFile(file, "file:s");

        assertThat(secret.resolve()).isEqualTo("first");
        Files.writeString(file, "changed\n");
        assertThat(secret.resolve()).isEqualTo("changed");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> new SecretRef.InFile(folder.resolve("nothing"), "file:nothing").resolve())
                .isInstanceOf(SecretRef.UnresolvedSecret.class)
                .hasMessageContaining("nothing cannot be read: NoSuchFileException")
                .hasMessageNotContaining("HINT");
    }

    @Test
    void takesTheFirstLineThatACommandPrints() {
        assertThat(new SecretRef.FromCommand(List.of("printf", "a b\nc")).resolve())
                .isEqualTo("a b");
    }

    @Test
    void refusesACommandThatFails() {
        assertThatThrownBy(() -> new SecretRef.FromCommand(List.of("false")).resolve())
                .isInstanceOf(SecretRef.UnresolvedSecret.class)
                .hasMessageContaining("cmd:false ended with 1");
    }

    @Test
    void endsACommandThatPrintsNothingAndWhatItStarted() {
        var secret = new SecretRef.FromCommand(List.of("sh", "-c", "sleep 4711.25; true"));

        assertThatThrownBy(() -> secret.resolve(Duration.ofMillis(300)))
                .isInstanceOf(SecretRef.UnresolvedSecret.class)
                .hasMessageContaining("did not end within");

        Awaitility.await()
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .map(process ->
                                        process.info().arguments().map(List::of).orElse(List.of())))
                        .noneMatch(arguments -> arguments.contains("4711.25")));
    }
}
