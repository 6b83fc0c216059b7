// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

/**
 * One name that a walk came by.
 *
 * @param path within the share
 * @param entry what its entry in a segment is called: the path, unless Windows could not have a file of that name
 */
record Node(String path, String entry, Facts facts) {
    /** The same name with other facts. */
    Node with(Facts others) {
        return new Node(path, entry, others);
    }
}
