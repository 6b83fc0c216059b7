// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.set.PartCheck;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;

/** Judges an export: every entry is unpacked, parsed, counted and compared with what was recorded. */
public final class VerifyDirectory implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        var judged = PartCheck.judge(
                step,
                work,
                stored -> new StoredExport(stored)
                        .compare((file, path, facts) -> LdifFile.read(file, work, entry -> {})));
        work.checkCancelled();
        return judged;
    }
}
