// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.StaticUtils;
import io.poolkeeper.step.PermanentFault;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a domain controller says of itself ([MS-ADTS] 3.1.1.3.2).
 *
 * @param domain distinguished name of its own domain
 * @param configuration distinguished name of the forest's configuration
 * @param schema distinguished name of the forest's schema
 * @param skewSeconds its clock minus ours; 0 if it tells no time
 * @param facts its name, product and functional level, for the record
 */
record RootDse(String domain, String configuration, String schema, long skewSeconds, Map<String, String> facts) {
    private static final String[] ASKED = {
        "defaultNamingContext",
        "configurationNamingContext",
        "schemaNamingContext",
        "currentTime",
        "dnsHostName",
        "vendorName",
        "vendorVersion",
        "domainControllerFunctionality"
    };

    /** msDS-Behavior-Version in words ([MS-ADTS] 6.1.4.2). */
    private static final Map<String, String> LEVELS = Map.of(
            "0", "Windows 2000",
            "2", "Windows Server 2003",
            "3", "Windows Server 2008",
            "4", "Windows Server 2008 R2",
            "5", "Windows Server 2012",
            "6", "Windows Server 2012 R2",
            "7", "Windows Server 2016",
            "10", "Windows Server 2025");

    /**
     * Asks.
     *
     * @throws PermanentFault if what answers is no domain controller
     */
    static RootDse of(LDAPConnection connection, DomainController controller) {
        try {
            var entry = connection.getEntry("", ASKED);
            if (entry == null) {
                throw noDomainController(controller);
            }
            return new RootDse(
                    context(entry, ASKED[0], controller),
                    context(entry, ASKED[1], controller),
                    context(entry, ASKED[2], controller),
                    skew(entry.getAttributeValue("currentTime")),
                    facts(entry));
        } catch (LDAPException e) {
            throw controller.faults().of(e, "read the rootDSE");
        }
    }

    private static String context(Entry entry, String attribute, DomainController controller) {
        var value = entry.getAttributeValue(attribute);
        if (value == null) {
            throw noDomainController(controller);
        }
        return value;
    }

    private static PermanentFault noDomainController(DomainController controller) {
        return new PermanentFault(
                controller.url() + ": what answers there is no domain controller: its rootDSE names no naming contexts",
                "name a domain controller in directory.url");
    }

    private static long skew(@Nullable String currentTime) {
        if (currentTime == null) {
            return 0;
        }
        try {
            var theirs = StaticUtils.decodeGeneralizedTime(currentTime).toInstant();
            return Duration.between(Instant.now(), theirs).toSeconds();
        } catch (ParseException e) {
            return 0;
        }
    }

    private static Map<String, String> facts(Entry entry) {
        var facts = new LinkedHashMap<String, String>();
        put(facts, "server", entry.getAttributeValue("dnsHostName"));
        put(facts, "vendor", entry.getAttributeValue("vendorName"));
        put(facts, "vendorVersion", entry.getAttributeValue("vendorVersion"));
        var level = entry.getAttributeValue("domainControllerFunctionality");
        put(facts, "functionality", level == null ? null : level + " (" + LEVELS.getOrDefault(level, "unknown") + ")");
        return facts;
    }

    private static void put(Map<String, String> facts, String key, @Nullable String value) {
        if (value != null) {
            facts.put(key, value);
        }
    }
}
