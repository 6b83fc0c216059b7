// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The order for one unit of work, as it travels on {@code poolkeeper.step.<worker>} (config/schema/step.json).
 *
 * <p>It names a part and a method and never carries a command line, a path, SQL or a secret: the worker builds what it
 * does from its own copy of the site file.
 *
 * @param run the run it belongs to
 * @param step its id within the run
 * @param attempt counted from 1
 * @param part what it is about
 * @param action what to do with the part
 * @param method how
 * @param effect what it leaves in the world
 * @param worker who shall do it
 * @param set the set that it fills or reads; null for discovery
 * @param base for an incremental capture, the set that holds the state to compare with; null for a full one
 * @param level how much is captured
 * @param depth how deep a verification goes
 * @param keep whether a drill leaves its sandbox for somebody to look at
 * @param notAfter a worker that gets the step later refuses it
 * @param siteHash {@link io.poolkeeper.site.Site#hash} of the plan; a worker with another site file refuses the step
 * @param place where a restore puts it
 * @param at the point in time to restore to, UTC; null for all that the set holds
 * @param path what is restored: a pattern relative to a share, or a distinguished name; null for all
 */
public record Step(
        String run,
        String step,
        int attempt,
        PartId part,
        Action action,
        Method method,
        Effect effect,
        String worker,
        @Nullable String set,
        @Nullable String base,
        Level level,
        Depth depth,
        boolean keep,
        Instant notAfter,
        String siteHash,
        Place place,
        @Nullable Instant at,
        @Nullable String path) {
    /** What runs, steps and sets may be called: they become file names. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,120}");

    /**
     * Refuses what could leave its folder as a file name.
     *
     * @throws IllegalArgumentException naming the component
     */
    public Step {
        place = place == null ? Place.BESIDE : place; // steps of earlier releases name none
        requireName("run", run);
        requireName("step", step);
        if (set != null) {
            requireName("set", set);
        }
        if (base != null) {
            requireName("base", base);
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1: " + attempt);
        }
    }

    /** An order that puts nothing where something may be, and looks at all that its set holds. */
    public Step(
            String run,
            String step,
            int attempt,
            PartId part,
            Action action,
            Method method,
            Effect effect,
            String worker,
            @Nullable String set,
            @Nullable String base,
            Level level,
            Depth depth,
            boolean keep,
            Instant notAfter,
            String siteHash) {
        this(
                run,
                step,
                attempt,
                part,
                action,
                method,
                effect,
                worker,
                set,
                base,
                level,
                depth,
                keep,
                notAfter,
                siteHash,
                Place.BESIDE,
                null,
                null);
    }

    private static void requireName(String component, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(component + " is not a plain name of letters, digits, dots and dashes");
        }
    }

    /** Run, step and attempt in one word, for temporary names. */
    @JsonIgnore
    public String attemptName() {
        return attemptName(attempt);
    }

    /** Names another attempt of it. */
    public String attemptName(int which) {
        return step + "-" + which;
    }

    /** The set; for steps that cannot be without one. */
    public String requiredSet() {
        if (set == null) {
            throw new PermanentFault("step " + step + " names no set", "this is an error of Poolkeeper: report it");
        }
        return set;
    }

    /** The same order for the next attempt. */
    public Step next() {
        return new Step(
                run,
                step,
                attempt + 1,
                part,
                action,
                method,
                effect,
                worker,
                set,
                base,
                level,
                depth,
                keep,
                notAfter,
                siteHash,
                place,
                at,
                path);
    }
}
