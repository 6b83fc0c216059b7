// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.mssmb2.SMBApiException;
import java.util.Map;
import java.util.Set;

/** The names of what a file server answers (MS-ERREF 2.3.1), those that smbj does not know included. */
final class NtStatuses {
    static final long SHARING_VIOLATION = 0xC0000043L;
    static final long FILE_LOCK_CONFLICT = 0xC0000054L;
    static final long ACCESS_DENIED = 0xC0000022L;
    static final long LOGON_FAILURE = 0xC000006DL;
    static final long BAD_NETWORK_NAME = 0xC00000CCL;
    static final long PATH_NOT_COVERED = 0xC0000257L;
    static final long STOPPED_ON_SYMLINK = 0x8000002DL;
    static final long NOT_A_DIRECTORY = 0xC0000103L;
    static final long FILE_IS_A_DIRECTORY = 0xC00000BAL;

    /** There is nothing of that name, or not any more. */
    static final Set<Long> NOT_THERE = Set.of(
            0xC000000FL, // NO_SUCH_FILE
            0xC0000034L, // OBJECT_NAME_NOT_FOUND
            0xC000003AL, // OBJECT_PATH_NOT_FOUND
            0xC0000056L, // DELETE_PENDING
            0xC0000123L); // FILE_DELETED

    /** The connection, the session or what was open in it is no more; the file may be as good as ever. */
    static final Set<Long> LOST = Set.of(
            0xC00000B5L, // IO_TIMEOUT
            0xC00000C9L, // NETWORK_NAME_DELETED
            0xC00000D0L, // REQUEST_NOT_ACCEPTED
            0xC0000128L, // FILE_CLOSED
            0xC0000203L, // USER_SESSION_DELETED
            0xC0000205L, // INSUFF_SERVER_RESOURCES
            0xC000020CL, // CONNECTION_DISCONNECTED
            0xC000020DL, // CONNECTION_RESET
            0xC000026EL, // VOLUME_DISMOUNTED
            0xC000035CL); // NETWORK_SESSION_EXPIRED

    /** Who we are, or when: no other try helps. */
    static final Map<Long, String> REFUSALS = Map.of(
            LOGON_FAILURE,
            "STATUS_LOGON_FAILURE",
            0xC000006EL,
            "STATUS_ACCOUNT_RESTRICTION",
            0xC000006FL,
            "STATUS_INVALID_LOGON_HOURS",
            0xC0000070L,
            "STATUS_INVALID_WORKSTATION",
            0xC0000071L,
            "STATUS_PASSWORD_EXPIRED",
            0xC0000072L,
            "STATUS_ACCOUNT_DISABLED",
            0xC0000193L,
            "STATUS_ACCOUNT_EXPIRED",
            0xC0000224L,
            "STATUS_PASSWORD_MUST_CHANGE",
            0xC0000234L,
            "STATUS_ACCOUNT_LOCKED_OUT",
            0xC000015BL,
            "STATUS_LOGON_TYPE_NOT_GRANTED");

    private NtStatuses() {}

    /** Its name, or its number if it has none here. */
    static String name(SMBApiException error) {
        var known = REFUSALS.get(error.getStatusCode());
        if (known != null) {
            return known;
        }
        var name = error.getStatus().name();
        return name.equals("STATUS_OTHER") || name.equals("UNKNOWN")
                ? "status 0x%08X".formatted(error.getStatusCode())
                : name;
    }
}
