// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/**
 * A transaction manager request (MS-TDS 2.2.6.9) as the statements that do the same. Names of transactions mean nothing,
 * because only savepoints could be told apart by them, and those the lab does not have.
 */
final class TransactionRequest {
    private static final int BEGIN = 5;
    private static final int COMMIT = 7;
    private static final int ROLLBACK = 8;

    /** After a commit or rollback: whether another transaction is to begin at once. */
    private static final int BEGIN_ANOTHER = 1;

    private TransactionRequest() {}

    static String statements(byte[] body, TdsVersion version) {
        var in = new ByteReader(body);
        Headers.skip(in, version);
        var type = in.u16();
        return switch (type) {
            case BEGIN -> isolation(in.u8()) + "BEGIN TRANSACTION";
            case COMMIT -> "COMMIT TRANSACTION" + another(in);
            case ROLLBACK -> "ROLLBACK TRANSACTION" + another(in);
            default -> throw new UnsupportedRequest("transaction manager request " + type);
        };
    }

    private static String another(ByteReader in) {
        in.raw(in.u8());
        return in.u8() == BEGIN_ANOTHER ? " " + isolation(in.u8()) + "BEGIN TRANSACTION" : "";
    }

    /** 0 keeps what is set. */
    private static String isolation(int level) {
        var name = switch (level) {
            case 1 -> "READ UNCOMMITTED";
            case 2 -> "READ COMMITTED";
            case 3 -> "REPEATABLE READ";
            case 4 -> "SERIALIZABLE";
            case 5 -> "SNAPSHOT";
            default -> "";
        };
        return name.isEmpty() ? "" : "SET TRANSACTION ISOLATION LEVEL " + name + " ";
    }
}
