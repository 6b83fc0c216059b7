// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.SandboxFiles;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies exported settings or user data into the sandbox, reads the copy afresh, and compares what it says with what was
 * recorded. It imports nothing into OCS.
 */
public final class RestoreSettings implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        try (var files = new SandboxFiles(step, work)) {
            var judged = PartCheck.judge(
                    step, work, stored -> StoredXml.compare(stored, (artefact, file) -> copy(artefact, file, files)));
            work.checkCancelled();
            return files.settle(judged, null);
        }
    }

    private static Path copy(String artefact, Path file, SandboxFiles files) throws IOException {
        var name = artefact.substring(artefact.lastIndexOf('/') + 1);
        try (var copy = files.create(name)) {
            Files.copy(file, copy);
        }
        return files.unfinished(name);
    }
}
