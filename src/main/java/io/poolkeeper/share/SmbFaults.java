// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.smbj.common.SMBRuntimeException;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Sorts what smbj throws: what is wrong with one file, and what is wrong with the server, the share or the account. */
final class SmbFaults {
    private static final String READ =
            "give this account the right to read and list the share (Backup Operators have it)";

    private SmbFaults() {}

    /**
     * Whether the connection is lost, rather than that the server said no to something.
     *
     * @throws CancellationException if nobody waits for the answer any more
     */
    static boolean isLost(SMBRuntimeException error) {
        checkStopped(error);
        if (error instanceof SMBApiException said) {
            return NtStatuses.LOST.contains(said.getStatusCode());
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Buffer.BufferException) {
                return false; // an answer, but not one that is understood
            }
        }
        return true;
    }

    /**
     * Tells a thread that was to end from a server that did not answer.
     *
     * @throws CancellationException if nobody waits for the answer any more
     */
    static void checkStopped(Exception error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the work was stopped");
            }
        }
    }

    /** What is wrong with one name in a share. */
    static IOException of(String path, SMBRuntimeException unsorted) {
        if (!(unsorted instanceof SMBApiException error)) {
            return caused(
                    new FileSystemException(
                            path, null, "the file server's answer is not understood: " + root(unsorted)),
                    unsorted);
        }
        var status = NtStatuses.name(error);
        var code = error.getStatusCode();
        if (NtStatuses.NOT_THERE.contains(code)) {
            return caused(new NoSuchFileException(path, null, status), error);
        }
        if (code == NtStatuses.ACCESS_DENIED) {
            return caused(new AccessDeniedException(path, null, status), error);
        }
        if (code == NtStatuses.NOT_A_DIRECTORY) {
            return caused(new NotDirectoryException(path), error);
        }
        return caused(new FileSystemException(path, null, words(code) + "(" + status + ")"), error);
    }

    private static String words(long code) {
        if (code == NtStatuses.SHARING_VIOLATION || code == NtStatuses.FILE_LOCK_CONFLICT) {
            return "is locked by whoever has it open ";
        }
        if (code == NtStatuses.PATH_NOT_COVERED) {
            return "is a DFS link to another server, which is a share of its own ";
        }
        if (code == NtStatuses.STOPPED_ON_SYMLINK) {
            return "has become a link ";
        }
        return code == NtStatuses.FILE_IS_A_DIRECTORY ? "has become a folder " : "the file server refused it ";
    }

    private static IOException caused(IOException fault, Exception cause) {
        fault.initCause(cause);
        return fault;
    }

    /** The fault of a root folder that cannot be listed. */
    static StepFault root(SmbAddress address, SmbLogin login, IOException error) {
        var cause = address + ": " + Faults.text(error);
        if (error instanceof NoSuchFileException) {
            return new PermanentFault(cause, "correct the folder in the url, or bring it back", error);
        }
        if (error instanceof NotDirectoryException) {
            return new PermanentFault(cause, "name the folder itself in the url", error);
        }
        if (error instanceof AccessDeniedException) {
            return new PermanentFault(cause + " for " + login, READ, error);
        }
        return new TransientFault(cause, "check the file server", error);
    }

    /** The fault of a connection that was lost and could not be had again. */
    static StepFault gone(SmbAddress address, @Nullable Exception error) {
        var why = error == null ? "" : ": " + root(error);
        return new TransientFault(
                address.server() + " does not answer any more" + why,
                "check the file server and the network; nothing is missing from the sets that were made before",
                error == null ? new IOException("lost") : error);
    }

    /** The fault of a server that cannot be reached, or with which no dialect was agreed. */
    static StepFault unreachable(SmbAddress address, Exception error) {
        if (!isUnconnected(error) && SmbOneProbe.answers(address)) {
            return new PermanentFault(
                    address.server() + " speaks only SMB 1, which is not spoken here",
                    "let it speak SMB 2 or newer; if it cannot (Windows 2003), mount the share and give path instead of url",
                    error);
        }
        return new TransientFault(
                "cannot reach the file server " + address.server() + ": " + root(error),
                "is it on, is its name right, and does TCP port " + address.port() + " pass the firewalls?",
                error);
    }

    /** Whether not even TCP was had: then there is nobody to be asked for SMB 1. */
    private static boolean isUnconnected(Exception error) {
        return error instanceof ConnectException
                || error instanceof NoRouteToHostException
                || error instanceof SocketTimeoutException
                || error instanceof UnknownHostException;
    }

    /** The fault of a logon. */
    static StepFault logon(SmbAddress address, SmbLogin login, SMBRuntimeException error) {
        if (!(error instanceof SMBApiException said)) {
            return unreachable(address, error);
        }
        var cause = address.server() + " refused " + login + " (" + NtStatuses.name(said) + ")";
        if (NtStatuses.REFUSALS.containsKey(said.getStatusCode())) {
            return new PermanentFault(cause, "correct user and password of the share, or mend the account", error);
        }
        return said.getStatusCode() == NtStatuses.ACCESS_DENIED
                ? new PermanentFault(cause, "does the server allow this account to log on over the network?", error)
                : new TransientFault(cause, "check the file server and its domain controller", error);
    }

    /** Whether a server or share was reached and let nobody in; it does so too when it wants to be spoken to encrypted. */
    static boolean isDenied(StepFault fault) {
        return fault.getCause() instanceof SMBApiException said && said.getStatusCode() == NtStatuses.ACCESS_DENIED;
    }

    /** The fault of a share that cannot be connected. */
    static StepFault share(SmbAddress address, SmbLogin login, SMBRuntimeException error) {
        if (!(error instanceof SMBApiException said)) {
            return gone(address, error);
        }
        var status = " (" + NtStatuses.name(said) + ")";
        if (said.getStatusCode() == NtStatuses.BAD_NETWORK_NAME) {
            return new PermanentFault(
                    address.server() + " has no share " + address.share() + status,
                    "correct the share's name in the url",
                    error);
        }
        return said.getStatusCode() == NtStatuses.ACCESS_DENIED
                ? new PermanentFault(address + ": access denied" + status + " for " + login, READ, error)
                : new TransientFault(address + ": cannot be opened" + status, "check the file server", error);
    }

    private static String root(Throwable error) {
        var deepest = error;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        var said = deepest.getMessage();
        return deepest instanceof UnknownHostException
                ? "its name is not known"
                : said == null ? deepest.getClass().getSimpleName() : said;
    }
}
