// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a share, made when it is first used. If it is lost it is made anew, once for each request: a session
 * that expired or a server that was started again costs nothing; one that stays away is a transient fault. Thread-safe.
 */
final class SmbLink implements AutoCloseable {
    /** How long a server may take for one answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SmbAddress address;
    private final SmbLogin login;
    private @Nullable Line line;

    SmbLink(SmbAddress address, SmbLogin login) {
        this.address = address;
        this.login = login;
    }

    /** A connection that stands. */
    record Line(SMBClient client, Connection connection, DiskShare share) {
        /** Without asking the server, which may be gone. */
        void hangUp() {
            try {
                connection.close(true);
            } catch (IOException | SMBRuntimeException e) {
                return; // it was lost anyway
            }
        }
    }

    /** Asks something of the server. */
    @FunctionalInterface
    interface Request<T> {
        T to(DiskShare share) throws IOException;
    }

    /**
     * Asks, and once more if the connection is lost.
     *
     * @param path what it is about
     * @throws IOException what is wrong with that name
     * @throws io.poolkeeper.step.StepFault if the server, the share or the account is not what it should be
     */
    <T> T ask(String path, Request<T> request) throws IOException {
        var first = line();
        try {
            return request.to(first.share());
        } catch (SMBRuntimeException e) {
            if (!SmbFaults.isLost(e)) {
                throw SmbFaults.of(path, e);
            }
            drop(first);
        }
        try {
            return request.to(line().share());
        } catch (SMBRuntimeException e) {
            if (SmbFaults.isLost(e)) {
                throw SmbFaults.gone(address, e);
            }
            throw SmbFaults.of(path, e);
        }
    }

    /** The connection, made if there is none. */
    synchronized Line line() {
        if (line == null) {
            line = connect();
        }
        return line;
    }

    @SuppressWarnings("ReferenceEquality") // another thread may have made it anew
    private synchronized void drop(Line lost) {
        lost.hangUp();
        if (line == lost) {
            line = null;
        }
    }

    /** Encrypts only where it must: it costs both ends more than all the rest. */
    private Line connect() {
        try {
            return connect(false);
        } catch (PermanentFault e) {
            if (!SmbFaults.isDenied(e)) {
                throw e;
            }
            try {
                return connect(true);
            } catch (StepFault again) {
                throw e;
            }
        }
    }

    private Line connect(boolean encrypted) {
        var client = new SMBClient(config(encrypted));
        try {
            var connection = connection(client);
            return new Line(client, connection, share(session(connection)));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Each with a GUID of its own: a server takes those with the same for one client, and serves it by one process. */
    private static SmbConfig config(boolean encrypted) {
        return SmbConfig.builder()
                .withClientGuid(UUID.randomUUID())
                .withTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .withReadBufferSize(SmbHandles.LARGEST_READ)
                .withEncryptData(encrypted)
                .build();
    }

    private Connection connection(SMBClient client) {
        try {
            return client.connect(address.host(), address.port());
        } catch (IOException | SMBRuntimeException e) {
            SmbFaults.checkStopped(e);
            throw SmbFaults.unreachable(address, e);
        }
    }

    private Session session(Connection connection) {
        try {
            var session = connection.authenticate(login.resolve());
            if (session.isGuest() || session.isAnonymous()) {
                throw new PermanentFault(
                        address.server() + " does not know " + login + " and took it for a guest",
                        "correct user and password of the share");
            }
            return session;
        } catch (SMBRuntimeException e) {
            throw SmbFaults.logon(address, login, e);
        }
    }

    private DiskShare share(Session session) {
        try {
            if (session.connectShare(address.share()) instanceof DiskShare share) {
                return share;
            }
            throw new PermanentFault(address + " is no share of files", "correct the share's name in the url");
        } catch (SMBRuntimeException e) {
            throw SmbFaults.share(address, login, e);
        }
    }

    @Override
    public synchronized void close() {
        if (line != null) {
            try {
                line.client().close();
            } catch (SMBRuntimeException e) {
                line.hangUp(); // the server is gone; what was asked of it has its answer or its fault
            }
            line = null;
        }
    }
}
