// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.hierynomus.smbj.auth.AuthenticationContext;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.step.PermanentFault;

/**
 * Whom a file server is to take us for.
 *
 * @param user without the domain
 * @param domain empty for an account of the server itself
 * @param password where it is; fetched for each connection
 */
record SmbLogin(String user, String domain, SecretRef password) {
    /** A user, {@code user@domain}, or domain and user with a backslash between them. */
    static SmbLogin of(String account, SecretRef password) {
        var backslash = account.indexOf('\\');
        if (backslash >= 0) {
            return new SmbLogin(account.substring(backslash + 1), account.substring(0, backslash), password);
        }
        var at = account.lastIndexOf('@');
        return at > 0
                ? new SmbLogin(account.substring(0, at), account.substring(at + 1), password)
                : new SmbLogin(account, "", password);
    }

    /**
     * With the password.
     *
     * @throws PermanentFault if it cannot be fetched
     */
    AuthenticationContext resolve() {
        try {
            return new AuthenticationContext(user, password.resolve().toCharArray(), domain);
        } catch (SecretRef.UnresolvedSecret e) {
            throw new PermanentFault(
                    "the password of " + this + ": " + e.getMessage(),
                    "make " + password.reference() + " available",
                    e);
        }
    }

    /** The account, never the password. */
    @Override
    public String toString() {
        return domain.isEmpty() ? user : domain + "\\" + user;
    }
}
