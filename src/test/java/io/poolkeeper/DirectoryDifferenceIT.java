// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.schema.Schemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does when objects of OCS are gone or wrong: look, bring back one at a time, look again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DirectoryDifferenceIT {
    private static final String PART = "directory:ocs";

    @TempDir
    static Path folder;

    private static LabSite site;
    private static String person = "";
    private static String profile = "";
    private static String account = "";
    private static String first = "";

    @BeforeAll
    static void backUpAndBreak() throws LDAPException {
        site = LabSite.start(folder.resolve("lab"));
        var backup = site.run("backup", "--part", PART);
        assertThat(backup.exit()).as(backup.out()).isLessThanOrEqualTo(4);
        first = backup.last().path("set").asText();
        person = dn("(&(objectClass=user)(msRTCSIP-Line=*))");
        profile = dn("(objectClass=msRTCSIP-LocationProfile)");
        account = dn("(&(objectClass=user)(cn=RTCService))");
        site.lab().directory().change(person, "msRTCSIP-Line", "tel:+0");
        site.lab().directory().change(person, "displayName", "Changed Later");
        site.lab().directory().change(account, "servicePrincipalName", "sip/wrong");
        try (var ldap = site.lab().connectToDirectory()) {
            ldap.delete(profile);
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String dn(String filter) throws LDAPException {
        try (var ldap = site.lab().connectToDirectory()) {
            for (var base : List.of("OU=OCS Users,", "CN=Users,", "CN=Services,CN=Configuration,")) {
                var found = ldap.search(base + domain(), SearchScope.SUB, filter, "1.1")
                        .getSearchEntries();
                if (!found.isEmpty()) {
                    return found.get(0).getDN();
                }
            }
        }
        throw new AssertionError("the lab has none: " + filter);
    }

    private static String domain() {
        return site.lab().site().domain().dn();
    }

    private static List<String> values(String dn, String attribute) throws LDAPException {
        try (var ldap = site.lab().connectToDirectory()) {
            var entry = ldap.getEntry(dn);
            var values = entry == null ? null : entry.getAttributeValues(attribute);
            return values == null ? List.of() : List.of(values);
        }
    }

    /** The lines of a verb with {@code --json}, each valid. */
    private static List<JsonNode> lines(LabSite.Ended ended) {
        assertThat(ended.exit()).as(ended.err()).isZero();
        ended.lines()
                .forEach(line -> assertThat(
                                Schemas.check(line.path("message_type").asText(), line))
                        .as(line.toString())
                        .isEmpty());
        return ended.lines();
    }

    private static List<LDIFChangeRecord> records(String text) throws IOException, LDIFException {
        var records = new ArrayList<LDIFChangeRecord>();
        try (var ldif = new LDIFReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (var read = ldif.readChangeRecord(); read != null; read = ldif.readChangeRecord()) {
                records.add(read);
            }
        }
        return records;
    }

    @Test
    @Order(1)
    void printsExactlyWhatWouldHaveToBeApplied() throws Exception {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Poolkeeper.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "restore",
                "--part",
                PART,
                "-c",
                site.lab().siteFile().toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(records(out.toString()))
                .extracting(LDIFChangeRecord::getDN)
                .containsExactlyInAnyOrder(profile, person, account);
        assertThat(out.toString()).contains("left out:", "displayName").doesNotContain("objectGUID:");
        assertThat(err.toString()).contains("3 change records", "displayName 1");
        assertThat(values(person, "msRTCSIP-Line")).containsExactly("tel:+0");
    }

    @Test
    @Order(2)
    void printsALineOfJsonForEachObject() {
        var all = lines(site.run("restore", "--part", PART));

        assertThat(all).hasSize(4);
        assertThat(all.get(3).path("records").asInt()).isEqualTo(3);
        var one = lines(site.run("restore", "--part", PART, "--path", "*,OU=OCS Users,*"));
        assertThat(one).hasSize(2);
        assertThat(one.get(0).path("dn").asText()).isEqualTo(person);
        assertThat(one.get(0).path("change").asText()).isEqualTo("modify");
    }

    @Test
    @Order(3)
    void refusesToApplyWithoutTheNameOfAnObject() throws LDAPException {
        var refused = site.run("restore", "--part", PART, "--apply");
        var pattern = site.run("restore", "--part", PART, "--apply", "--path", "*,OU=OCS Users,*");

        var overwrite = site.run("restore", "--part", PART, "--overwrite", "--path", person);
        assertThat(overwrite.exit()).isEqualTo(64);
        assertThat(overwrite.err()).contains("--apply");
        assertThat(refused.exit()).isEqualTo(64);
        assertThat(refused.err()).contains("--path");
        assertThat(pattern.exit()).as(pattern.out()).isEqualTo(16);
        assertThat(pattern.err()).contains("whole distinguished name");
        assertThat(values(person, "msRTCSIP-Line")).containsExactly("tel:+0");
    }

    @Test
    @Order(4)
    void refusesAWrongPassword() throws Exception {
        var secret = site.folder().resolve("secrets/ldap");
        var right = Files.readString(secret);
        Files.writeString(secret, "wrong");
        try {
            var refused = site.run("restore", "--part", PART, "--apply", "--path", person);

            assertThat(refused.exit()).isEqualTo(16);
            assertThat(refused.err()).contains("wrong password", "52e", "HINT");
        } finally {
            Files.writeString(secret, right);
        }
        assertThat(values(person, "msRTCSIP-Line")).containsExactly("tel:+0");
    }

    @Test
    @Order(5)
    void bringsBackThePersonsAttributesOfOcsAloneAndSaysFirstWhatGoes() throws LDAPException {
        var restored = site.run("restore", "--part", PART, "--apply", "--path", person);

        assertThat(restored.exit()).as(restored.out()).isZero();
        assertThat(restored.err()).contains("LOST: " + person + ": msRTCSIP-Line would lose 'tel:+0'");
        assertThat(restored.part(PART).path("where").asText()).isEqualTo(person);
        assertThat(values(person, "msRTCSIP-Line")).singleElement().asString().isNotEqualTo("tel:+0");
        assertThat(values(person, "displayName")).containsExactly("Changed Later");
        assertThat(values(account, "servicePrincipalName")).containsExactly("sip/wrong");
    }

    @Test
    @Order(6)
    void bringsBackADeletedLocationProfileAndPrincipalNames() throws Exception {
        assertThat(site.run("restore", "--part", PART, "--apply", "--path", profile)
                        .exit())
                .isZero();
        assertThat(site.run("restore", "--part", PART, "--apply", "--path", account.toUpperCase(java.util.Locale.ROOT))
                        .exit())
                .isZero();

        assertThat(values(profile, "objectClass")).contains("msRTCSIP-LocationProfile");
        assertThat(values(profile, "msRTCSIP-LocalNormalizationLinks")).isNotEmpty();
        assertThat(values(account, "servicePrincipalName")).hasSize(2).allMatch(name -> name.startsWith("sip/"));
        var left = lines(site.run("restore", "--part", PART));
        assertThat(left.get(left.size() - 1).path("records").asInt()).isZero();
    }

    @Test
    @Order(7)
    void showsWhatHasChangedBetweenTwoSets() throws LDAPException {
        site.lab().directory().change(person, "msRTCSIP-Line", "tel:+1");
        var second = site.run("backup", "--part", PART).last().path("set").asText();

        var changed = lines(site.run("show", second, "--since", first));

        var records = changed.stream()
                .filter(line -> line.path("change").asText().equals("modify"))
                .toList();
        assertThat(records).singleElement().satisfies(line -> {
            assertThat(new DN(line.path("dn").asText())).isEqualTo(new DN(person));
            assertThat(line.path("attributes").toString()).contains("tel:+1");
        });
    }

    @Test
    @Order(8)
    void saysThatASetIsDamagedAndWritesNothing() throws Exception {
        var set = site.run("list").lines().get(1).path("set").asText();
        var file = site.site()
                .vault()
                .path()
                .resolve(site.site().name())
                .resolve(set)
                .resolve("directory/domain.ldif.gz");
        Files.write(file, new byte[] {1});

        var refused = site.run("restore", "--part", PART, "--set", set, "--apply", "--path", person);

        assertThat(refused.exit()).as(refused.err()).isEqualTo(20);
        assertThat(refused.err()).contains("is damaged", "domain.ldif.gz");
        assertThat(values(person, "msRTCSIP-Line")).containsExactly("tel:+1");
    }
}
