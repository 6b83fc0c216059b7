// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.GSSAPIBindRequest;
import com.unboundid.ldap.sdk.GSSAPIBindRequestProperties;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SASLQualityOfProtection;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Binds by a ticket that is there (SASL mechanism GSSAPI, RFC 4752). No password is known here and none is asked for: who got the
 * ticket renews it. Nothing is signed or sealed by Kerberos, because TLS does it already and domain controllers refuse both at once.
 */
final class KerberosTicket {
    private static final String GET =
            "get one as the account that runs the program, e.g. by kinit, and have it renewed; klist shows it";

    private KerberosTicket() {}

    /**
     * The bind request.
     *
     * @param host as the ticket for {@code ldap/host} names it
     * @param cache where the ticket is; absent for the account's own cache
     * @throws PermanentFault if there is no such file
     */
    static BindRequest bind(String server, String host, Optional<Path> cache) {
        if (cache.isPresent() && !Files.isReadable(cache.get())) {
            throw new PermanentFault(
                    server + ": bind by Kerberos: there is no ticket in " + cache.get(),
                    "directory.ticketCache names the file; " + GET);
        }
        var properties = new GSSAPIBindRequestProperties(null, (String) null);
        properties.setUseTicketCache(true);
        properties.setRequireCachedCredentials(true);
        cache.ifPresent(file -> properties.setTicketCachePath(file.toString()));
        properties.setSASLClientServerName(host);
        properties.setAllowedQoP(SASLQualityOfProtection.AUTH);
        try {
            return new GSSAPIBindRequest(properties);
        } catch (LDAPException e) {
            throw new PermanentFault(server + ": bind by Kerberos: " + e.getMessage(), GET, e);
        }
    }

    /** The fault of a bind that failed on this side: no ticket, or none for this server. Empty if the server answered. */
    static Optional<StepFault> fault(String server, LDAPException error) {
        if (!error.getResultCode().equals(ResultCode.LOCAL_ERROR)) {
            return Optional.empty();
        }
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.of(new PermanentFault(
                "%s: bind by Kerberos: no usable ticket: %s".formatted(server, cause.getMessage()),
                GET + "; krb5.conf must know the realm, and directory.url the domain controller's full name",
                error));
    }
}
