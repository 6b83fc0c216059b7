// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import io.poolkeeper.site.DirectoryLogin;
import io.poolkeeper.site.DirectorySource;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/**
 * The domain controller that the site file names. Connections to it are encrypted, and its certificate and name are
 * checked, before the password is sent; referrals are never followed. Thread-safe.
 */
final class DomainController {
    /** How long connecting, TLS included, may take at most. */
    static final Duration CONNECT = Duration.ofSeconds(5);

    /** How long one answer may take: longer than Active Directory's MaxQueryDuration of 120 s (KB 315071). */
    static final Duration RESPONSE = Duration.ofSeconds(150);

    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;
    /** Domain controllers close a connection that begins with TLS there, and say nothing. */
    private static final Set<Integer> BEGIN_PLAIN = Set.of(LDAP_PORT, 3268);

    /** Lets our own time-out, which knows the cause, come before the LDAP library's. */
    private static final int GRACE_MILLIS = 200;

    private final DirectorySource source;
    private final LdapFaults faults;

    /** An open connection. */
    record Line(LDAPConnection ldap, TlsSockets sockets) implements AutoCloseable {
        /** Ends it while another thread may be waiting for an answer. */
        void cut() {
            sockets.cut();
        }

        @Override
        public void close() {
            ldap.close();
        }
    }

    private DomainController(DirectorySource source) {
        this.source = source;
        this.faults = new LdapFaults(source.url());
    }

    /**
     * That of a site.
     *
     * @throws PermanentFault if the site file names none
     */
    static DomainController of(Site site) {
        return new DomainController(site.directory()
                .orElseThrow(() -> new PermanentFault(
                        "the site file names no domain controller",
                        "add directory: {url: ldaps://.., bindDn: .., password: ..}")));
    }

    /** One that no site file names yet. */
    static DomainController at(DirectorySource source) {
        return new DomainController(source);
    }

    /** Sorts its errors. */
    LdapFaults faults() {
        return faults;
    }

    /** Its URL, as the site file has it. */
    String url() {
        return source.url();
    }

    /**
     * Connects and binds.
     *
     * @param connect how long connecting may take
     * @param response how long each later answer may take
     * @throws io.poolkeeper.step.StepFault if that fails
     */
    Line open(Duration connect, Duration response) {
        var address = address();
        var host = address.getHost().replaceAll("[\\[\\]]", "");
        var plain = !"ldaps".equals(address.getScheme());
        var bind = bind(host);
        var sockets = new TlsSockets(Trust.context(source.trust()), host, connect);
        var connection = plain
                ? new LDAPConnection(options(connect, response))
                : new LDAPConnection(sockets, options(connect, response));
        var doing = "connect";
        try {
            connection.connect(host, port(address), millis(connect) + GRACE_MILLIS);
            if (plain) {
                doing = "StartTLS";
                startTls(connection, sockets);
            }
            doing = doing(source.login());
            connection.bind(bind);
            return new Line(connection, sockets);
        } catch (LDAPException e) {
            connection.close();
            if (!plain && BEGIN_PLAIN.contains(address.getPort())) {
                throw new PermanentFault(
                        "%s: a domain controller does not speak TLS on this port from the start (%s)"
                                .formatted(source.url(), e.getMessage()),
                        TlsFaults.OTHER_PORT,
                        e);
            }
            throw source.login() instanceof DirectoryLogin.Kerberos && doing.equals(doing(source.login()))
                    ? KerberosTicket.fault(source.url(), e).orElseGet(() -> faults.of(e, doing(source.login())))
                    : faults.of(e, doing);
        }
    }

    private static String doing(DirectoryLogin login) {
        return login instanceof DirectoryLogin.Simple simple ? "bind as " + simple.bindDn() : "bind by Kerberos";
    }

    private BindRequest bind(String host) {
        return source.login() instanceof DirectoryLogin.Kerberos kerberos
                ? KerberosTicket.bind(source.url(), host, kerberos.ticketCache())
                : password((DirectoryLogin.Simple) source.login());
    }

    /** StartTLS (RFC 4511 section 4.14). A server that refuses it never sees the password. */
    private static void startTls(LDAPConnection connection, TlsSockets sockets) throws LDAPException {
        var result = connection.processExtendedOperation(new StartTLSExtendedRequest(sockets));
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException(result);
        }
    }

    private static BindRequest password(DirectoryLogin.Simple login) {
        try {
            return new SimpleBindRequest(login.bindDn(), login.password().resolve());
        } catch (SecretRef.UnresolvedSecret e) {
            throw new PermanentFault(
                    String.valueOf(e.getMessage()), "directory.password says where the password is", e);
        }
    }

    private URI address() {
        try {
            var address = new URI(source.url());
            if (address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below, like a URL without a host
        }
        throw new PermanentFault(
                source.url() + " is not the address of a domain controller",
                "write directory.url as ldaps://host or ldaps://host:port");
    }

    private static int port(URI address) {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "ldaps".equals(address.getScheme()) ? LDAPS_PORT : LDAP_PORT;
    }

    private static LDAPConnectionOptions options(Duration connect, Duration response) {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(millis(connect) + GRACE_MILLIS);
        options.setResponseTimeoutMillis(millis(response));
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        return options;
    }

    /** At least one: nought would mean without limit. */
    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE / 2));
    }
}
