// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.run.RunStatus;

/** Shows how far a run is. */
interface RunProgress extends AutoCloseable {
    /** Called several times a second. */
    void show(RunStatus status);

    @Override
    void close();
}
