// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.sql.session.ServerVersion;
import org.junit.jupiter.api.Test;

class TdsVersionTest {
    @Test
    void isTheLowerOfClientAndServer() {
        assertThat(TdsVersion.negotiate(0x74000004, ServerVersion.SQL_2005_SP4)).isEqualTo(TdsVersion.V7_2);
        assertThat(TdsVersion.negotiate(0x74000004, ServerVersion.SQL_2008_R2_SP3))
                .isEqualTo(TdsVersion.V7_3);
        assertThat(TdsVersion.negotiate(0x74000004, ServerVersion.SQL_2019)).isEqualTo(TdsVersion.V7_4);
        assertThat(TdsVersion.negotiate(0x71000001, ServerVersion.SQL_2019)).isEqualTo(TdsVersion.V7_1);
        assertThat(TdsVersion.negotiate(0x730A0003, ServerVersion.SQL_2019)).isEqualTo(TdsVersion.V7_3);
    }

    @Test
    void knowsWhatOldClientsCannotRead() {
        assertThat(TdsVersion.V7_2.hasDateTypes()).isFalse();
        assertThat(TdsVersion.V7_3.hasFeatures()).isFalse();
        assertThat(TdsVersion.V7_1.lineBytes()).isEqualTo(2);
        assertThat(TdsVersion.V7_1.countBytes()).isEqualTo(4);
    }
}
