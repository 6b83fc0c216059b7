// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailServerTest {
    @Test
    void logsInNowhereWithoutAUser() {
        var mail = new MailServer(Optional.empty());

        assertThat(mail.properties()).containsEntry("mail.smtp.auth", "false");
        assertThat(mail.getPasswordAuthentication().getUserName()).isNull();
        assertThat(mail.getPasswordAuthentication().getPassword()).isNull();
    }
}
