// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whom Poolkeeper tells: a mail server on a port of its own. */
final class Mailbox implements AutoCloseable {
    private final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final List<String> read = new ArrayList<>();

    Mailbox() {
        mail.start();
    }

    /** For the site file. */
    String notifications() {
        return """
                notify:
                  email: {host: 127.0.0.1, port: %d, tls: none, from: poolkeeper@ocs.lab, to: [admin@ocs.lab]}
                  rules: [{on: [ok, warning, failed], to: [email]}]
                """.formatted(mail.getSmtp().getPort());
    }

    /** Whether a message with this in it has come. */
    synchronized boolean toldOf(String text) throws IOException, MessagingException {
        var messages = mail.getReceivedMessages();
        while (read.size() < messages.length) {
            var message = messages[read.size()];
            read.add(message.getSubject() + "\n" + text(message));
        }
        return read.stream().anyMatch(message -> message.contains(text));
    }

    private static String text(Part part) throws IOException, MessagingException {
        if (part.getContent() instanceof Multipart several) {
            var text = new StringBuilder();
            for (var n = 0; n < several.getCount(); n++) {
                text.append(text(several.getBodyPart(n)));
            }
            return text.toString();
        }
        return String.valueOf(part.getContent());
    }

    @Override
    public void close() {
        mail.stop();
    }
}
