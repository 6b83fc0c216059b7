// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/** What a message is about: the first byte of each of its packets (MS-TDS 2.2.3.1.1). */
final class PacketType {
    static final int BATCH = 0x01;
    static final int RPC = 0x03;
    static final int RESPONSE = 0x04;
    static final int ATTENTION = 0x06;
    static final int TRANSACTION = 0x0E;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private PacketType() {}
}
