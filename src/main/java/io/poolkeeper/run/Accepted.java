// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

/** The answer to a request. */
public sealed interface Accepted {
    /** The run that the request is about: its own, or the one that stands in its way. */
    String run();

    /** Whether it has to be started now. */
    default boolean isNew() {
        return this instanceof Started;
    }

    /** A new run. */
    record Started(String run) implements Accepted {}

    /** The key was known: this is the run that it started. */
    record Known(String run) implements Accepted {}

    /** A run of the same plan is going on. */
    record Refused(String run, String reason) implements Accepted {}
}
