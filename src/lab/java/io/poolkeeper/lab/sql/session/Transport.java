// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/**
 * How a client is connected, as {@code sys.dm_exec_connections} tells it.
 *
 * @param tdsVersion the version of the protocol, as in LOGINACK, e.g. 0x74000004
 * @param encrypted whether everything is encrypted; false where that holds for the login only
 * @param packetSize bytes
 * @param clientAddress the client's address
 * @param clientPort the client's port
 * @param localPort the server's port
 */
public record Transport(
        int tdsVersion, boolean encrypted, int packetSize, String clientAddress, int clientPort, int localPort) {}
