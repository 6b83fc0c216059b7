// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import java.util.Collection;
import java.util.List;

/** The ladder of exit codes that enterprise schedulers test with {@code <=}; never reused for anything else. */
public enum ExitCode {
    /** All as policy asks. */
    OK(0),
    /** With warnings inside policy, each listed. */
    WARNING(4),
    /** A required or recommended part FAILED; the previous set is still the best for it. */
    PARTIAL(8),
    /** No required part captured, or no set published. */
    NO_SET(12),
    /** Not started: configuration, pre-flight, permission, space. */
    NOT_STARTED(16),
    /** Evidence of damage. */
    DAMAGE(20),
    /** Could not conclude. */
    INCONCLUSIVE(24),
    /** A drill did not meet its pass conditions. */
    DRILL_FAILED(28),
    /** Deadline or time-out passed. */
    OVERDUE(32),
    /** Overlap, paused, blackout. */
    REFUSED(36),
    /** Broker or coordinator unreachable. */
    UNREACHABLE(40),
    /** The command line makes no sense. */
    USAGE(64),
    /** An error of the program. */
    INTERNAL(70);

    /** Of several, the first that occurs here counts. */
    private static final List<ExitCode> WEIGHT =
            List.of(INTERNAL, NO_SET, DAMAGE, PARTIAL, DRILL_FAILED, OVERDUE, INCONCLUSIVE, WARNING, OK);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** The one that counts. */
    public static ExitCode worst(Collection<ExitCode> codes) {
        return WEIGHT.stream().filter(codes::contains).findFirst().orElse(OK);
    }

    /**
     * The code of a number.
     *
     * @throws IllegalArgumentException if the ladder has no such rung
     */
    public static ExitCode of(int code) {
        for (var candidate : values()) {
            if (candidate.code == code) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no such exit code: " + code);
    }
}
