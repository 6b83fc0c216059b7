// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.PartCheck;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;

/** Judges what a set holds of a share, down to every byte of every file that it holds itself. */
public final class VerifyShare implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> new ShareCheck(stored, work).check());
    }
}
