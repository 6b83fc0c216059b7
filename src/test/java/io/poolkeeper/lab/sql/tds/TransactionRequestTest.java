// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionRequestTest {
    private static String statements(String request) {
        var headers = "16000000 12000000 0200 0000000000000000 01000000";
        var body = HexFormat.of().parseHex((headers + request).replace(" ", ""));
        return TransactionRequest.statements(body, TdsVersion.V7_4);
    }

    /** As MS-TDS 2.2.6.9 lays them out: type, isolation or name with its length in bytes, flags. */
    @ParameterizedTest
    @CsvSource({
        "0500 00 00, BEGIN TRANSACTION",
        "0500 04 04 74003100, SET TRANSACTION ISOLATION LEVEL SERIALIZABLE BEGIN TRANSACTION",
        "0700 00 00, COMMIT TRANSACTION",
        "0700 04 74003100 00, COMMIT TRANSACTION",
        "0700 00 01 00 00, COMMIT TRANSACTION BEGIN TRANSACTION",
        "0800 00 00, ROLLBACK TRANSACTION",
        "0800 00 01 02 00, ROLLBACK TRANSACTION SET TRANSACTION ISOLATION LEVEL READ COMMITTED BEGIN TRANSACTION"
    })
    void isTheStatementsThatDoTheSame(String request, String statements) {
        assertThat(statements(request)).isEqualTo(statements);
    }

    @Test
    void refusesSavepoints() {
        assertThatThrownBy(() -> statements("0900 04 74003100"))
                .isInstanceOf(UnsupportedRequest.class)
                .hasMessage("transaction manager request 9");
    }
}
