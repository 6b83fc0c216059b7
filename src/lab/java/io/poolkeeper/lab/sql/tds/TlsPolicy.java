// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/** Whether the server encrypts. */
public enum TlsPolicy {
    /** As the client likes, but the login at least, unless the client cannot: SQL Server's default. */
    OFFERED,
    /** All of every connection: SQL Server's Force Encryption. */
    FORCED,
    /** Never, as a server without any certificate would. */
    NOT_SUPPORTED,
    /** As OFFERED, but with TLS 1.0, as SQL Server 2005 and 2008 without updates: today's clients hang up on it. */
    TLS_1_0_ONLY
}
