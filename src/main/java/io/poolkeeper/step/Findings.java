// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.util.ArrayList;
import java.util.List;

/** Gathers what one look found, in its order. Thread-safe: whoever waits for it may give up and take what there is. */
public final class Findings {
    private final List<Finding> found = new ArrayList<>();

    /** As a backup needs it. */
    public void ok(String about, String what) {
        add(new Finding(about, Finding.State.OK, what, null));
    }

    /** A backup will work, but somebody should know. */
    public void warning(String about, String what, String hint) {
        add(new Finding(about, Finding.State.WARNING, what, hint));
    }

    /** A backup would fail by it, or it is refused. */
    public void problem(String about, String what, String hint) {
        add(new Finding(about, Finding.State.PROBLEM, what, hint));
    }

    /** Nobody could find out. */
    public void unknown(String about, String what, String hint) {
        add(new Finding(about, Finding.State.UNKNOWN, what, hint));
    }

    /** A fault of whoever was asked. */
    public void problem(String about, StepFault fault) {
        problem(about, String.valueOf(fault.getMessage()), fault.hint());
    }

    /** Adds one. */
    public synchronized void add(Finding finding) {
        found.add(finding);
    }

    /** What was found so far. */
    public synchronized List<Finding> all() {
        return List.copyOf(found);
    }
}
