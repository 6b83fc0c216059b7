// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.set.Vault;
import io.poolkeeper.site.TestSites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs that only look, at a vault that is not as it was left: damage is 20, never an error of the program. */
class DamagedVaultTest {
    private static final String SET = "2026-11-23T230000Z-nightly-7c1a";

    @TempDir
    Path folder;

    private String site = "";
    private Vault vault;

    @BeforeEach
    void makeSet() throws IOException {
        var read = TestSites.standard(folder);
        site = read.file().toString();
        vault = Vault.of(read);
        Files.createDirectories(vault.set(SET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]"})
    void showSaysThatAManifestIsDamaged(String manifest) throws IOException {
        Files.writeString(vault.set(SET).resolve("manifest.json"), manifest);

        assertIsDamage(Ran.of("show", SET, "-c", site));
    }

    @Test
    void showSaysThatAManifestIsGone() {
        assertIsDamage(Ran.of("show", SET, "-c", site));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json"})
    void listShowsASetThatCannotBeUsedAsSuspect(String verb) {
        var ran = Ran.of((verb + " -c " + site).split(" "));

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains(SET).contains("SUSPECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "status 2026-11-23T230000Z-nightly-7c1a"})
    void statusSaysThatARecordIsDamaged(String verb) throws IOException {
        var records = Files.createDirectories(vault.folder().resolve("evidence").resolve(SET));
        Files.writeString(records.resolve("2026-11-23T230500Z-verify-x.json"), "{\"half\": ");

        assertIsDamage(Ran.of((verb + " -c " + site).split(" ")));
    }

    private static void assertIsDamage(Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(20);
        assertThat(ran.err()).contains("HINT: ").doesNotContain("an error of the program");
    }
}
