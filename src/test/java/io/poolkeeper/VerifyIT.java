// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.app.Coordinator;
import io.poolkeeper.app.StateOwner;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Request;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Sums;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind in a published set, and what verify makes of it. */
class VerifyIT {
    @TempDir
    static Path folder;

    private static LabSite lab;
    private static StateOwner owner;
    private static Coordinator coordinator;
    private static Path set;
    private final List<Runnable> mend = new ArrayList<>();

    @BeforeAll
    static void backUp() throws IOException {
        lab = LabSite.start(folder.resolve("lab"));
        var site = lab.site();
        owner = StateOwner.take(site.state().dir()).orElseThrow();
        coordinator = Coordinator.start(site, Coordinator.Options.ONE_SHOT);
        var summary = run("backup", null);
        assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
        set = Vault.of(site).set(summary.path("set").asText());
    }

    @AfterAll
    static void stop() {
        coordinator.close();
        owner.close();
        lab.close();
    }

    @AfterEach
    void mendWhatWasDamaged() {
        mend.forEach(Runnable::run);
        mend.clear();
    }

    @TestFactory
    List<DynamicTest> findsAFlippedByteInEveryFileOfASet() throws IOException {
        var manifest = Manifest.parse(Files.readString(set.resolve(Manifest.FILE)));
        try (var tree = Files.walk(set)) {
            return tree.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> {
                        var path = set.relativize(file).toString();
                        return DynamicTest.dynamicTest(path, () -> {
                            flip(file);
                            var summary = run("verify", set.getFileName().toString());
                            mendWhatWasDamaged();

                            assertThat(summary.path("exit").asInt())
                                    .as(summary.toString())
                                    .isEqualTo(20);
                            assertThat(suspects(summary)).as(path).contains(partOf(manifest, path));
                        });
                    })
                    .toList();
        }
    }

    @Test
    void findsItAlsoWhenTheChecksumsWereMadeAgain() throws IOException {
        var file = databaseFile();
        flip(file);
        var sums = set.resolve(Sums.FILE);
        var hashes = Sums.parse(Files.readString(sums));
        hashes.put(set.relativize(file).toString(), sha256(file));
        replace(sums, Sums.text(hashes).getBytes(java.nio.charset.StandardCharsets.UTF_8));

        var summary = run("verify", set.getFileName().toString());

        assertThat(summary.path("exit").asInt()).isEqualTo(20);
        assertThat(suspects(summary)).contains("database:ocs2007-rtc/rtc", "set:" + set.getFileName());
    }

    @Test
    void findsADamagedBackupWhoseHashWasTakenAfterTheDamage() throws IOException {
        var file = databaseFile();
        var before = sha256(file);
        flip(file);
        var after = sha256(file);
        var ledger = set.resolveSibling("sets.jsonl");
        var manifest = set.resolve(Manifest.FILE);
        var oldDigest = Manifest.parse(Files.readString(manifest))
                .part(io.poolkeeper.catalogue.PartId.parse("database:ocs2007-rtc/rtc"))
                .orElseThrow()
                .digest();
        replace(
                manifest,
                Files.readString(manifest).replace(before, after).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var newDigest = Manifest.parse(Files.readString(manifest))
                .part(io.poolkeeper.catalogue.PartId.parse("database:ocs2007-rtc/rtc"))
                .orElseThrow()
                .digest();
        var sums = set.resolve(Sums.FILE);
        var hashes = Sums.parse(Files.readString(sums));
        hashes.put(set.relativize(file).toString(), after);
        hashes.put(Manifest.FILE, sha256(manifest));
        var oldSums = sha256(sums);
        replace(sums, Sums.text(hashes).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        replace(
                ledger,
                Files.readString(ledger)
                        .replace(oldSums, sha256(sums))
                        .replace(oldDigest, newDigest)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        var summary = run("verify", set.getFileName().toString());

        assertThat(summary.path("exit").asInt()).as(summary.toString()).isEqualTo(20);
        assertThat(suspects(summary)).containsExactly("database:ocs2007-rtc/rtc");
        assertThat(part(summary, "database:ocs2007-rtc/rtc").path("depth").asText())
                .isEqualTo("content");
    }

    @Test
    void callsWhatCannotBeReadUnknownNeverDamaged() throws IOException {
        var file = databaseFile();
        var bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.createDirectory(file); // even root cannot read a folder as a file
        mend.add(() -> restore(file, bytes));

        var summary = run("verify", set.getFileName().toString());

        assertThat(summary.path("exit").asInt()).as(summary.toString()).isEqualTo(24);
        assertThat(part(summary, "database:ocs2007-rtc/rtc").path("verdict").asText())
                .isEqualTo("UNKNOWN");
        assertThat(suspects(summary)).isEmpty();
    }

    @Test
    void callsAMissingFileDamage() throws IOException {
        var file = databaseFile();
        var bytes = Files.readAllBytes(file);
        Files.delete(file);
        mend.add(() -> restore(file, bytes));

        assertThat(suspects(run("verify", set.getFileName().toString()))).contains("database:ocs2007-rtc/rtc");
    }

    private static Path databaseFile() {
        return set.resolve("databases/ocs2007-rtc/rtc-full.bak");
    }

    private void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var damaged = bytes.clone();
        damaged[damaged.length / 2] ^= 0x04;
        mend.add(() -> restore(file, bytes));
        Files.write(file, damaged);
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        var before = Files.readAllBytes(file);
        mend.add(0, () -> restore(file, before));
        Files.write(file, bytes);
    }

    private static void restore(Path file, byte[] bytes) {
        try {
            Files.deleteIfExists(file);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String partOf(Manifest manifest, String path) {
        return manifest.parts().stream()
                .filter(part -> part.artefacts().stream()
                        .anyMatch(artefact -> artefact.path().equals(path)))
                .map(part -> part.part().toString())
                .findFirst()
                .orElse("set:" + manifest.set());
    }

    private static List<String> suspects(JsonNode summary) {
        var suspects = new ArrayList<String>();
        summary.path("parts").forEach(part -> {
            if (part.path("verdict").asText().equals("SUSPECT")) {
                suspects.add(part.path("part").asText());
            }
        });
        return suspects;
    }

    private static JsonNode part(JsonNode summary, String id) {
        for (var part : summary.path("parts")) {
            if (part.path("part").asText().equals(id)) {
                return part;
            }
        }
        throw new AssertionError(id + " is not in " + summary);
    }

    private static JsonNode run(String kind, @Nullable String wanted) {
        var accepted = coordinator.request(new Request(
                kind,
                kind,
                Level.FULL,
                "cli",
                UUID.randomUUID().toString(),
                "a test",
                List.of(),
                wanted,
                Depth.CONTENT,
                false,
                null,
                Instant.now(),
                Duration.ofMinutes(5)));
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> coordinator.status(accepted.run()).orElseThrow(), status -> status.closed() != null)
                .summary();
    }
}
