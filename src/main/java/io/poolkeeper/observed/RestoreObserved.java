// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What cannot be restored from here, because another product keeps it: says where it lies and who made it. */
public final class RestoreObserved implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        return new Judged(Verdict.UNKNOWN, Depth.MEDIA, List.of(), reason(step, work), 0, null);
    }

    private static String reason(Step step, Work work) {
        try {
            return new Vault(work.vault())
                    .manifest(step.requiredSet())
                    .part(step.part())
                    .flatMap(RestoreObserved::told)
                    .orElse("the set knows nothing of " + step.part());
        } catch (IOException | MalformedDocument e) {
            return "the manifest of " + step.requiredSet() + " cannot be used: " + e.getMessage();
        }
    }

    private static Optional<String> told(Manifest.Part part) {
        var how = part.recorded() == null ? "" : part.recorded().path("how").asText();
        return ObservedBackup.of(part)
                .map(backup -> backup.told()
                        + (how.isEmpty()
                                ? ". Restore it with the product that made it"
                                : ". Restore it by hand, on the server:  " + how));
    }
}
