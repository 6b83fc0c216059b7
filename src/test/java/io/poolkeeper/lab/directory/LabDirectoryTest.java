// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabDirectoryTest {
    private static final String PASSWORD = "not-in-the-directory";
    private static final OcsSite SITE = OcsSite.of(2007, Edition.ENTERPRISE, new Scale(0.7));
    private static final String DOMAIN = SITE.domain().dn();
    private static final String RTC = SITE.domain().rtcServiceDn();
    private static final int MAX_VAL_RANGE = 500;

    private static LabDirectory directory;

    private LDAPConnection client;

    @BeforeAll
    static void start() {
        directory = LabDirectory.start(SITE, PASSWORD, MAX_VAL_RANGE);
    }

    @AfterAll
    static void stop() {
        directory.close();
    }

    @BeforeEach
    void connect() throws LDAPException {
        client = directory.connect(PASSWORD);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void tellsItsPartitionsAndItsHighestNumberToAnybody() throws LDAPException, GeneralSecurityException {
        try (var stranger = stranger()) {
            var root = stranger.getRootDSE();

            assertThat(root.getAttributeValue("configurationNamingContext")).isEqualTo("CN=Configuration," + DOMAIN);
            assertThat(root.getAttributeValue("schemaNamingContext")).isEqualTo("CN=Schema,CN=Configuration," + DOMAIN);
            assertThat(root.getAttributeValueAsLong("highestCommittedUSN")).isGreaterThan(12_000);
        }
    }

    @Test
    void refusesEverythingElseWithoutABind() throws LDAPException, GeneralSecurityException {
        try (var stranger = stranger()) {
            assertThatThrownBy(() -> stranger.search(DOMAIN, SearchScope.BASE, "(objectClass=*)"))
                    .isInstanceOfSatisfying(LDAPException.class, e -> {
                        assertThat(e.getResultCode()).isEqualTo(ResultCode.OPERATIONS_ERROR);
                        assertThat(e.getMessage()).contains("successful bind must be completed");
                    });
        }
    }

    @Test
    void refusesAWrongPasswordInTheWordsOfWindows() {
        assertThatThrownBy(() -> client.bind(directory.bindDn(), "wrong"))
                .isInstanceOfSatisfying(
                        LDAPException.class,
                        e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS))
                .hasMessageContaining("data 52e");
    }

    @Test
    void acceptsTheAccountByItsOtherTwoNames() throws LDAPException {
        assertThat(client.bind("svc-backup@ocs.lab", PASSWORD).getResultCode()).isEqualTo(ResultCode.SUCCESS);
        assertThat(client.bind("OCSLAB\\svc-backup", PASSWORD).getResultCode()).isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void keepsThePasswordOutOfEveryEntry() throws LDAPException {
        for (var base :
                List.of(DOMAIN, SITE.domain().configurationDn(), SITE.domain().schemaDn())) {
            assertThat(paged(base, "(objectClass=*)", 1_000))
                    .noneMatch(entry -> entry.toLDIFString().contains(PASSWORD));
        }
    }

    @Test
    void showsACertificateThatFitsItsAddress(@TempDir Path folder)
            throws LDAPException, GeneralSecurityException, IOException {
        var pem = Files.writeString(folder.resolve("dc1.pem"), directory.certificate());
        var sockets = new SSLUtil(new PEMFileTrustManager(pem.toFile())).createSSLSocketFactory();

        for (var host : List.of("127.0.0.1", "localhost")) {
            var options = new LDAPConnectionOptions();
            options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
            try (var connection = new LDAPConnection(sockets, options, host, directory.port())) {
                assertThat(connection.isConnected()).isTrue();
            }
        }
    }

    @Test
    void givesAnUnpagedSearchAThousandObjectsAndAnError() {
        assertThatThrownBy(() -> client.search(DOMAIN, SearchScope.SUB, "(objectClass=*)"))
                .isInstanceOfSatisfying(LDAPSearchException.class, e -> {
                    assertThat(e.getResultCode()).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);
                    assertThat(e.getEntryCount()).isLessThanOrEqualTo(1_000);
                });
    }

    @Test
    void cutsPagesThatAreTooLarge() throws LDAPException {
        var request = new SearchRequest(DOMAIN, SearchScope.SUB, "(objectClass=computer)", "cn");
        request.addControl(new SimplePagedResultsControl(5_000, true));
        var result = client.search(request);

        assertThat(result.getEntryCount()).isEqualTo(1_000);
        assertThat(SimplePagedResultsControl.get(result).moreResultsToReturn()).isTrue();
    }

    @Test
    void givesAllObjectsPageByPage() throws LDAPException {
        var computers = SITE.scale().workstations() + 1 + SITE.servers().size() - 1;

        assertThat(paged(DOMAIN, "(objectClass=computer)", 300)).hasSize(computers);
    }

    @Test
    void givesManyValuesInRanges() throws LDAPException {
        var dn = "CN=RTC Client Computers,CN=Users," + DOMAIN;
        var first = client.getEntry(dn, "member");
        assertThat(first.getAttribute("member").hasValue()).isFalse();
        assertThat(first.getAttributeValues("member;range=0-499")).hasSize(500);

        assertThat(client.getEntry(dn, "member;range=500-*").getAttributeValues("member;range=500-999"))
                .hasSize(500);
        assertThat(client.getEntry(dn, "member;range=1000-*").getAttributeValues("member;range=1000-*"))
                .hasSize(SITE.scale().workstations() - 1_000);
        assertThat(client.getEntry(dn, "member;range=9000-*").getAttributes()).isEmpty();
    }

    @Test
    void keepsPartitionsApart() throws LDAPException {
        assertThat(paged(DOMAIN, "(objectClass=msRTCSIP-Pool)", 100)).isEmpty();
        assertThat(paged(SITE.domain().configurationDn(), "(objectClass=attributeSchema)", 100))
                .isEmpty();
        assertThat(paged(SITE.domain().schemaDn(), "(lDAPDisplayName=msRTCSIP-PrimaryUserAddress)", 100))
                .hasSize(1);
    }

    @Test
    void findsPeopleByTheFilterThatAdministratorsUse() throws LDAPException {
        var found = paged(
                DOMAIN, "(&(|(objectCategory=person)(objectClass=contact))(msRTCSIP-PrimaryUserAddress=*))", 1_000);

        assertThat(found).hasSize(SITE.people().size());
    }

    @Test
    void holdsThePeopleOfTheModel() throws LDAPException {
        for (var person : SITE.people()) {
            var entry = client.getEntry(directory.dn(person));

            assertThat(entry.getAttributeValue("msRTCSIP-PrimaryUserAddress")).isEqualTo(person.sip());
            assertThat(entry.getAttributeValueBytes("objectSid"))
                    .isEqualTo(person.sid().bytes());
            assertThat(client.getEntry(entry.getAttributeValue("msRTCSIP-PrimaryHomeServer")))
                    .isNotNull();
            assertThat(entry.getAttributeValues("msRTCSIP-UserPolicy"))
                    .allMatch(value -> value.matches("B:8:0[125]000000:CN=\\{.*"));
        }
    }

    @Test
    void findsAnObjectByItsBinaryGuid() throws LDAPException {
        var person = SITE.people().get(3);
        var filter = Filter.createEqualityFilter("objectGUID", Names.guid(person.guid()));

        assertThat(client.searchForEntry(DOMAIN, SearchScope.SUB, filter).getAttributeValue("sAMAccountName"))
                .isEqualTo(person.account());
    }

    @Test
    void hasTheTreeThatOcsLeaves() throws LDAPException {
        var pool = client.getEntry("CN=ocspool,CN=Pools," + RTC);

        assertThat(pool.getAttributeValue("msRTCSIP-PoolType")).isEqualTo("10");
        assertThat(client.getEntry("CN=Köln,CN=Location Profiles," + RTC)
                        .getAttributeValues("msRTCSIP-LocalNormalizationLinks"))
                .hasSize(3);
        assertThat(client.search(RTC, SearchScope.SUB, "(objectClass=msRTCSIP-Policy)")
                        .getEntryCount())
                .isEqualTo(5);
        assertThat(client.getEntry("CN=RTCService,CN=Users," + DOMAIN).getAttributeValues("servicePrincipalName"))
                .contains("sip/ocspool.ocs.lab");
    }

    @Test
    void givesSecurityDescriptorsOnRequestAlone() throws LDAPException {
        var request = new SearchRequest(RTC, SearchScope.BASE, "(objectClass=*)");
        assertThat(client.searchForEntry(request).hasAttribute("nTSecurityDescriptor"))
                .isFalse();

        // owner, group and DACL: 7 as a BER sequence
        request.addControl(
                new Control("1.2.840.113556.1.4.801", true, new ASN1OctetString(new byte[] {0x30, 3, 2, 1, 7})));
        assertThat(client.searchForEntry(request).getAttributeValueBytes("nTSecurityDescriptor"))
                .hasSize(140);
    }

    @Test
    void countsChangesAsADomainControllerDoes() throws LDAPException {
        var dn = directory.dn(SITE.people().get(0));
        var highest = client.getRootDSE().getAttributeValueAsLong("highestCommittedUSN");

        directory.change(dn, "telephoneNumber", "+31 20 555 99999");

        var changed = client.getEntry(dn);
        assertThat(changed.getAttributeValue("telephoneNumber")).isEqualTo("+31 20 555 99999");
        assertThat(changed.getAttributeValueAsLong("uSNChanged")).isEqualTo(highest + 1);
        assertThat(client.getRootDSE().getAttributeValueAsLong("highestCommittedUSN"))
                .isEqualTo(highest + 1);
    }

    private List<SearchResultEntry> paged(String base, String filter, int size) throws LDAPException {
        var found = new ArrayList<SearchResultEntry>();
        var request = new SearchRequest(base, SearchScope.SUB, filter);
        ASN1OctetString cookie = null;
        do {
            request.setControls(new SimplePagedResultsControl(size, cookie, true));
            var result = client.search(request);
            found.addAll(result.getSearchEntries());
            cookie = SimplePagedResultsControl.get(result).getCookie();
        } while (cookie.getValueLength() > 0);
        return found;
    }

    private static LDAPConnection stranger() throws LDAPException, GeneralSecurityException {
        var sockets = new SSLUtil(new TrustAllTrustManager()).createSSLSocketFactory();
        return new LDAPConnection(sockets, "127.0.0.1", directory.port());
    }
}
