// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.site.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The newest backup that another product, or a person, left of a part, by its outside alone.
 *
 * @param name of the file or sub-folder
 * @param bytes of all its files; never 0
 * @param changed when the newest of its files was, in whole milliseconds
 */
public record NewestExport(String name, long bytes, Instant changed) {
    /**
     * Looks into the folder of an observed part.
     *
     * @throws java.nio.file.NoSuchFileException if the folder is not there
     * @throws IOException if it cannot be read
     */
    public static Optional<NewestExport> of(Observation observation) throws IOException {
        var folder = observation.path();
        return folder.isEmpty() ? Optional.empty() : in(folder.get(), observation.files());
    }

    private static Optional<NewestExport> in(Path folder, String files) throws IOException {
        return WatchedFolder.list(folder, files).stream()
                .filter(backup -> backup.bytes() > 0)
                .map(backup -> new NewestExport(
                        backup.path().getFileName().toString(),
                        backup.bytes(),
                        backup.changed().truncatedTo(ChronoUnit.MILLIS)))
                .findFirst();
    }

    /** Whether it is what {@link ObserveFiles} recorded. */
    public boolean is(JsonNode recorded) {
        return recorded.path("name").asText().equals(name)
                && recorded.path("bytes").asLong() == bytes
                && recorded.path("finished").asText().equals(changed.toString());
    }
}
