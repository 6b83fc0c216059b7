// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/** A directory in memory that holds what OCS leaves in Active Directory and behaves as that does ({@link AdLimits}). */
final class FakeDomainController implements AutoCloseable {
    static final String DOMAIN = "DC=ocs,DC=lab";
    static final String CONFIGURATION = "CN=Configuration," + DOMAIN;
    static final String DIRECTORY_SERVICE = "CN=Directory Service,CN=Windows NT,CN=Services," + CONFIGURATION;
    static final String SCHEMA = "CN=Schema," + CONFIGURATION;
    static final String CONTAINER = "CN=RTC Service,CN=Services," + CONFIGURATION;
    static final String SYSTEM_CONTAINER = "CN=RTC Service,CN=Microsoft,CN=System," + DOMAIN;
    static final String ACCOUNT = "CN=svc-backup,CN=Users," + DOMAIN;
    static final String PASSWORD = "correct horse battery staple";

    final AdLimits limits = new AdLimits();
    private final InMemoryDirectoryServer server;

    /** One that listens with LDAPS, with StartTLS, and in plain, on ports of its own. */
    FakeDomainController(TestCertificates certificate) {
        try {
            var tls = certificate.server();
            var config = new InMemoryDirectoryServerConfig(DOMAIN);
            config.setSchema(null);
            config.setGenerateOperationalAttributes(false);
            config.addAdditionalBindCredentials(ACCOUNT, PASSWORD);
            config.setCustomRootDSEAttributes(rootDse());
            config.addInMemoryOperationInterceptor(limits);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPSConfig("ldaps", null, 0, tls.getServerSocketFactory(), null),
                    InMemoryListenerConfig.createLDAPConfig("starttls", null, 0, tls.getSocketFactory()),
                    InMemoryListenerConfig.createLDAPConfig("plain", null, 0, null));
            server = new InMemoryDirectoryServer(config);
            limits.serve(server);
            skeleton();
            server.startListening();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Attribute> rootDse() {
        var now = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'.0Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now().plusSeconds(611));
        return List.of(
                new Attribute("defaultNamingContext", DOMAIN),
                new Attribute("configurationNamingContext", CONFIGURATION),
                new Attribute("schemaNamingContext", SCHEMA),
                new Attribute("dnsHostName", "dc1.ocs.lab"),
                new Attribute("domainControllerFunctionality", "4"),
                new Attribute("currentTime", now));
    }

    private void skeleton() {
        add(DOMAIN, "domainDNS");
        add("CN=Users," + DOMAIN, "container");
        add("CN=System," + DOMAIN, "container");
        add("CN=Microsoft,CN=System," + DOMAIN, "container");
        add(CONFIGURATION, "configuration");
        add("CN=Services," + CONFIGURATION, "container");
        add(SCHEMA, "dMD");
    }

    /** The container as OCS 2007 R2 makes it, with two entries below. */
    FakeDomainController withGlobalSettings() {
        add(CONTAINER, "container");
        add("CN=Pools," + CONTAINER, "msRTCSIP-Pools");
        add("CN=ocs2007,CN=Pools," + CONTAINER, "msRTCSIP-Pool");
        add(
                "CN=ms-RTC-SIP-PrimaryUserAddress," + SCHEMA,
                "attributeSchema",
                new Attribute("lDAPDisplayName", "msRTCSIP-PrimaryUserAddress"));
        return this;
    }

    /** What tells how long deleted objects are remembered; nothing is set. */
    void withDirectoryService() {
        add("CN=Windows NT,CN=Services," + CONFIGURATION, "container");
        add(DIRECTORY_SERVICE, "nTDSService");
    }

    /** Users who can sign in to OCS, numbered from 1. */
    FakeDomainController withUsers(int count) {
        IntStream.rangeClosed(1, count).forEach(this::user);
        return this;
    }

    private void user(int number) {
        add(
                "CN=User %05d,CN=Users,%s".formatted(number, DOMAIN),
                "user",
                new Attribute("cn", "User %05d".formatted(number)),
                new Attribute("objectGUID", guid(number)),
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:user%05d@ocs.lab".formatted(number)),
                new Attribute("msRTCSIP-UserEnabled", "TRUE"),
                new Attribute("msRTCSIP-OptionFlags", "256"),
                new Attribute("whenChanged", "20261123230000.0Z"));
    }

    private static byte[] guid(int number) {
        return new byte[] {0, (byte) 0xFF, (byte) 0xC3, (byte) 0x28, (byte) (number >> 8), (byte) number};
    }

    /** One of the RTC groups with so many members. */
    FakeDomainController withGroup(String name, int members) {
        var values = IntStream.rangeClosed(1, members)
                .mapToObj(n -> "CN=User %05d,CN=Users,%s".formatted(n, DOMAIN))
                .toArray(String[]::new);
        add(
                "CN=%s,CN=Users,%s".formatted(name, DOMAIN),
                "group",
                new Attribute("cn", name),
                new Attribute("member", values));
        return this;
    }

    /** Adds any entry. */
    void add(String dn, String objectClass, Attribute... attributes) {
        try {
            var entry = new Entry(dn, new Attribute("objectClass", "top", objectClass));
            List.of(attributes).forEach(entry::addAttribute);
            server.add(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException(dn, e);
        }
    }

    /** Sets one attribute as an administrator would. */
    void change(String dn, String attribute, String value) {
        try {
            server.modify(dn, new Modification(ModificationType.REPLACE, attribute, value));
        } catch (LDAPException e) {
            throw new IllegalStateException(dn, e);
        }
    }

    /** Deletes an entry. */
    void delete(String dn) {
        try {
            server.delete(dn);
        } catch (LDAPException e) {
            throw new IllegalStateException(dn, e);
        }
    }

    /** Deletes an entry as Active Directory does: a tombstone stays, which searches do not show unless asked to. */
    void bury(String dn, String whenChanged) {
        var gone = entry(dn);
        delete(dn);
        var deleted = "CN=Deleted Objects," + DOMAIN;
        if (entry(deleted) == null) {
            add(deleted, "container");
        }
        add(
                "CN=%s\\0aDEL,%s".formatted(gone.getAttributeValue("cn"), deleted),
                "group",
                new Attribute("objectGUID", gone.getAttributeValueBytes("objectGUID")),
                new Attribute("isDeleted", "TRUE"),
                new Attribute("whenChanged", whenChanged));
    }

    /** The entry as it is. */
    Entry entry(String dn) {
        try {
            return server.getEntry(dn);
        } catch (LDAPException e) {
            throw new IllegalStateException(dn, e);
        }
    }

    String ldaps() {
        return "ldaps://localhost:" + server.getListenPort("ldaps");
    }

    String startTls() {
        return "ldap://localhost:" + server.getListenPort("starttls");
    }

    String plain() {
        return "ldap://localhost:" + server.getListenPort("plain");
    }

    String ldapsOnThePlainPort() {
        return "ldaps://localhost:" + server.getListenPort("plain");
    }

    /** Text in UTF-8. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
