// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/**
 * How much of a connection is encrypted, decided between what the client asks and what the server is set to (MS-TDS
 * 2.2.6.5, the table of ENCRYPTION).
 *
 * @param answer the byte that tells the client
 * @param scope what is encrypted
 */
record Encryption(int answer, Scope scope) {
    static final int OFF = 0;
    static final int ON = 1;
    static final int NOT_SUPPORTED = 2;
    static final int REQUIRED = 3;

    /** How far TLS reaches. */
    enum Scope {
        NOTHING,
        LOGIN,
        EVERYTHING
    }

    static Encryption choose(int asked, TlsPolicy policy) {
        return switch (policy) {
            case NOT_SUPPORTED -> new Encryption(NOT_SUPPORTED, Scope.NOTHING);
            case FORCED -> new Encryption(asked == ON ? ON : REQUIRED, Scope.EVERYTHING);
            case OFFERED, TLS_1_0_ONLY -> offered(asked);
        };
    }

    private static Encryption offered(int asked) {
        return switch (asked) {
            case OFF -> new Encryption(OFF, Scope.LOGIN);
            case NOT_SUPPORTED -> new Encryption(NOT_SUPPORTED, Scope.NOTHING);
            default -> new Encryption(ON, Scope.EVERYTHING);
        };
    }
}
