// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.SandboxFiles;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies exported settings or user data into the sandbox, reads the copy afresh, and compares what it says with what was
 * recorded. In place it has the product's tool import what the set holds ({@link SettingsImport}).
 */
public final class RestoreSettings implements StepHandler {
    private final Site site;

    /** Restores for a site. */
    public RestoreSettings(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        if (step.place() != Place.BESIDE) {
            return inPlace(step, work);
        }
        try (var files = new SandboxFiles(step, work)) {
            var judged = PartCheck.judge(
                    step, work, stored -> StoredXml.compare(stored, (artefact, file) -> copy(artefact, file, files)));
            work.checkCancelled();
            return files.settle(judged, null);
        }
    }

    /** Nothing is imported that is not what was captured. */
    private Output inPlace(Step step, Work work) {
        if (step.place() != Place.OVERWRITE || step.action() != Action.RESTORE) {
            throw new PermanentFault(step.part() + " is imported over what is there", "say so with --apply");
        }
        var whole = new ArrayList<StoredPart>();
        var judged = PartCheck.judge(step, work, stored -> {
            whole.add(stored);
            return StoredXml.compare(stored, (artefact, file) -> file);
        });
        if (judged.verdict() != Verdict.PROVEN) {
            return judged;
        }
        work.checkCancelled();
        new SettingsImport(site, step.part()).run(whole.get(0), work);
        return new Judged(
                Verdict.PROVEN,
                Depth.RESTORED,
                List.of(),
                null,
                judged.bytes(),
                step.part().name());
    }

    private static Path copy(String artefact, Path file, SandboxFiles files) throws IOException {
        var name = artefact.substring(artefact.lastIndexOf('/') + 1);
        try (var copy = files.create(name)) {
            Files.copy(file, copy);
        }
        return files.unfinished(name);
    }
}
