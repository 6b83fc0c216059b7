// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

/**
 * One thing that is wrong in a configuration file.
 *
 * @param file the file's name as it was given
 * @param line counted from 1; 0 where none can be named
 * @param key dotted path, e.g. {@code shares.meeting.path}; empty for the file as a whole
 * @param message what is wrong, without the value of a secret
 * @param hint what to do next; may be empty
 */
public record Problem(String file, int line, String key, String message, String hint) {
    @Override
    public String toString() {
        return file
                + (line > 0 ? ":" + line : "")
                + (key.isEmpty() ? "" : " " + key)
                + ": " + message
                + (hint.isEmpty() ? "" : ". HINT: " + hint);
    }
}
