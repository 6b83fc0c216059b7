// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/**
 * One message of the server: an error, or something worth knowing.
 *
 * @param number as in {@code sys.messages}; 0 for PRINT, 50000 for a text of the lab's own
 * @param severity the catalogue's severity; up to 10 is information, from 11 on an error
 * @param state says where in the server it arose
 * @param text what a person reads
 * @param line the line of the batch, from 1
 */
public record Message(int number, int severity, int state, String text, int line) {
    /** A message that is not yet bound to a line. */
    public Message(int number, int severity, int state, String text) {
        this(number, severity, state, text, 1);
    }

    /** The same message for another line. */
    public Message atLine(int newLine) {
        return new Message(number, severity, state, text, newLine);
    }

    /** Whether clients throw it. */
    public boolean isError() {
        return severity > 10;
    }

    /**
     * The class byte that goes over the wire. SQL Server sends severity 10 as 0, so a good BACKUP reads
     * {@code Msg 3014, Level 0}.
     */
    public int wireClass() {
        return severity == 10 ? 0 : severity;
    }
}
