// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static io.poolkeeper.directory.FakeDomainController.CONTAINER;
import static io.poolkeeper.directory.FakeDomainController.DOMAIN;
import static io.poolkeeper.directory.FakeDomainController.SCHEMA;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What OCS 2007 R2 leaves in Active Directory, as LDIF for a domain controller that has nothing of it: the schema, the global
 * settings in the configuration, groups, accounts and users. Names are OCS's; object identifiers and link identifiers are made up,
 * and there are fewer attributes and classes.
 */
final class OcsForest {
    static final String PEOPLE = "OU=OCS Users," + DOMAIN;
    static final String PROFILE = "CN=Amsterdam,CN=Location Profiles," + CONTAINER;
    static final String POOL = "CN=ocs2007,CN=Pools," + CONTAINER;
    static final String BIG_GROUP = "CN=RTCUniversalReadOnlyAdmins,CN=Users," + DOMAIN;
    static final String SERVICE = "CN=RTCService,CN=Users," + DOMAIN;

    private static final String RULES = "CN=Local Normalization Rules," + CONTAINER;
    private static final String POLICY = "CN={2F7E2B7C-2B3E-4B53-9F0E-6D1E6C3E7A11},CN=Policies," + CONTAINER;
    private static final String ARC = "1.2.840.113556.1.8000.2554.4711.2007.1.1.1.1.1.";
    private static final String DN_CLASS = "KwwCh3McAIVK";
    private static final String DN_BINARY_CLASS = "KoZIhvcUAQEBCw==";
    /** All for domain administrators and the system, reading for everybody who has logged on. */
    private static final String READABLE =
            "D:(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)(A;;RPLCLORC;;;AU)";

    private static final int TRANSACTION = 500;
    /** A domain controller rewrites the list of links back with each link: many would take minutes. */
    private static final int LINKED = 100;

    private static final List<String> TEXTS = words("""
            PrimaryUserAddress Line UserExtension PoolDisplayName BackEndServer PoolDomainFQDN TrustedServerFQDN
            GlobalSettingsData PolicyType PolicyContent LocationName ExternalAccessCode RuleName Pattern Translation
            ServerData
            """);
    private static final List<String> SEVERAL = words("UserExtension GlobalSettingsData");
    private static final List<String> NUMBERS = words("OptionFlags ArchivingEnabled PoolVersion ServerVersion");
    private static final List<String> TRUTHS = words("UserEnabled FederationEnabled InternetAccessEnabled");
    private static final List<String> OF_USERS = words("""
            PrimaryUserAddress Line UserExtension OptionFlags ArchivingEnabled UserEnabled FederationEnabled
            InternetAccessEnabled PrimaryHomeServer UserPolicy UserLocationProfile
            """);
    private static final List<String> CONTAINERS = words("""
            Service GlobalContainer Pools Pool TrustedServices TrustedServer Policies Policy LocationProfiles
            LocationProfile LocalNormalizations LocalNormalization
            """);
    private static final List<String> GROUPS = words("""
            RTCUniversalServerAdmins RTCUniversalUserAdmins RTCUniversalReadOnlyAdmins RTCHSUniversalServices
            RTCArchivingUniversalServices RTCProxyUniversalServices RTCComponentUniversalServices
            RTCUniversalGuestAccessGroup RTCUniversalGlobalReadOnlyGroup RTCUniversalGlobalWriteGroup
            RTCUniversalUserReadOnlyGroup RTCUniversalServerReadOnlyGroup RTCABSDomainServices
            """);

    private final StringBuilder ldif = new StringBuilder();
    private final List<String> attributes = new ArrayList<>();

    private OcsForest() {}

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** Files of LDIF, to be applied one after the other: each builds on those before. */
    static List<String> files(int users, int members) {
        var files = new ArrayList<String>();
        files.add(new OcsForest().schemaAttributes());
        files.add(new OcsForest().schemaClasses());
        files.add(new OcsForest().schemaOfUsers());
        files.add(new OcsForest().settings());
        for (var first = 0; first < users; first += TRANSACTION) {
            files.add(new OcsForest().users(first, Math.min(users, first + TRANSACTION)));
        }
        files.add(new OcsForest().groupsAndAccounts(members));
        return files;
    }

    /** The name of a user, counted from 0; some names need escapes. */
    static String user(int number) {
        var name = number % 10 == 7 ? "M\u00fcller\\, J\u00fcrgen %05d" : "User %05d";
        return "CN=%s,OU=Site%d,%s".formatted(name.formatted(number), number % 4, PEOPLE);
    }

    private void line(String name, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var plain = value.chars().allMatch(c -> c >= ' ' && c < 127)
                && value.strip().equals(value);
        ldif.append(name)
                .append(plain ? ": " + value : ":: " + Base64.getEncoder().encodeToString(bytes))
                .append('\n');
    }

    /** An object: attributes and values in turn. */
    private void object(String dn, String objectClass, String... pairs) {
        ldif.append('\n');
        line("dn", dn);
        line("objectClass", objectClass);
        for (var i = 0; i < pairs.length; i += 2) {
            line(pairs[i], pairs[i + 1]);
        }
    }

    private String schemaAttributes() {
        TEXTS.forEach(name -> attribute(name, "2.5.5.12", 64));
        NUMBERS.forEach(name -> attribute(name, "2.5.5.9", 2));
        TRUTHS.forEach(name -> attribute(name, "2.5.5.8", 1));
        attribute("PrimaryHomeServer", "2.5.5.1", 127, "oMObjectClass:: " + DN_CLASS, "linkID: 11120");
        attribute("UserBL", "2.5.5.1", 127, "oMObjectClass:: " + DN_CLASS, "linkID: 11121");
        attribute("UserLocationProfile", "2.5.5.1", 127, "oMObjectClass:: " + DN_CLASS);
        attribute("UserPolicy", "2.5.5.7", 127, "oMObjectClass:: " + DN_BINARY_CLASS);
        attribute("LocalNormalizationLinks", "2.5.5.7", 127, "oMObjectClass:: " + DN_BINARY_CLASS);
        return ldif.toString();
    }

    private void attribute(String name, String syntax, int om, String... more) {
        attributes.add(name);
        var single = !SEVERAL.contains(name)
                && !name.endsWith("Links")
                && !List.of("UserBL", "UserPolicy").contains(name);
        object(
                "CN=ms-RTC-SIP-" + name + "," + SCHEMA,
                "attributeSchema",
                "attributeID",
                ARC + "1." + attributes.size(),
                "lDAPDisplayName",
                "msRTCSIP-" + name,
                "attributeSyntax",
                syntax,
                "oMSyntax",
                String.valueOf(om),
                "isSingleValued",
                single ? "TRUE" : "FALSE");
        List.of(more).forEach(line -> ldif.append(line).append('\n'));
    }

    private String schemaClasses() {
        for (var i = 0; i < CONTAINERS.size(); i++) {
            schemaClass(CONTAINERS.get(i), i, "container");
            List.of("container", "configuration").forEach(above -> line("possSuperiors", above));
        }
        schemaClass("Server", CONTAINERS.size(), "serviceConnectionPoint");
        line("possSuperiors", "computer");
        return ldif.toString();
    }

    private void schemaClass(String name, int number, String superclass) {
        object(
                "CN=ms-RTC-SIP-" + name + "," + SCHEMA,
                "classSchema",
                "governsID",
                ARC + "2." + (number + 1),
                "lDAPDisplayName",
                "msRTCSIP-" + name,
                "subClassOf",
                superclass,
                "objectClassCategory",
                "1",
                "rDNAttID",
                "cn",
                "defaultSecurityDescriptor",
                READABLE);
        line("mayContain", "dNSHostName");
        for (var attribute : List.of(TEXTS, NUMBERS, List.of("UserBL", "LocalNormalizationLinks"))) {
            attribute.forEach(one -> line("mayContain", "msRTCSIP-" + one));
        }
    }

    private String schemaOfUsers() {
        ldif.append("dn: CN=User,").append(SCHEMA).append("\nchangetype: modify\nadd: mayContain\n");
        OF_USERS.forEach(name -> line("mayContain", "msRTCSIP-" + name));
        return ldif.append("-\n").toString();
    }

    private String settings() {
        object(CONTAINER, "msRTCSIP-Service");
        var all = new ArrayList<String>();
        IntStream.range(0, 40)
                .forEach(n -> all.addAll(
                        List.of("msRTCSIP-GlobalSettingsData", "Setting%02d=<a>%s</a>".formatted(n, "x".repeat(300)))));
        object("CN=Global Settings," + CONTAINER, "msRTCSIP-GlobalContainer", all.toArray(String[]::new));
        object("CN=Pools," + CONTAINER, "msRTCSIP-Pools");
        object(
                POOL,
                "msRTCSIP-Pool",
                "dNSHostName",
                "ocs2007.ocs.lab",
                "msRTCSIP-PoolDisplayName",
                "ocs2007",
                "msRTCSIP-BackEndServer",
                "ocs2007\\rtc",
                "msRTCSIP-PoolVersion",
                "655360");
        object("CN=Trusted Services," + CONTAINER, "msRTCSIP-TrustedServices");
        for (var i = 0; i < 5; i++) {
            object(
                    "CN=ts%d,CN=Trusted Services,%s".formatted(i, CONTAINER),
                    "msRTCSIP-TrustedServer",
                    "msRTCSIP-TrustedServerFQDN",
                    "ts%d.ocs.lab".formatted(i));
        }
        object("CN=Policies," + CONTAINER, "msRTCSIP-Policies");
        object(
                POLICY,
                "msRTCSIP-Policy",
                "msRTCSIP-PolicyType",
                "telephony",
                "msRTCSIP-PolicyContent",
                "<?xml version=\"1.0\"?>\r\n<instance>\r\n  <property name=\"Name\">D\u00e9faut</property>\r\n</instance>");
        profiles();
        return ldif.toString();
    }

    private void profiles() {
        object(RULES, "msRTCSIP-LocalNormalizations");
        object(
                "CN=rule," + RULES,
                "msRTCSIP-LocalNormalization",
                "msRTCSIP-RuleName",
                "internal",
                "msRTCSIP-Pattern",
                "^(\\d{5})$",
                "msRTCSIP-Translation",
                "+3120555$1");
        object("CN=Location Profiles," + CONTAINER, "msRTCSIP-LocationProfiles");
        object(
                PROFILE,
                "msRTCSIP-LocationProfile",
                "msRTCSIP-LocationName",
                "Amsterdam",
                "description",
                "R\u00e9gion d'Amsterdam ",
                "msRTCSIP-ExternalAccessCode",
                "0",
                "msRTCSIP-LocalNormalizationLinks",
                "B:8:00000000:CN=rule," + RULES);
    }

    private String users(int first, int end) {
        if (first == 0) {
            object(PEOPLE, "organizationalUnit");
            IntStream.range(0, 4).forEach(n -> object("OU=Site%d,%s".formatted(n, PEOPLE), "organizationalUnit"));
        }
        for (var i = first; i < end; i++) {
            user(i, "user%05d".formatted(i));
        }
        return ldif.toString();
    }

    private void user(int number, String account) {
        object(
                user(number),
                "user",
                "sAMAccountName",
                account,
                "userPrincipalName",
                account + "@ocs.lab",
                "userAccountControl",
                "546",
                "givenName",
                "Given" + number,
                "sn",
                number % 3 == 0 ? "\u0429\u0443\u043a\u0438\u043d\u0430" : "de Vries",
                "displayName",
                "Given%d \u5c71\u7530".formatted(number),
                "info",
                "first line\r\n second line ",
                "mail",
                account + "@ocs.lab",
                "telephoneNumber",
                "+31 20 555 %05d".formatted(number),
                "proxyAddresses",
                "SMTP:%s@ocs.lab".formatted(account),
                "proxyAddresses",
                "sip:%s@ocs.lab".formatted(account),
                "msRTCSIP-PrimaryUserAddress",
                "sip:%s@ocs.lab".formatted(account),
                "msRTCSIP-UserEnabled",
                "TRUE",
                "msRTCSIP-OptionFlags",
                number % 2 == 0 ? "384" : "256",
                "msRTCSIP-Line",
                "tel:+3120555%05d".formatted(number),
                "msRTCSIP-UserPolicy",
                "B:8:01000000:" + POLICY);
        if (number < LINKED) {
            line("msRTCSIP-PrimaryHomeServer", POOL);
        }
        if (number < 3) {
            line("msRTCSIP-UserLocationProfile", PROFILE);
        }
        if (number % 100 == 0) {
            ldif.append("thumbnailPhoto:: ")
                    .append(Base64.getEncoder().encodeToString(photo(number)))
                    .append('\n');
        }
    }

    private static byte[] photo(int number) {
        var bytes = new byte[5000];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + number);
        }
        return bytes;
    }

    private String groupsAndAccounts(int members) {
        for (var account : List.of("RTCService", "RTCComponentService", "CWAService")) {
            object(
                    "CN=%s,CN=Users,%s".formatted(account, DOMAIN),
                    "user",
                    "sAMAccountName",
                    account,
                    "userAccountControl",
                    "546",
                    "servicePrincipalName",
                    "sip/%s.ocs.lab".formatted(account),
                    "servicePrincipalName",
                    "http/%s.ocs.lab".formatted(account));
        }
        GROUPS.forEach(group -> object(
                "CN=%s,CN=Users,%s".formatted(group, DOMAIN),
                "group",
                "sAMAccountName",
                group,
                "groupType",
                "-2147483640",
                "description",
                group + " of OCS"));
        object(
                "CN=OCS2007,CN=Computers," + DOMAIN,
                "computer",
                "sAMAccountName",
                "OCS2007$",
                "userAccountControl",
                "4098",
                "dNSHostName",
                "ocs2007.ocs.lab");
        object(
                "CN=LC Services,CN=OCS2007,CN=Computers," + DOMAIN,
                "msRTCSIP-Server",
                "msRTCSIP-ServerData",
                "<data/>",
                "msRTCSIP-ServerVersion",
                "655360");
        return ldif.toString() + "\n" + members(members);
    }

    private static String members(int members) {
        var change = new OcsForest();
        change.ldif.append("dn: ").append(BIG_GROUP).append("\nchangetype: modify\nadd: member\n");
        IntStream.range(0, members).forEach(n -> change.line("member", user(n)));
        return change.ldif.append("-\n").toString();
    }
}
