// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Notify;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;

/** The mail server as Jakarta Mail wants it. The password is fetched for each connection. */
final class MailSessions {
    private MailSessions() {}

    static Session of(Optional<Notify.Email> email) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", "10000");
        properties.setProperty("mail.smtp.timeout", "30000");
        properties.setProperty("mail.smtp.writetimeout", "30000");
        email.ifPresent(config -> {
            properties.setProperty("mail.smtp.host", config.host());
            properties.setProperty("mail.smtp.port", Integer.toString(config.port()));
            properties.setProperty(
                    "mail.smtp.auth", Boolean.toString(config.user().isPresent()));
            if (config.tls().equals("starttls")) {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            if (config.tls().equals("tls")) {
                properties.setProperty("mail.smtp.ssl.enable", "true");
            }
            if (!config.tls().equals("none")) {
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
        });
        return Session.getInstance(properties, authenticator(email));
    }

    private static Authenticator authenticator(Optional<Notify.Email> email) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                var config = email.orElseThrow(() -> new Channels.NotTold("notify.email is not configured"));
                var password = config.password().map(secret -> secret.resolve()).orElse("");
                return new PasswordAuthentication(config.user().orElse(""), password);
            }
        };
    }
}
