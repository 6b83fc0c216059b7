// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder;

    @Test
    void losesNoLineOfRunsThatPublishSideBySide() throws Exception {
        Files.createDirectories(folder);
        var sets = IntStream.range(0, 40).mapToObj(n -> "set-" + n).toList();

        sets.parallelStream().forEach(this::publish);

        assertThat(new Vault(folder).ledger().entries())
                .extracting(entry -> entry.line().set())
                .containsExactlyInAnyOrderElementsOf(sets);
    }

    private void publish(String set) {
        try {
            new Vault(folder).ledger().add(set, Instant.EPOCH, "0".repeat(64), Map.of());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
