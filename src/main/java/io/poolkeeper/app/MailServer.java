// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Notify;
import io.poolkeeper.site.SecretRef;
import jakarta.mail.PasswordAuthentication;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.mail.MailAuthenticator;

/** The mail server as camel-mail wants it. The password is fetched for each connection. */
final class MailServer extends MailAuthenticator {
    private final Optional<Notify.Email> email;

    MailServer(Optional<Notify.Email> email) {
        this.email = email;
    }

    /** Jakarta Mail's settings; TLS that is asked for is demanded, never silently dropped. */
    Properties properties() {
        var properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", "10000");
        properties.setProperty("mail.smtp.timeout", "30000");
        properties.setProperty("mail.smtp.writetimeout", "30000");
        var tls = email.map(Notify.Email::tls).orElse("none");
        properties.setProperty(
                "mail.smtp.auth",
                Boolean.toString(email.flatMap(Notify.Email::user).isPresent()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls.equals("starttls")));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls.equals("starttls")));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls.equals("tls")));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    /** Without a user both are null: an empty name would be tried at every server that offers to log in, and refused. */
    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(
                email.flatMap(Notify.Email::user).orElse(null),
                email.flatMap(Notify.Email::password).map(SecretRef::resolve).orElse(null));
    }
}
