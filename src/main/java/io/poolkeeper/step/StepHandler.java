// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

/**
 * Does one kind of step. Implementations know one outside world and nothing of queues, retries or Camel: routes/ decide
 * when a step runs, how often it is tried again, and where its failure goes.
 *
 * <p>Every handler may be called again for a later attempt of the same step while an earlier one is still dying
 * somewhere; it must not mind, and must not write anywhere but into {@link Work#attemptFolder} and {@link Work#sandbox}.
 * Thread-safe.
 */
@FunctionalInterface
public interface StepHandler {
    /**
     * Does one step.
     *
     * @return what was done
     * @throws TransientFault if another attempt may succeed
     * @throws PermanentFault if none would
     */
    Output handle(Step step, Work work);
}
