// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StateOwnerTest {
    private static final StateOwner.Card CARD =
            new StateOwner.Card("http://127.0.0.1:1", "s3cret", 1, Instant.parse("2026-11-23T12:00:00Z"));

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void showsItsTokenToItsOwnAccountAloneAlsoInAFolderThatOthersMayEnter() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (var owner = StateOwner.take(folder).orElseThrow()) {
            owner.announce(CARD);
            owner.announce(CARD);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("owner.json"))))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve("owner.json")).doesNotExist();
    }

    @Test
    void isAloneAndLeavesNoCardOfOneThatWasKilled() throws IOException {
        Files.writeString(folder.resolve("owner.json"), "{}");

        try (var owner = StateOwner.take(folder).orElseThrow()) {
            assertThat(StateOwner.find(folder)).isEmpty();
            assertThat(StateOwner.take(folder)).isEmpty();
            owner.announce(CARD);
            assertThat(StateOwner.find(folder)).contains(CARD);
        }
    }

    @Test
    void saysWhatToDoWithACardThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("owner.json"), "no card");

        assertThatThrownBy(() -> StateOwner.find(folder))
                .isInstanceOf(NotStarted.class)
                .hasMessageContaining("owner.json")
                .hasMessageContaining("HINT");
    }
}
