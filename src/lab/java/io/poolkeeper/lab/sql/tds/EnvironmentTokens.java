// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Environment;

/** The kinds of ENVCHANGE (MS-TDS 2.2.7.9). */
final class EnvironmentTokens {
    private static final int DATABASE = 1;
    private static final int LANGUAGE = 2;
    private static final int PACKET_SIZE = 4;
    private static final int COLLATION = 7;
    private static final int BEGIN = 8;
    private static final int COMMIT = 9;
    private static final int ROLLBACK = 10;
    private static final int RESET = 18;

    private final Tokens tokens;

    EnvironmentTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    void write(Environment change) {
        if (change instanceof Environment.DatabaseChanged c) {
            database(c.to(), c.from());
        } else if (change instanceof Environment.TransactionBegun t) {
            tokens.environment(BEGIN, descriptor(t.id()), nothing());
        } else if (change instanceof Environment.TransactionCommitted t) {
            tokens.environment(COMMIT, nothing(), descriptor(t.id()));
        } else if (change instanceof Environment.TransactionRolledBack t) {
            tokens.environment(ROLLBACK, nothing(), descriptor(t.id()));
        }
    }

    void database(String to, String from) {
        tokens.environment(DATABASE, text(to), text(from));
    }

    void language(String to) {
        tokens.environment(LANGUAGE, text(to), text(""));
    }

    void collation() {
        tokens.environment(COLLATION, new Bytes().u8(5).raw(Collation.wire()), nothing());
    }

    void packetSize(int to, int from) {
        tokens.environment(PACKET_SIZE, text(Integer.toString(to)), text(Integer.toString(from)));
    }

    void reset() {
        tokens.environment(RESET, nothing(), nothing());
    }

    private static Bytes text(String value) {
        return new Bytes().shortText(value);
    }

    private static Bytes descriptor(long id) {
        return new Bytes().u8(8).i64(id);
    }

    private static Bytes nothing() {
        return new Bytes().u8(0);
    }
}
