// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/**
 * One whole message of a client, its packets put together.
 *
 * @param type one of {@link PacketType}
 * @param ignored whether the client gave it up while sending it (status bit 0x02)
 * @param reset whether the session is to be reset first (status bit 0x08 or 0x10)
 * @param body everything behind the packet headers
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record TdsMessage(int type, boolean ignored, boolean reset, byte[] body) {}
