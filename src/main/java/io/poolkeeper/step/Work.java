// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import java.nio.file.Path;
import java.time.Duration;

/** What a handler gets beside its order: where to write, whom to tell how far it is, and whether to go on. */
public interface Work {
    /** The site's folder in the vault as this worker sees it, absolute. */
    Path vault();

    /** An empty folder of this attempt alone, below the set's partial folder; artefacts go here by their path within the set. */
    Path attemptFolder();

    /** The folder that a drill or a restore fills; may not exist yet. */
    Path sandbox();

    /**
     * Tells how far it is; cheap enough to call often.
     *
     * @param done in the same unit as {@code total}
     * @param total 0 if it is not known
     * @param unit {@code bytes}, {@code percent}, {@code entries}
     */
    void progress(long done, long total, String unit);

    /**
     * Registers what stops the work when the run is cancelled; called at once if it already is. One at a time: a later
     * registration replaces the earlier.
     */
    void onCancel(Runnable stop);

    /**
     * Ends the work if the run was cancelled.
     *
     * @throws PermanentFault with cause CANCELLED if it was
     */
    void checkCancelled();

    /** How long the work may still take, never negative. */
    Duration timeLeft();
}
