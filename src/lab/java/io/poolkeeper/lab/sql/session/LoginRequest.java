// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

/**
 * Who wants in (MS-TDS 2.2.6.4, LOGIN7).
 *
 * @param user the login's name
 * @param password in clear
 * @param database the database to start in; empty for the login's default
 * @param host the client's machine
 * @param application the client's name for itself
 * @param integrated whether Windows is to vouch for the login instead of a password
 */
public record LoginRequest(
        String user, String password, String database, String host, String application, boolean integrated) {
    /** Never prints the password. */
    @Override
    public String toString() {
        return "LoginRequest[user=" + user + ", database=" + database + ", application=" + application + "]";
    }
}
