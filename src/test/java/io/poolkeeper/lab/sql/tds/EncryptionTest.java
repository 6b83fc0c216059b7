// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionTest {
    @ParameterizedTest
    @CsvSource({
        "0, OFFERED, 0, LOGIN",
        "1, OFFERED, 1, EVERYTHING",
        "2, OFFERED, 2, NOTHING",
        "3, OFFERED, 1, EVERYTHING",
        "0, FORCED, 3, EVERYTHING",
        "1, FORCED, 1, EVERYTHING",
        "2, FORCED, 3, EVERYTHING",
        "0, NOT_SUPPORTED, 2, NOTHING",
        "1, NOT_SUPPORTED, 2, NOTHING",
        "0, TLS_1_0_ONLY, 0, LOGIN",
        "2, TLS_1_0_ONLY, 2, NOTHING"
    })
    void isWhatBothSidesCanAgreeOn(int asked, TlsPolicy policy, int answer, Encryption.Scope scope) {
        assertThat(Encryption.choose(asked, policy)).isEqualTo(new Encryption(answer, scope));
    }
}
