// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

/**
 * What was measured in one round, in seconds.
 *
 * @param whole the product's whole process: start, discovery, export, verification, end
 * @param export the product's export alone, as its manifest tells: read and write
 * @param count how long the server counted afterwards, so that no export looks whole that is not
 * @param running the export of a coordinator that has exported before, in seconds
 * @param peer all that ldapsearch took right before or after the product's whole process, its start included
 * @param runningPeer the same right before or after the coordinator's export
 * @param entries in either export
 */
record DirectoryRound(
        Measured whole,
        double export,
        double count,
        double running,
        Measured peer,
        Measured runningPeer,
        long entries) {
    /** The product's entries a second divided by ldapsearch's. */
    double ratio() {
        return peer.seconds() / export;
    }

    /** The same of a running coordinator. */
    double runningRatio() {
        return runningPeer.seconds() / running;
    }
}
