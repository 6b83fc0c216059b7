// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Person;
import io.poolkeeper.lab.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The running domain controller: LDAPS on a loopback port of its own. Safe for use by several threads. */
public final class LabDirectory implements AutoCloseable {
    private final OcsSite site;
    private final InMemoryDirectoryServer server;
    private final UpdateNumbers numbers;
    private final ServerCertificate certificate;
    private final SearchLimits limits;
    private final HiddenEntries hidden;

    private LabDirectory(
            OcsSite site,
            InMemoryDirectoryServer server,
            UpdateNumbers numbers,
            ServerCertificate certificate,
            SearchLimits limits,
            HiddenEntries hidden) {
        this.limits = limits;
        this.hidden = hidden;
        this.site = site;
        this.server = server;
        this.numbers = numbers;
        this.certificate = certificate;
    }

    /**
     * Starts the server and fills it.
     *
     * @param password of the account that may bind; kept outside the directory, so that no export can show it
     */
    public static LabDirectory start(OcsSite site, String password) {
        return start(site, password, 1_500);
    }

    /**
     * Starts the server with another limit, so that small sites reach it.
     *
     * @param maxValRange values of one attribute in one answer
     */
    public static LabDirectory start(OcsSite site, String password, int maxValRange) {
        var domain = site.domain();
        var forest = seeded(site);
        var numbers = new UpdateNumbers(forest.nextUsn());
        var limits = new SearchLimits();
        var hidden = new HiddenEntries();
        var certificate = ServerCertificate.of(domain.fqdn(domain.controller()));
        try {
            var config = new InMemoryDirectoryServerConfig(domain.dn());
            config.setSchema(AdSchema.schema());
            config.setEnforceAttributeSyntaxCompliance(false);
            config.setEnforceSingleStructuralObjectClass(false);
            config.setGenerateOperationalAttributes(false);
            config.setRootDSEEntry(RootDse.of(domain, DomainEntries.serverDn(forest)));
            config.addAdditionalBindCredentials(AccountEntries.backupDn(domain), password);
            config.addInMemoryOperationInterceptor(new Binds(domain));
            config.addInMemoryOperationInterceptor(hidden);
            config.addInMemoryOperationInterceptor(limits);
            config.addInMemoryOperationInterceptor(new ValueRanges(maxValRange));
            config.addInMemoryOperationInterceptor(new SearchDialect(domain));
            config.addInMemoryOperationInterceptor(numbers);
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                    "ldaps",
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                    0,
                    certificate.context().getServerSocketFactory(),
                    certificate.context().getSocketFactory()));
            var server = new InMemoryDirectoryServer(config);
            server.addEntries(forest.entries());
            server.startListening();
            return new LabDirectory(site, server, numbers, certificate, limits, hidden);
        } catch (LDAPException | UnknownHostException e) {
            throw new IllegalStateException("the lab's directory does not start: " + e.getMessage(), e);
        }
    }

    private static Forest seeded(OcsSite site) {
        var forest = new Forest(site);
        DomainEntries.addTo(forest);
        SchemaEntries.addTo(forest);
        var accounts = AccountEntries.addTo(forest);
        GroupEntries.addTo(forest, accounts);
        ServerEntries.addTo(forest);
        ServerEntries.addWorkstationsTo(forest);
        RtcServiceEntries.addTo(forest);
        PersonEntries.addTo(forest);
        return forest;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getListenPort();
    }

    /** Entries in the largest page that was asked for; the largest number if a subtree was searched without pages. */
    public int largestPage() {
        return limits.largestPage();
    }

    /** Takes away the right to see a container and what lies below it; null gives it back. */
    public void hide(@Nullable String container) {
        try {
            hidden.hide(container == null ? null : new DN(container));
        } catch (LDAPException e) {
            throw new IllegalArgumentException("not a name: " + container, e);
        }
    }

    /** The account that may bind. */
    public String bindDn() {
        return AccountEntries.backupDn(site.domain());
    }

    /** What a client must trust, as PEM. */
    public String certificate() {
        return certificate.pem();
    }

    /** The name of a person's object. */
    public String dn(Person person) {
        return PersonEntries.dn(site, person);
    }

    /** A new connection over LDAPS, as an outside client would have it; whoever asks closes it. */
    public LDAPConnection connect(String password) throws LDAPException {
        try {
            // the same process made the certificate
            var sockets = new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory();
            return new LDAPConnection(sockets, "127.0.0.1", port(), bindDn(), password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS in this Java", e);
        }
    }

    /**
     * Changes one attribute as an administrator would.
     *
     * @return the value before
     */
    public String change(String dn, String attribute, String value) {
        try {
            var before = server.getEntry(dn, attribute).getAttributeValue(attribute);
            var changes = new ArrayList<>(numbers.next());
            changes.add(new Modification(ModificationType.REPLACE, attribute, value));
            server.modify(dn, changes);
            return before;
        } catch (LDAPException e) {
            throw new IllegalStateException("cannot change " + attribute + " of " + dn, e);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
