// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * Walks over what LDAP sends (RFC 4511 section 5.1: BER with definite lengths) without copying any of it. Not thread-safe.
 */
final class Ber {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /** At most this many bytes say how long something is: 2 GB is more than any message may have. */
    private static final int LENGTH_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int at;

    /** From a position up to the end, which is not looked at. */
    Ber(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * How many bytes the element has that begins at a position, its tag and length included.
     *
     * @param end what lies from there on has not come yet
     * @return nought if not even its length has come
     * @throws LDAPException if that is no length
     */
    static long size(byte[] bytes, int from, int end) throws LDAPException {
        if (end - from < 2) {
            return 0;
        }
        var first = bytes[from + 1];
        if (first >= 0) {
            return 2L + first;
        }
        var more = first & 0x7F;
        if (more == 0 || more > LENGTH_BYTES) {
            throw malformed();
        }
        if (end - from < 2 + more) {
            return 0;
        }
        var length = 0L;
        for (var i = 0; i < more; i++) {
            length = length << 8 | (bytes[from + 2 + i] & 0xFF);
        }
        return 2L + more + length;
    }

    /** Where it stands. */
    int at() {
        return at;
    }

    /** The tag of the element that comes, 0 to 255; -1 at the end. */
    int tag() {
        return at < end ? bytes[at] & 0xFF : -1;
    }

    /**
     * Steps over an element's tag and length.
     *
     * @return where its content ends
     * @throws LDAPException if another element comes, or its content does not lie before the end
     */
    int open(int tag) throws LDAPException {
        if (tag() != tag) {
            throw malformed();
        }
        var size = size(bytes, at, end);
        if (size == 0 || size > end - at) {
            throw malformed();
        }
        var close = at + (int) size;
        at += bytes[at + 1] >= 0 ? 2 : 2 + (bytes[at + 1] & 0x7F);
        return close;
    }

    /** Goes to the end of what was opened. */
    void close(int where) {
        at = where;
    }

    /**
     * Notes that what was opened must end here.
     *
     * @throws LDAPException if it does not
     */
    void mustEnd(int where) throws LDAPException {
        if (at != where) {
            throw malformed();
        }
    }

    /**
     * A number that is not negative.
     *
     * @throws LDAPException if something else comes
     */
    int number() throws LDAPException {
        var close = open(INTEGER);
        if (close - at > LENGTH_BYTES || close == at || bytes[at] < 0) {
            throw malformed();
        }
        var number = 0;
        while (at < close) {
            number = number << 8 | (bytes[at++] & 0xFF);
        }
        return number;
    }

    private static LDAPException malformed() {
        return new LDAPException(ResultCode.DECODING_ERROR, "what came is not LDAP");
    }
}
