// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.PartCheck;
import io.poolkeeper.step.Output.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers evidence of damage and reasons for doubt; keeps the first hundred, because it travels in a message. Not thread-safe. */
final class Findings {
    private static final int KEPT = 100;

    private final List<Damage> damages = new ArrayList<>();
    private final NameSample doubts = new NameSample();
    private long more;

    /**
     * One thing that was found.
     *
     * @param file what it is about
     * @param what what is wrong with it
     * @param damage whether it is evidence of damage, rather than something that could not be checked
     */
    record Finding(String file, String what, boolean damage) {
        /** Damage or doubt, as the error says. */
        static Finding of(String file, String about, IOException error) {
            return new Finding(file, about + " " + Faults.text(error), Faults.isDamage(error));
        }
    }

    void add(Finding finding) {
        if (finding.damage()) {
            damage(finding.file(), finding.what());
        } else {
            doubts.add(finding.file() + ": " + finding.what());
        }
    }

    void addAll(List<Finding> findings) {
        findings.forEach(this::add);
    }

    void damage(String file, @Nullable String what) {
        if (damages.size() < KEPT) {
            damages.add(new Damage(file, String.valueOf(what)));
        } else {
            more++;
        }
    }

    /** Whether nothing was found. */
    boolean isEmpty() {
        return damages.isEmpty() && doubts.count() == 0;
    }

    /** Evidence of damage; the last one may say how much more there is. */
    List<Damage> damages() {
        var all = new ArrayList<>(damages);
        if (more > 0) {
            all.add(new Damage("", "and " + more + " more"));
        }
        return all;
    }

    /** Why something could not be checked; null if all could. */
    @Nullable String doubt() {
        return doubts.count() == 0 ? null : doubts.toString();
    }

    /** For {@link PartCheck}. */
    PartCheck.Finding finding() {
        return new PartCheck.Finding(damages(), doubt());
    }
}
