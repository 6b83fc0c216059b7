// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabMailTest {
    private static final String PASSWORD = "mail-password";

    @TempDir
    private Path folder;

    private LabMail mail;

    @BeforeEach
    void start() throws IOException {
        mail = LabMail.start(folder, "poolkeeper", PASSWORD);
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    @Test
    void keepsEachMessageOnceWhateverTheNumberOfRecipients() throws MessagingException, IOException {
        send("FAILED: Köln", PASSWORD);
        send("OK", PASSWORD);

        assertThat(folder.resolve("0001.eml")).isRegularFile();
        assertThat(folder.resolve("0002.eml")).isRegularFile();
        assertThat(folder.resolve("0003.eml")).doesNotExist();
        try (var in = Files.newInputStream(folder.resolve("0001.eml"))) {
            assertThat(new MimeMessage(Session.getInstance(new Properties()), in).getSubject())
                    .isEqualTo("FAILED: Köln");
        }
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> send("x", "wrong")).isInstanceOf(MessagingException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesASenderWhoDoesNotSignIn() {
        assertThatThrownBy(() -> send("x", ""))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("530");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isGoneWhileItIsDownAndComesBackOnItsPort() throws MessagingException {
        var port = mail.port();
        mail.down();
        assertThatThrownBy(() -> send("x", PASSWORD)).hasMessageContaining("Couldn't connect");

        mail.up();
        send("back", PASSWORD);

        assertThat(mail.port()).isEqualTo(port);
        assertThat(folder.resolve("0001.eml")).isRegularFile();
    }

    private void send(String subject, String password) throws MessagingException {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(mail.port()));
        properties.put("mail.smtp.auth", Boolean.toString(!password.isEmpty()));
        var session = Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("poolkeeper", password);
            }
        });
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress("poolkeeper@ocs.lab"));
        message.setRecipients(Message.RecipientType.TO, "admin@ocs.lab, second@ocs.lab");
        message.setSubject(subject, "UTF-8");
        message.setText("report", "UTF-8");
        Transport.send(message);
    }
}
