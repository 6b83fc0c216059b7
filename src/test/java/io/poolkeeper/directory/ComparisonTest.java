// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static io.poolkeeper.directory.FakeDomainController.CONTAINER;
import static io.poolkeeper.directory.FakeDomainController.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.directory.AttributeChange.Fate;
import io.poolkeeper.directory.ObjectChange.Kind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What would bring one state of the directory back to another. */
class ComparisonTest {
    private static final String PROFILE = "CN=Berlin,CN=Location Profiles," + CONTAINER;
    private static final String RULE = "CN={1},CN=Local Normalization Rules," + CONTAINER;

    private final Memory then = new Memory();
    private final Memory now = new Memory();

    private Comparison.Result compare() {
        return Comparison.of(then, now, Selection.of(null));
    }

    private List<ObjectChange> changes() {
        return compare().changes();
    }

    private static Entry object(String dn, String objectClass, Attribute... attributes) {
        var entry = new Entry(dn, new Attribute("objectClass", "top", objectClass));
        try {
            var rdn = entry.getRDN();
            entry.addAttribute(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0]);
        } catch (LDAPException e) {
            throw new IllegalArgumentException(dn, e);
        }
        List.of(attributes).forEach(entry::addAttribute);
        return entry;
    }

    private static Entry policy(Attribute... attributes) {
        return object("CN=Policy," + CONTAINER, "msRTCSIP-Policy", attributes);
    }

    private static Entry user(int number, Attribute... attributes) {
        var user = object("CN=User %05d,CN=Users,%s".formatted(number, DOMAIN), "user", attributes);
        user.addAttribute("objectGUID", new byte[] {1, (byte) 0xFF, (byte) (number >> 8), (byte) number});
        user.addAttribute("objectSid", new byte[] {1, 5, (byte) (number >> 8), (byte) number});
        user.addAttribute("msRTCSIP-PrimaryUserAddress", "sip:user%05d@ocs.lab".formatted(number));
        user.addAttribute("msRTCSIP-Line", "tel:+49%05d".formatted(number));
        return user;
    }

    private static String ldif(ObjectChange change) {
        return change.asRecord().orElseThrow().toLDIFString(0).replace("\r", "");
    }

    @Test
    void findsOneChangedAttributeAmongTenThousandObjectsAndNothingElse() {
        for (var number = 0; number < 10_000; number++) {
            then.with(user(number, new Attribute("uSNChanged", "1")));
            now.with(user(number, new Attribute("uSNChanged", "2")));
        }
        now.entries.get(7_777).setAttribute("msRTCSIP-Line", "tel:+31");

        var result = compare();

        assertThat(result.changes()).singleElement().satisfies(change -> {
            assertThat(ldif(change)).isEqualTo("""
                            dn: CN=User 07777,CN=Users,DC=ocs,DC=lab
                            changetype: modify
                            replace: msRTCSIP-Line
                            msRTCSIP-Line: tel:+4907777
                            -
                            """);
            assertThat(change.losses())
                    .containsExactly("CN=User 07777,CN=Users,DC=ocs,DC=lab: msRTCSIP-Line would lose 'tel:+31'");
        });
        assertThat(result.compared()).isEqualTo(10_000);
        assertThat(result.touched()).isEqualTo(9_999);
    }

    @Test
    void findsNothingInTheSameStateWhateverTheOrder() {
        var links = new String[] {"CN=A," + DOMAIN, "CN=B," + DOMAIN};
        then.with(user(1), policy(new Attribute("member", links), new Attribute("msRTCSIP-PolicyContent", "a", "b")));
        now.with(
                policy(
                        new Attribute("MSRTCSIP-policycontent", "b", "a"),
                        new Attribute("member", "cn=b, dc=OCS,dc=lab", "cn=a,dc=ocs,dc=lab")),
                user(1));

        var result = compare();

        assertThat(result.changes()).isEmpty();
        assertThat(result.touched()).isZero();
    }

    @Test
    void comparesNamesWithinBinaryValuesWithoutRegardToCaseAndOtherTextByteForByte() {
        then.with(policy(
                new Attribute("msRTCSIP-UserPolicy", "B:8:0a000000:CN=A," + DOMAIN),
                new Attribute("msRTCSIP-PolicyContent", "Text")));
        now.with(policy(
                new Attribute("msRTCSIP-UserPolicy", "B:8:0A000000:cn=a,dc=ocs,dc=lab"),
                new Attribute("msRTCSIP-PolicyContent", "text")));

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(ldif(change))
                        .contains("replace: msRTCSIP-PolicyContent", "msRTCSIP-PolicyContent: Text\n")
                        .doesNotContain("UserPolicy"));
    }

    @Test
    void comparesBinaryValuesAsBytes() {
        var data = "msRTCSIP-ServerData";
        then.with(policy(new Attribute(data, new byte[] {0, (byte) 0xC3, (byte) 0x28})));
        now.with(policy(new Attribute(data, new byte[] {0, (byte) 0xC3, (byte) 0x29})));

        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(ldif(change)).contains(data + ":: AMMo\n");
            assertThat(change.losses()).singleElement().asString().contains("base64 AMMp");
        });
    }

    @Test
    void touchesOfSeveralValuesOnlyThoseThatDiffer() {
        then.with(policy(new Attribute("servicePrincipalName", "sip/a", "sip/b")));
        now.with(policy(new Attribute("servicePrincipalName", "sip/b", "sip/c")));

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(ldif(change)).isEqualTo("""
                        dn: CN=Policy,%s
                        changetype: modify
                        delete: servicePrincipalName
                        servicePrincipalName: sip/c
                        -
                        add: servicePrincipalName
                        servicePrincipalName: sip/a
                        -
                        """.formatted(CONTAINER)));
    }

    @Test
    void bringsBackAttributesThatAreGoneAndTakesAwayThoseThatWereNotThere() {
        then.with(policy(new Attribute("msRTCSIP-PolicyType", "old")));
        now.with(policy(new Attribute("description", "new")));

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(ldif(change))
                        .contains("delete: description\n", "add: msRTCSIP-PolicyType\nmsRTCSIP-PolicyType: old\n"));
    }

    @Test
    void leavesOutBackLinksAndWhatTheSystemWritesAndCountsThem() {
        then.with(policy(
                new Attribute("msRTCSIP-PolicyType", "old"),
                new Attribute("memberOf", "CN=A," + DOMAIN),
                new Attribute("whenChanged", "20260101000000.0Z")));
        now.with(
                policy(new Attribute("msRTCSIP-PolicyType", "new"), new Attribute("whenChanged", "20260202000000.0Z")));

        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(ldif(change)).doesNotContain("memberOf", "whenChanged");
            assertThat(change.leftOut())
                    .extracting(AttributeChange::name, AttributeChange::fate)
                    .containsExactlyInAnyOrder(tuple("memberOf", Fate.BACK_LINK), tuple("whenChanged", Fate.SYSTEM));
        });
    }

    @Test
    void learnsFromTheSchemaWhatItDoesNotKnow() {
        now.schema.add(described("x-link", new Attribute("linkID", "101")));
        now.schema.add(described("x-owned", new Attribute("systemOnly", "TRUE")));
        now.schema.add(described("x-computed", new Attribute("systemFlags", "20")));
        now.schema.add(described("x-name", new Attribute("attributeSyntax", "2.5.5.1")));
        then.schema.addAll(now.schema);
        then.with(policy(new Attribute("x-name", "CN=A," + DOMAIN), new Attribute("x-link", "CN=A," + DOMAIN)));
        now.with(policy(
                new Attribute("x-name", "cn=a,dc=ocs,dc=lab"),
                new Attribute("x-owned", "1"),
                new Attribute("x-computed", "1")));

        var result = compare();

        assertThat(result.changes()).isEmpty();
        assertThat(result.touched()).isEqualTo(1);
    }

    private static Entry described(String attribute, Attribute... attributes) {
        var entry = object("CN=" + attribute + "," + FakeDomainController.SCHEMA, "attributeSchema", attributes);
        entry.addAttribute("lDAPDisplayName", attribute);
        return entry;
    }

    @Test
    void tellsWhatOfAPersonIsNotOfOcsAndLeavesIt() {
        then.with(user(1, new Attribute("telephoneNumber", "1")));
        var changed = user(1, new Attribute("telephoneNumber", "2"));
        now.with(changed);

        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.NONE);
            assertThat(change.leftOut()).extracting(AttributeChange::fate).containsExactly(Fate.NOT_OCS);
        });

        changed.setAttribute("msRTCSIP-Line", "tel:+31");

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(ldif(change))
                        .contains("replace: msRTCSIP-Line")
                        .doesNotContain("telephoneNumber"));
    }

    @Test
    void neverMakesAnAccountThatIsGone() {
        then.with(user(1), user(2));
        now.with(user(2));

        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.BLOCKED);
            assertThat(change.remark()).contains("SID");
        });
    }

    @Test
    void neverDeletesAPersonWhoWasEnabledLater() {
        now.with(user(1, new Attribute("displayName", "Somebody")));

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(ldif(change)).isEqualTo("""
                        dn: CN=User 00001,CN=Users,DC=ocs,DC=lab
                        changetype: modify
                        delete: msRTCSIP-Line
                        -
                        delete: msRTCSIP-PrimaryUserAddress
                        -
                        """));
    }

    @Test
    void enablesAPersonAgainWhoLostTheAttributesOfOcs() {
        then.with(user(1));
        var disabled = user(1);
        disabled.removeAttribute("msRTCSIP-PrimaryUserAddress");
        disabled.removeAttribute("msRTCSIP-Line");
        now.others.add(disabled);

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(ldif(change))
                        .contains("changetype: modify", "add: msRTCSIP-Line", "add: msRTCSIP-PrimaryUserAddress"));
    }

    @Test
    void knowsAPersonWhoMovedByTheGuidAndFollowsLinks() {
        var group = "CN=RTCGroup,CN=Users," + DOMAIN;
        then.with(user(1), object(group, "group", new Attribute("member", "CN=User 00001,CN=Users," + DOMAIN)));
        var moved = user(1);
        moved.setDN("CN=User 00001,OU=Berlin," + DOMAIN);
        moved.setAttribute("msRTCSIP-Line", "tel:+31");
        now.with(moved, object(group, "group", new Attribute("member", moved.getDN())));

        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(change.dn()).isEqualTo(moved.getDN());
            assertThat(change.remark()).contains("it was CN=User 00001,CN=Users");
            assertThat(change.restored()).extracting(AttributeChange::name).containsExactly("msRTCSIP-Line");
        });
    }

    @Test
    void takesAnObjectThatWasMadeAnewForTheSame() {
        var guid = "objectGUID";
        then.with(policy(new Attribute(guid, new byte[] {1}), new Attribute("description", "old")));
        now.with(policy(new Attribute(guid, new byte[] {2}), new Attribute("description", "new")));

        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.MODIFY);
            assertThat(change.remark()).contains("made anew");
        });
    }

    @Test
    void makesParentsFirstAndLinksWhatIsMadeLaterAfterIt() {
        then.with(
                object(PROFILE, "msRTCSIP-LocationProfile", new Attribute("msRTCSIP-LocalNormalizationLinks", link())),
                object(RULE, "msRTCSIP-LocalNormalization"),
                object("CN=Location Profiles," + CONTAINER, "container"),
                object("CN=Local Normalization Rules," + CONTAINER, "container"));

        var changes = changes();

        assertThat(changes)
                .extracting(ObjectChange::kind, ObjectChange::dn)
                .containsExactly(
                        tuple(Kind.ADD, "CN=Local Normalization Rules," + CONTAINER),
                        tuple(Kind.ADD, "CN=Location Profiles," + CONTAINER),
                        tuple(Kind.ADD, PROFILE),
                        tuple(Kind.ADD, RULE),
                        tuple(Kind.MODIFY, PROFILE));
        assertThat(ldif(changes.get(2)))
                .contains("objectClass: msRTCSIP-LocationProfile")
                .doesNotContain("Links");
        assertThat(ldif(changes.get(4))).contains("add: msRTCSIP-LocalNormalizationLinks", link());
    }

    private static String link() {
        return "B:8:00000000:" + RULE;
    }

    @Test
    void deletesWhatLiesBelowFirst() {
        now.with(object("CN=Location Profiles," + CONTAINER, "container"), object(PROFILE, "msRTCSIP-LocationProfile"));

        var changes = changes();

        assertThat(changes).extracting(ObjectChange::kind).containsOnly(Kind.DELETE);
        assertThat(changes).extracting(ObjectChange::dn).containsExactly(PROFILE, "CN=Location Profiles," + CONTAINER);
        assertThat(changes.get(0).losses()).singleElement().asString().contains("would be deleted");
    }

    @Test
    void neverChangesTheSchema() {
        then.schema.add(described("msRTCSIP-Line", new Attribute("rangeUpper", "1")));
        then.schema.add(described("msRTCSIP-Other"));
        now.schema.add(described("msRTCSIP-Line", new Attribute("rangeUpper", "2")));
        now.schema.add(described("msRTCSIP-New"));

        assertThat(changes()).hasSize(3).allMatch(change -> change.kind() == Kind.BLOCKED);
    }

    @Test
    void looksAtWhatIsWantedAlone() {
        then.with(user(1), user(12), user(2));
        now.with(user(1), user(12), user(2));
        now.entries.forEach(entry -> entry.setAttribute("msRTCSIP-Line", "tel:+31"));

        assertThat(Comparison.of(then, now, Selection.of("cn=user 0001*, CN=Users," + DOMAIN))
                        .changes())
                .extracting(ObjectChange::dn)
                .containsExactly("CN=User 00012,CN=Users," + DOMAIN);
        assertThat(Comparison.of(then, now, Selection.exactly("cn=USER 00001,cn=users," + DOMAIN))
                        .changes())
                .hasSize(1);
        assertThat(Comparison.of(then, now, Selection.exactly("CN=User*,CN=Users," + DOMAIN))
                        .compared())
                .isZero();
    }

    @Test
    void countsWhatAnAccountOfAGroupLost() {
        var many = new String[1_600];
        for (var i = 0; i < many.length; i++) {
            many[i] = "CN=User %05d,CN=Users,%s".formatted(i, DOMAIN);
        }
        var group = "CN=RTCGroup,CN=Users," + DOMAIN;
        then.with(object(group, "group", new Attribute("member", many)));
        now.with(object(group, "group", new Attribute("member", List.of(many).subList(1, many.length))));

        assertThat(changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(ldif(change)).isEqualTo("""
                        dn: %s
                        changetype: modify
                        add: member
                        member: %s
                        -
                        """.formatted(group, Objects.requireNonNull(many[0]))));
    }

    @Test
    void doesNotSayThatSomebodyWasNotEnabledWhoMayHaveBeenDeleted() {
        now.with(user(1));

        assertThat(changes())
                .singleElement()
                .extracting(ObjectChange::remark)
                .isEqualTo("memory does not have it: not made yet or deleted, or not enabled for OCS");
    }
}
