// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.util.List;

/**
 * A ratio that is to be kept.
 *
 * @param task of Poolkeeper
 * @param other of the peer
 * @param most Poolkeeper's time divided by the peer's
 */
record Budget(Task task, Task other, Peer peer, double most) {
    /** Those of the design. */
    static final List<Budget> OF_SHARES = List.of(
            new Budget(Task.FULL, Task.FULL, Peer.RESTIC, 0.6),
            new Budget(Task.FULL, Task.FULL, Peer.BORG, 0.6),
            new Budget(Task.AGAIN, Task.AGAIN, Peer.RESTIC, 1.0),
            new Budget(Task.AGAIN, Task.AGAIN, Peer.BORG, 1.0),
            new Budget(Task.RUNNING, Task.AGAIN, Peer.RESTIC, 0.35),
            new Budget(Task.RUNNING, Task.AGAIN, Peer.BORG, 0.35),
            new Budget(Task.RESTORE, Task.RESTORE, Peer.RESTIC, 1.0));
}
