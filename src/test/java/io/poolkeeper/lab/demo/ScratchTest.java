// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    Path folder;

    @Test
    void isANewFolderOfItsOwn() throws IOException {
        var scratch = Scratch.create(1);
        try {
            assertThat(scratch).isEmptyDirectory();
            assertThat(scratch.getFileName().toString()).startsWith("poolkeeper-demo-");
        } finally {
            Files.delete(scratch);
        }
    }

    @Test
    void isNotInMemoryWhereThereIsNoRoom() throws IOException {
        assertThat(Scratch.hasRoom(folder.resolve("not-there"), 1)).isFalse();
        assertThat(Scratch.hasRoom(folder, 1_000_000_000)).isFalse();
    }
}
