// SPDX-License-Identifier: Apache-2.0
/**
 * The wire: packets, TLS, login, requests and tokens of the Tabular Data Stream protocol as MS-TDS describes it. Knows
 * no SQL; what is asked goes to a {@link io.poolkeeper.lab.sql.session.Session}, what it answers becomes tokens.
 *
 * <p>From the socket inwards: {@link io.poolkeeper.lab.sql.tds.TdsServer} accepts, a connection negotiates and logs in, and
 * then one thread reads while another works, so that an attention is seen in the middle of a long BACKUP.
 */
package io.poolkeeper.lab.sql.tds;
