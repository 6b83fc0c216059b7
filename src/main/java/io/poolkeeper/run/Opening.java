// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.step.Step;
import java.util.List;

/**
 * What follows from a stage that was closed.
 *
 * @param steps to be sent now
 * @param conclude whether the run is through
 */
public record Opening(String run, List<Step> steps, boolean conclude) {
    /** Nothing: the run is closed already, or the message came twice. */
    static Opening nothing(String run) {
        return new Opening(run, List.of(), false);
    }
}
