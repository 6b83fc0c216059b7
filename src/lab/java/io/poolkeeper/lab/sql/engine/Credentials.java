// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

/**
 * The one login of an instance; it may do everything.
 *
 * @param login its name, e.g. {@code sa}
 * @param password in clear
 */
public record Credentials(String login, String password) {
    /** Never prints the password. */
    @Override
    public String toString() {
        return "Credentials[login=" + login + "]";
    }
}
