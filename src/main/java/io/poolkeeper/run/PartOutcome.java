// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.Changes;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one part in a run.
 *
 * @param role the catalogue's word for what it holds
 * @param reason why it has its disposition
 * @param outcome null only for a part that is absent, or for one that the run lost: then the run is an internal error
 * @param depth of the evidence behind the verdict; null if there is none
 * @param cause why it is not OK; null if it is
 * @param set the set that holds it; null if none does
 * @param bytes size of its artefacts, or how much was read or restored
 * @param artefacts paths within the set
 * @param damages evidence of damage, or differences to what was recorded
 * @param where what a trial restore left for somebody to look at
 * @param changes how it differs from the set before; null if that was not looked at
 * @param started when its first step began, UTC
 * @param finished when its last step ended, UTC
 */
public record PartOutcome(
        PartId part,
        Kind kind,
        @Nullable String role,
        Disposition disposition,
        String reason,
        Method method,
        @Nullable Outcome outcome,
        Verdict verdict,
        @Nullable Depth depth,
        @Nullable String cause,
        @Nullable String hint,
        @Nullable String set,
        long bytes,
        List<String> artefacts,
        List<Damage> damages,
        @Nullable String where,
        @Nullable Changes changes,
        @Nullable Instant started,
        @Nullable Instant finished) {}
