// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The site's mail server: SMTP on a loopback port, for one user with a password. */
public final class LabMail implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long STOP_WITHIN_MS = 2_000;

    private final Managers managers;
    private final int port;
    private SmtpServer server;

    private LabMail(Managers managers) {
        this.managers = managers;
        this.server = started(0);
        this.port = server.getPort();
    }

    /**
     * Starts the server.
     *
     * @param folder for the messages
     * @param user who may send
     */
    public static LabMail start(Path folder, String user, String password) throws IOException {
        // its protocol log shows passwords
        if (LoggerFactory.getLogger("com.icegreen.greenmail") instanceof Logger logger) {
            logger.setLevel(Level.INFO);
        }
        var outbox = new Outbox(folder, "eml");
        var managers = new RecordingManagers(outbox, user, password);
        try {
            managers.getUserManager().setAuthRequired(true);
            managers.getUserManager().createUser(user, user, password);
        } catch (UserException e) {
            throw new IOException("no user " + user + " on the lab's mail server", e);
        }
        return new LabMail(managers);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Takes the server off the network: connections are refused. */
    public synchronized void down() {
        server.stopService(STOP_WITHIN_MS);
    }

    /** Brings the server back on its port. */
    public synchronized void up() {
        if (!server.isRunning()) {
            server = started(port);
        }
    }

    @Override
    public void close() {
        down();
    }

    private SmtpServer started(int wanted) {
        var started = new SmtpServer(new ServerSetup(wanted, LOOPBACK, ServerSetup.PROTOCOL_SMTP), managers);
        started.setDaemon(true);
        started.startService();
        try {
            if (!started.waitTillRunning(ServerSetup.SERVER_STARTUP_TIMEOUT)) {
                throw new IllegalStateException("the lab's mail server does not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the lab's mail server started", e);
        }
        return started;
    }

    /** GreenMail's parts with our own manager in place of the one that fills mailboxes. */
    private static final class RecordingManagers extends Managers {
        private final SmtpManager recorder;

        RecordingManagers(Outbox outbox, String user, String password) {
            this.recorder = new MailRecorder(getImapHostManager(), getUserManager(), outbox, user, password);
        }

        @Override
        public SmtpManager getSmtpManager() {
            return recorder;
        }
    }
}
