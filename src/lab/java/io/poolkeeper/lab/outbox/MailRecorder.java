// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.auth.LoginAuthenticationState;
import com.icegreen.greenmail.smtp.auth.PlainAuthenticationState;
import com.icegreen.greenmail.user.UserManager;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes each message once, whatever the number of its recipients, and writes it down. GreenMail itself lets anybody send; here a
 * sender must have given the right password first.
 */
final class MailRecorder extends SmtpManager {
    private final Outbox outbox;
    private final String user;
    private final String password;

    MailRecorder(ImapHostManager mailboxes, UserManager users, Outbox outbox, String user, String password) {
        super(mailboxes, users);
        this.outbox = outbox;
        this.user = user;
        this.password = password;
    }

    /** The refusal, or null. */
    @Override
    public @Nullable String checkSender(SmtpState state, MailAddress from) {
        return isSignedIn(state) ? null : "530 5.7.0 Authentication required";
    }

    private boolean isSignedIn(SmtpState state) {
        var proof = state.getMessage().getAuthenticationState();
        if (proof instanceof PlainAuthenticationState plain) {
            return plain.getUsername().equals(user) && plain.getPassword().equals(password);
        }
        return proof instanceof LoginAuthenticationState login
                && login.getUsername().equals(user)
                && login.getPassword().equals(password);
    }

    @Override
    public synchronized void send(SmtpState state) {
        try {
            var bytes = new ByteArrayOutputStream();
            state.getMessage().getMessage().writeTo(bytes);
            outbox.add(bytes.toByteArray());
        } catch (MessagingException e) {
            throw new IllegalStateException("the lab's mail server cannot read a message", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's mail server cannot keep a message", e);
        }
    }
}
