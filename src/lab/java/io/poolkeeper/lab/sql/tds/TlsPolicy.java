// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

/** Whether the server encrypts. */
public enum TlsPolicy {
    /** As the client likes, but the login at least, unless the client cannot: SQL Server's default. */
    OFFERED,
    /** All of every connection: SQL Server's Force Encryption. */
    FORCED,
    /** Never, as a server without any certificate would. */
    NOT_SUPPORTED
}
