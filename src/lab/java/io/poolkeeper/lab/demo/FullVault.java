// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A vault that really is full: a small file system in memory, mounted over the vault's folder in a mount namespace that only the
 * product's process sees and that ends with it. Its size is what the vault holds now and a little more.
 */
final class FullVault {
    /** Copies what the vault holds into the small file system, mounts it in the vault's place, and runs the commands there. */
    private static final String SCRIPT = "set -e; small=$1; vault=$2; size=$3; shift 3;"
            + " mount -t tmpfs -o size=\"$size\",mode=700 tmpfs \"$small\"; cp -a \"$vault/.\" \"$small/\";"
            + " mount --bind \"$small\" \"$vault\"; set +e; for command; do sh -c \"$command\"; done";

    private static final long LITTLE_MORE = 1 << 20;

    private FullVault() {}

    /** The command that runs others, one after the other, where the vault is full. */
    static List<String> command(Path vault, Path mountPoint, List<List<String>> commands) throws IOException {
        var size = size(vault) + LITTLE_MORE;
        var all = new ArrayList<>(List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                SCRIPT,
                "sh",
                mountPoint.toString(),
                vault.toString(),
                Long.toString(size)));
        commands.forEach(command ->
                all.add(String.join(" ", command.stream().map(FullVault::quoted).toList())));
        return all;
    }

    /** The command that writes down the hash of every file of a set. */
    static List<String> hashes(Path vault, String set, Path list) {
        return List.of(
                "sh",
                "-c",
                "find \"$1\" -path \"*/$2/*\" -type f -exec sha256sum {} + | sort >\"$3\"",
                "sh",
                vault.toString(),
                set,
                list.toString());
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Makes sure that this machine can do it.
     *
     * @throws IOException saying what is missing
     */
    static void check(Path folder) throws IOException, InterruptedException {
        var trial = Files.createDirectories(folder.resolve("trial-vault"));
        var mount = Files.createDirectories(folder.resolve("trial-mount"));
        Process process;
        try {
            process = new ProcessBuilder(command(trial, mount, List.of(List.of("true"))))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "this machine has no 'unshare' (package util-linux), so its vault cannot be filled up", e);
        }
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(
                    "this machine lets nobody mount a small file system, so its vault cannot be filled up: " + said);
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length() + 4096)
                    .sum();
        }
    }
}
