// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The sign of life that a host without Java writes each time its script runs: {@code out/alive.txt}.
 *
 * @param release of Poolkeeper that wrote its script
 * @param commands digest of its command lines
 * @param clock what its clock showed, UTC
 * @param written what the file server's clock showed then
 * @param can names of its jobs
 */
public record HostSign(String release, String commands, Instant clock, Instant written, List<String> can) {
    /**
     * Reads it.
     *
     * @return nothing if there is none
     * @throws HostText.Unreadable if it makes no sense
     * @throws IOException if it cannot be read
     */
    public static Optional<HostSign> read(HandOffFolder folder) throws HostText.Unreadable, IOException {
        if (!Files.exists(folder.alive())) {
            return Optional.empty();
        }
        var said = HostText.read(folder.alive());
        if (!said.getOrDefault("version", "?").equals("1")) {
            throw new HostText.Unreadable("it is of version " + said.get("version") + ", and 1 is known");
        }
        try {
            return Optional.of(new HostSign(
                    said.getOrDefault("release", "?"),
                    said.getOrDefault("commands", "?"),
                    Instant.parse(said.getOrDefault("utc", "?")),
                    Files.getLastModifiedTime(folder.alive()).toInstant(),
                    said.entrySet().stream()
                            .filter(entry -> entry.getKey().matches("can[0-9]+"))
                            .map(java.util.Map.Entry::getValue)
                            .toList()));
        } catch (DateTimeException e) {
            throw new HostText.Unreadable("it says utc=" + said.get("utc") + ", which is no time");
        }
    }

    /** How far the host's clock is ahead of the file server's. */
    public Duration skew() {
        return Duration.between(written, clock);
    }

    /** Whether the host was seen at or after an instant; not if nobody knows. */
    public static boolean seenSince(HandOffFolder folder, Instant since) {
        try {
            return read(folder).filter(sign -> !sign.written().isBefore(since)).isPresent();
        } catch (HostText.Unreadable | IOException e) {
            return false;
        }
    }

    /** When the host was last seen, for a message. */
    public static String words(HandOffFolder folder, Instant now) {
        try {
            return read(folder)
                    .map(sign -> "it was last seen at " + sign.written() + ", "
                            + Math.max(0, Duration.between(sign.written(), now).toSeconds()) + " s ago")
                    .orElse("it was never seen");
        } catch (HostText.Unreadable e) {
            return "its sign of life makes no sense: " + e.what();
        } catch (IOException e) {
            return "its sign of life cannot be read: " + e.getMessage();
        }
    }
}
