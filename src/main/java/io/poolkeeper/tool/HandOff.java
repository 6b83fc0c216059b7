// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.time.Instant;

/** Has the host of a worker without Java do a job, and waits for it. */
@FunctionalInterface
public interface HandOff {
    /** Of a process that hands nothing off: a worker of its own, or a test. */
    HandOff NONE = (job, step, folder, work) -> {
        throw new PermanentFault(
                "worker " + step.worker() + " works by hand-off, and this process hands nothing off",
                "only the coordinator does: who sent this step?");
    };

    /**
     * How a job went.
     *
     * @param started by the host's clock
     * @param tool how its commands ended
     */
    record Done(Instant started, ToolRun.Ended tool) {}

    /**
     * Asks for a job and blocks until it is answered.
     *
     * @param job of the fixed list, e.g. {@code lcscmd-machine}
     * @param step whose attempt it is for
     * @param folder gets the files that the host left, under the names that it gave them; it must be there
     * @return how the job went on the host
     * @throws io.poolkeeper.step.StepFault if the host refused it, gave no answer in time, or one that cannot be right
     */
    Done run(String job, Step step, Path folder, Work work);
}
