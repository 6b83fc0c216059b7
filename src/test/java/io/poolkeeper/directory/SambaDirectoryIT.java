// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static io.poolkeeper.directory.FakeDomainController.ACCOUNT;
import static io.poolkeeper.directory.FakeDomainController.CONFIGURATION;
import static io.poolkeeper.directory.FakeDomainController.CONTAINER;
import static io.poolkeeper.directory.FakeDomainController.DOMAIN;
import static io.poolkeeper.directory.FakeDomainController.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product against a real domain controller, with OpenLDAP's client and Samba's own reader of LDIF as judges: export, see what
 * changed and what was deleted, bring back one object at a time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SambaDirectoryIT {
    private static final String PART = "directory:ocs";
    private static final int USERS = 2000;
    private static final int MEMBERS = 1600;
    private static final String CHANGED = OcsForest.user(5);
    private static final String DELETED = OcsForest.user(6);
    private static final String UNTOUCHED = OcsForest.user(8);
    private static final String ADDED = "CN=New Person," + OcsForest.PEOPLE;

    private static final String PYTHON = "/usr/bin/python3";
    private static final String LDIF_READER = "src/test/resources/samba/ldif.py";
    private static final int STRONG_AUTH_REQUIRED = 8;
    private static final int FAILED = 12;
    private static final Duration SECONDS = Duration.ofSeconds(5);

    @TempDir
    static Path folder;

    @TempDir
    static Path other;

    private static SambaDomain domain;
    private static String first = "";
    private static String second = "";
    /** Files of the first set, as ldapsearch had them at that time. */
    private static Map<String, String> judged;

    /** What a verb ended with and printed. */
    private record Ended(int exit, String out, String err) {
        List<JsonNode> lines() {
            return out.lines().map(Json::tree).toList();
        }

        JsonNode last() {
            var lines = lines();
            return lines.get(lines.size() - 1);
        }
    }

    @BeforeAll
    static void backUpChangeAndBackUp() throws Exception {
        domain = SambaDomain.start(Files.createDirectories(folder.resolve("ad")), USERS, MEMBERS);
        site(domain.ldaps(), ACCOUNT, SambaDomain.PASSWORD, domain.authority());
        first = backUp();
        judged = judge();
        domain.ldapmodify("""
                dn: %s
                changetype: modify
                replace: msRTCSIP-Line
                msRTCSIP-Line: tel:+0
                -
                replace: displayName
                displayName: Changed Later

                dn: %s
                changetype: delete

                dn: %s
                changetype: delete

                dn: %s
                changetype: modify
                replace: servicePrincipalName
                servicePrincipalName: sip/wrong.ocs.lab

                dn: %s
                changetype: modify
                delete: member
                member: %s

                dn: %s
                changetype: add
                objectClass: user
                sAMAccountName: newperson
                userAccountControl: 546
                msRTCSIP-PrimaryUserAddress: sip:new@ocs.lab
                """.formatted(
                        CHANGED,
                        DELETED,
                        OcsForest.PROFILE,
                        OcsForest.SERVICE,
                        OcsForest.BIG_GROUP,
                        OcsForest.user(1599),
                        ADDED));
        second = backUp();
    }

    @AfterAll
    static void stop() {
        if (domain != null) {
            domain.close();
        }
    }

    private static Path site(String url, String account, String password, Path trust) throws IOException {
        Files.writeString(folder.resolve("password"), password);
        return Files.writeString(siteFile(), """
                site: samba
                product: ocs-2007-r2
                timeZone: UTC
                state: {dir: state}
                vault: {path: vault}
                acceptRisk: [{risk: vault-beside-source, reason: a test, owner: nobody}]
                pools:
                  - name: ocs2007
                    edition: standard
                    servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition]}]
                directory: {url: '%s', bindDn: '%s', password: 'file:password', trust: '%s'}
                """.formatted(url, account, trust));
    }

    private static Path siteFile() {
        return folder.resolve("site.yaml");
    }

    private static Ended run(String... verb) {
        var args = new ArrayList<>(List.of(verb));
        args.addAll(List.of("-c", siteFile().toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
        return new Ended(exit, out.toString(), err.toString());
    }

    private static String backUp() {
        var backup = run("backup", "--part", PART, "--json");
        assertThat(backup.exit()).as(backup.err()).isLessThanOrEqualTo(4);
        return backup.last().path("set").asText();
    }

    /** What ldapsearch finds of each file, at this time. */
    private static Map<String, String> judge() {
        var wanted = SiteFile.read(siteFile()).catalogue().directory().get(0);
        return Map.of(
                "configuration", domain.ldapsearch(CONTAINER, "(objectClass=*)", "*"),
                "domain", domain.ldapsearch(DOMAIN, "(|" + String.join("", wanted.objects()) + ")", "*"),
                "schema", domain.ldapsearch(SCHEMA, wanted.schema(), "*"));
    }

    private static Path inSet(String set, String path) throws IOException {
        try (var found = Files.walk(folder.resolve("vault"))) {
            return found.filter(file -> file.endsWith(Path.of(set, path)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String ldif(String set, String name) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(inSet(set, "directory/" + name + ".ldif.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> live(String dn, String attribute) {
        var base = dn.endsWith(CONFIGURATION) ? CONFIGURATION : DOMAIN;
        var found = PlainLdif.entries(domain.ldapsearch(base, "(distinguishedName=" + escaped(dn) + ")", attribute));
        return found.getOrDefault(dn, Map.of()).getOrDefault(attribute.toLowerCase(Locale.ROOT), Set.of());
    }

    /** For a filter (RFC 4515). */
    private static String escaped(String dn) {
        return dn.replace("\\", "\\5c");
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Order(1)
    void theSetHoldsWhatLdapsearchFindsEntryByEntryAndValueByValue() throws IOException {
        for (var file : judged.entrySet()) {
            var theirs = PlainLdif.entries(file.getValue());
            var ours = PlainLdif.entries(ldif(first, file.getKey()));
            assertThat(ours.keySet()).as(file.getKey()).isEqualTo(theirs.keySet());
            theirs.forEach((dn, attributes) -> assertThat(ours.get(dn)).as(dn).isEqualTo(attributes));
        }
        assertThat(PlainLdif.entries(judged.get("domain"))).hasSizeGreaterThan(USERS);
    }

    @Test
    @Order(1)
    void theGroupIsWhole() throws IOException {
        assertThat(PlainLdif.entries(ldif(first, "domain"))
                        .get(OcsForest.BIG_GROUP)
                        .get("member"))
                .hasSize(MEMBERS)
                .contains(base64(OcsForest.user(1599)), base64(OcsForest.user(7)));
    }

    @Test
    @Order(1)
    void readersOfOthersUnderstandEveryEntry() throws IOException {
        for (var name : judged.keySet()) {
            var text = ldif(first, name);
            var file = Files.writeString(folder.resolve(name + ".ldif"), text);
            var all = PlainLdif.entries(text).values();
            var entries = all.size();
            var values = all.stream()
                    .flatMap(entry -> entry.entrySet().stream())
                    .filter(attribute -> !attribute.getKey().equals("distinguishedname"))
                    .mapToInt(attribute -> attribute.getValue().size())
                    .sum();

            var added = domain.run("", "ldapadd", "-n", "-v", "-x", "-H", domain.ldap(), "-f", file.toString());
            assertThat(added.lines().filter(line -> line.startsWith("!adding new entry")))
                    .hasSize(entries);

            var read = domain.run(
                    "",
                    PYTHON,
                    LDIF_READER,
                    file.toString(),
                    folder.resolve(name + ".ldb").toString());
            assertThat(read.strip()).isEqualTo(entries + " " + values);
        }
    }

    @Test
    @Order(1)
    void theServerCountsWhatTheSetHolds() throws IOException {
        var files = Json.tree(Files.readString(inSet(first, "manifest.json")))
                .path("parts")
                .path(0)
                .path("recorded")
                .path("files");

        assertThat(files).hasSize(3);
        for (var file : files) {
            assertThat(file.path("counted").asLong())
                    .isEqualTo(file.path("entries").asLong());
        }
        assertThat(files.path("directory/domain.ldif.gz").path("entries").asInt())
                .isEqualTo(PlainLdif.entries(judged.get("domain")).size());
    }

    @Test
    @Order(2)
    void connectsByStartTlsToo() {
        assertThat(live(OcsForest.POOL, "cn")).hasSize(1);
        try (var line = open(domain.ldap(), SambaDomain.PASSWORD, domain.authority())) {
            assertThat(line.ldap().getSSLSession()).isNotNull();
        }
    }

    @Test
    @Order(2)
    void theServerRefusesAPasswordThatIsNotEncryptedAndTheProductNeverSendsOne() {
        var plain = domain.ended(
                "ldapsearch", "-x", "-H", domain.ldap(), "-D", ACCOUNT, "-w", SambaDomain.PASSWORD, "-s", "base");
        assertThat(plain).isEqualTo(STRONG_AUTH_REQUIRED);

        assertThat(refusal(domain.ldaps() + ":389", SambaDomain.PASSWORD, domain.authority()))
                .contains("does not speak TLS on this port", "StartTLS");
    }

    @Test
    @Order(2)
    void refusesACertificateOfAnotherAuthority() {
        for (var url : List.of(domain.ldaps(), domain.ldap())) {
            assertThat(refusal(url, SambaDomain.PASSWORD, TestCertificates.LOCALHOST.pem()))
                    .contains("its certificate is not trusted", "directory.trust");
        }
    }

    @Test
    @Order(2)
    void saysThatThePasswordIsWrong() {
        assertThat(refusal(domain.ldaps(), "Wr0ng-and-secret", domain.authority()))
                .contains(ACCOUNT, "wrong password", "52e", "directory.password")
                .doesNotContain("Wr0ng-and-secret");
    }

    @Test
    @Order(2)
    void asksWithATicketInPlaceOfAPassword() throws IOException {
        System.setProperty("java.security.krb5.conf", domain.kerberos().toString());
        var cache = domain.ticket();
        var site = kerberos(cache);
        try (var line = DomainController.of(site).open(SECONDS, SECONDS)) {
            assertThat(line.ldap().getSSLSession()).isNotNull();
            var domain = RootDse.of(line.ldap(), DomainController.of(site));
            assertThat(Containers.existing(line.ldap(), DomainController.of(site), domain, List.of(CONTAINER)))
                    .isNotEmpty();
        }

        Files.delete(cache);

        assertThat(refusal(site)).contains("bind by Kerberos: there is no ticket in " + cache, "kinit");
    }

    @Test
    @Order(2)
    void saysThatATicketIsNoneOfThisRealm() throws IOException {
        System.setProperty("java.security.krb5.conf", domain.kerberos().toString());
        var empty = Files.writeString(other.resolve("no-ticket"), "not a ticket");

        assertThat(refusal(kerberos(empty))).contains("bind by Kerberos: no usable ticket", "klist shows it");
    }

    private static Site kerberos(Path cache) throws IOException {
        return SiteFile.read(Files.writeString(
                other.resolve("kerberos.yaml"), """
                site: ocs-lab
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: ocs2007, edition: standard, servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition]}]}
                directory: {url: '%s', authentication: kerberos, ticketCache: '%s', trust: '%s'}
                """.formatted(domain.ldaps(), cache, domain.authority())));
    }

    private static DomainController.Line open(String url, String password, Path trust) {
        return DomainController.of(TestSite.at(other, url, password, trust)).open(SECONDS, SECONDS);
    }

    /** The message and the hint. */
    private static String refusal(String url, String password, Path trust) {
        return refusal(TestSite.at(other, url, password, trust));
    }

    private static String refusal(Site site) {
        var fault = (StepFault) catchThrowable(
                () -> DomainController.of(site).open(SECONDS, SECONDS).close());
        assertThat(fault).isInstanceOf(PermanentFault.class);
        return fault.getMessage() + " HINT: " + fault.hint();
    }

    @Test
    @Order(3)
    void showsBetweenTwoSetsWhatWasChangedAddedAndDeleted() {
        var shown = run("show", second, "--since", first, "--json");

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(changes(shown))
                .containsEntry(CHANGED, "modify")
                .containsEntry(OcsForest.SERVICE, "modify")
                .containsEntry(OcsForest.BIG_GROUP, "modify")
                .containsEntry(OcsForest.PROFILE, "delete")
                .containsEntry(DELETED, "modify")
                .containsEntry(ADDED, "blocked")
                .containsEntry(OcsForest.user(0), "modify")
                .doesNotContainKey(UNTOUCHED)
                .hasSize(9);
    }

    private static Map<String, String> changes(Ended ended) {
        var changes = new TreeMap<String, String>();
        for (var line : ended.lines()) {
            if (line.path("message_type").asText().equals("directory-change")) {
                changes.put(line.path("dn").asText(), line.path("change").asText());
            }
        }
        return changes;
    }

    @Test
    @Order(3)
    void printsChangeRecordsThatOthersUnderstand() throws IOException {
        var records = run("restore", "--part", PART, "--set", first);

        assertThat(records.exit()).as(records.err()).isZero();
        var file = Files.writeString(folder.resolve("records.ldif"), records.out());
        var said = domain.run("", "ldapmodify", "-n", "-v", "-x", "-H", domain.ldap(), "-f", file.toString());
        assertThat(said.lines().filter(line -> line.matches("!(adding new|modifying|deleting) entry.*")))
                .hasSize(8);
        assertThat(records.out())
                .contains("# " + DELETED + "\n# is gone")
                .contains("msRTCSIP-Line: tel:+312055500005", "displayName");
    }

    @Test
    @Order(4)
    void saysThatTheAccountMayNotWrite() {
        var refused = apply(CHANGED);

        assertThat(refused.exit()).as(refused.err()).isEqualTo(FAILED);
        assertThat(refused.out() + refused.err())
                .contains("does not let the account write that", "RTCUniversalUserAdmins");
        assertThat(live(CHANGED, "msRTCSIP-Line")).containsExactly(base64("tel:+0"));
    }

    private static Ended apply(String dn) {
        return run("restore", "--part", PART, "--set", first, "--apply", "--path", dn);
    }

    @Test
    @Order(5)
    void bringsBackOneObjectAtATimeAndTouchesNothingElse() throws IOException {
        site(domain.ldaps(), SambaDomain.ADMINISTRATOR, SambaDomain.PASSWORD, domain.authority());
        var before = live(UNTOUCHED, "uSNChanged");

        assertThat(apply(CHANGED).exit()).isZero();

        assertThat(live(CHANGED, "msRTCSIP-Line")).containsExactly(base64("tel:+312055500005"));
        assertThat(live(CHANGED, "displayName")).containsExactly(base64("Changed Later"));
        assertThat(live(OcsForest.SERVICE, "servicePrincipalName")).containsExactly(base64("sip/wrong.ocs.lab"));
        assertThat(live(UNTOUCHED, "uSNChanged")).isEqualTo(before);
    }

    @Test
    @Order(6)
    void bringsBackTheNamesOfAServiceAccount() {
        assertThat(apply(OcsForest.SERVICE).exit()).isZero();

        assertThat(live(OcsForest.SERVICE, "servicePrincipalName"))
                .containsExactlyInAnyOrder(base64("sip/RTCService.ocs.lab"), base64("http/RTCService.ocs.lab"));
    }

    @Test
    @Order(6)
    void bringsBackADeletedLocationProfileAndWhoeverUsedIt() {
        assertThat(apply(OcsForest.PROFILE).exit()).isZero();
        var profile = PlainLdif.entries(domain.ldapsearch(OcsForest.PROFILE, "(objectClass=*)"))
                .get(OcsForest.PROFILE);
        assertThat(profile).isNotNull();
        assertThat(profile.get("description")).containsExactly(base64("R\u00e9gion d'Amsterdam "));
        assertThat(profile.get("msrtcsip-localnormalizationlinks")).hasSize(1);

        assertThat(apply(OcsForest.user(0)).exit()).isZero();
        assertThat(live(OcsForest.user(0), "msRTCSIP-UserLocationProfile")).containsExactly(base64(OcsForest.PROFILE));
    }

    @Test
    @Order(7)
    void doesNotMakeADeletedAccountAnew() {
        var refused = apply(DELETED);

        assertThat(refused.exit()).isEqualTo(FAILED);
        assertThat(refused.out() + refused.err())
                .contains(
                        "was deleted (whenChanged "
                                + LocalDate.now(ZoneOffset.UTC).getYear(),
                        "SID");
        assertThat(live(DELETED, "cn")).isEmpty();
    }
}
