// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void goesOutAsClassZeroWhereTheCatalogueSaysTen() {
        assertThat(new Message(3014, 10, 1, "done").wireClass()).isZero();
        assertThat(new Message(3201, 16, 1, "cannot").wireClass()).isEqualTo(16);
        assertThat(new Message(50000, 5, 1, "low").wireClass()).isEqualTo(5);
    }

    @Test
    void isAnErrorFromSeverityElevenOn() {
        assertThat(new Message(3014, 10, 1, "done").isError()).isFalse();
        assertThat(new Message(4060, 11, 1, "cannot").isError()).isTrue();
    }
}
