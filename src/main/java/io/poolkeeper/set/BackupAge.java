// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.step.PermanentFault;
import java.time.Duration;
import java.util.List;

/** Judges how old a backup of another product is. */
public final class BackupAge {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);

    private BackupAge() {}

    /**
     * Refuses what is older than allowed.
     *
     * @param what which backup, for a person: where it lies and who made it
     * @return what somebody should read about it; empty as a rule
     * @throws PermanentFault if it is too old
     */
    public static List<String> judge(PartId part, Duration age, Duration allowed, String what) {
        if (age.compareTo(allowed) > 0) {
            throw new PermanentFault(
                    "the newest backup of " + part + " is " + text(age) + " old, allowed are " + text(allowed) + ": "
                            + what,
                    "look why the other product made none since, or raise maxAge under observed");
        }
        return age.negated().compareTo(CLOCKS_DIFFER) > 0
                ? List.of(what + " is dated " + text(age.negated())
                        + " in the future: check the clocks and time zones of the source and of this machine")
                : List.of();
    }

    /** In the two largest units. */
    public static String text(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        return span.toHours() > 0 ? span.toHours() + " h " + span.toMinutesPart() + " min" : span.toMinutes() + " min";
    }
}
