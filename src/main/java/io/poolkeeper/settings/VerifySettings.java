// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.set.PartCheck;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;

/** Judges exported settings or user data: parsed as XML, counted, and compared with what was recorded. */
public final class VerifySettings implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        var judged = PartCheck.judge(step, work, stored -> StoredXml.compare(stored, (artefact, file) -> file));
        work.checkCancelled();
        return judged;
    }
}
