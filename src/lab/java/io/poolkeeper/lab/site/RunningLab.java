// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A lab that runs, in whatever process.
 *
 * @param process the process; surely the lab's, because a number that was used again has another time of start
 * @param edition of the pool
 */
public record RunningLab(ProcessHandle process, String edition) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The lab that runs in a folder, if one does. */
    public static Optional<RunningLab> in(LabFolder folder) throws IOException {
        if (!Files.exists(folder.labJson())) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(folder.labJson())) {
            var json = JSON.readTree(in);
            var started = json.path("processStarted").asText();
            return ProcessHandle.of(json.path("pid").asLong())
                    .filter(process -> process.info()
                            .startInstant()
                            .map(instant -> instant.toString().equals(started))
                            .orElse(false))
                    .map(process -> new RunningLab(process, json.path("edition").asText()));
        } catch (NoSuchFileException e) {
            // it stopped just now
            return Optional.empty();
        }
    }
}
