// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.util.List;
import java.util.Map;

/**
 * What the manifest keeps of an export, so that a restored copy can be compared with it.
 *
 * @param entries in all files
 * @param containers the catalogue's containers that existed
 * @param files by artefact path
 * @param secretsLeftOut how many attributes were seen that hold secrets; none was written
 * @param notes what there was nothing of
 * @param readMillis how long reading and writing took; 0 in sets of older releases
 * @param countMillis how long the server counted afterwards; 0 in sets of older releases
 */
record Recorded(
        long entries,
        List<String> containers,
        Map<String, LdifFacts> files,
        long secretsLeftOut,
        List<String> notes,
        long readMillis,
        long countMillis) {

    /**
     * What one LDIF file holds.
     *
     * @param entries how many entries were written
     * @param counted how many the server counted afterwards
     * @param bytes size of the LDIF before compression
     * @param digest {@link EntrySum} of the entries
     */
    record LdifFacts(long entries, long counted, long bytes, String digest) {}
}
