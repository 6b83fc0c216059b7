// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How the values of an attribute compare, and who writes it. What the schema's attributeSchema objects say
 * ([MS-ADTS] 3.1.1.2.3) is added to what is known without them. Not thread-safe while it learns.
 */
final class AttributeTypes {
    /** What an attributeSchema object is asked for. */
    static final String[] ASKED = {"lDAPDisplayName", "attributeSyntax", "linkID", "systemOnly", "systemFlags"};

    private static final int CONSTRUCTED = 4;
    private static final Pattern WITH_NAME = Pattern.compile("[BS]:\\d+:[^:]*:(.*=.*)", Pattern.DOTALL);
    private static final Set<String> NAME_SYNTAXES = Set.of("2.5.5.1", "2.5.5.7", "2.5.5.14");
    private static final Set<String> NAMES = words("""
            distinguishedName objectCategory member memberOf manager directReports managedBy managedObjects
            serverReference serverReferenceBL msDS-SourceObjectDN msRTCSIP-PrimaryHomeServer msRTCSIP-TargetHomeServer
            msRTCSIP-UserPolicy msRTCSIP-UserLocationProfile msRTCSIP-FrontEndServers msRTCSIP-ServerBL
            msRTCSIP-ApplicationServerBL msRTCSIP-ConferenceDirectoryHomePool msRTCSIP-ConferenceDirectoryTargetPool
            msRTCSIP-RoutingPoolDN msRTCSIP-RouteUsageLinks msRTCSIP-MCUServers msRTCSIP-MappingContact
            msRTCSIP-TrustedServiceLinks msRTCSIP-LocalNormalizationLinks
            """);
    private static final Set<String> BACK_LINKS = words("""
            memberOf directReports managedObjects serverReferenceBL siteObjectBL netbootSCPBL frsComputerReferenceBL
            fRSMemberReferenceBL queryPolicyBL nonSecurityMemberBL ownerBL bridgeheadServerListBL masteredBy msDs-masteredBy
            msDS-MembersForAzRoleBL msDS-OperationsForAzRoleBL msDS-TasksForAzRoleBL msDS-ObjectReferenceBL msCOM-UserLink
            msCOM-PartitionSetLink msExchPoliciesExcludedBL homeMDBBL msRTCSIP-FrontEndServers msRTCSIP-ServerBL
            msRTCSIP-ApplicationServerBL
            """);
    private static final Set<String> SYSTEM = words("""
            objectGUID objectSid sIDHistory distinguishedName name objectCategory objectClass instanceType whenCreated
            whenChanged createTimeStamp modifyTimeStamp uSNCreated uSNChanged uSNDSALastObjRemoved uSNLastObjRem uSNSource
            dSCorePropagationData nTSecurityDescriptor sDRightsEffective pwdLastSet badPwdCount badPasswordTime lastLogon
            lastLogoff lastLogonTimestamp logonCount lockoutTime msDS-LastSuccessfulInteractiveLogonTime
            msDS-LastFailedInteractiveLogonTime msDS-FailedInteractiveLogonCount
            msDS-FailedInteractiveLogonCountAtLastSuccessfulLogon primaryGroupID sAMAccountType adminCount systemFlags
            isCriticalSystemObject isDeleted isRecycled lastKnownParent parentGUID canonicalName subSchemaSubEntry
            structuralObjectClass replPropertyMetaData replUpToDateVector repsFrom repsTo proxiedObjectName
            msDS-KeyVersionNumber msDS-User-Account-Control-Computed msDS-UserPasswordExpiryTimeComputed tokenGroups
            tokenGroupsGlobalAndUniversal tokenGroupsNoGCAcceptable allowedAttributes allowedAttributesEffective
            allowedChildClasses allowedChildClassesEffective possibleInferiors hasSubordinates numSubordinates
            """);

    private final Set<String> names = new HashSet<>(NAMES);
    private final Set<String> backLinks = new HashSet<>(BACK_LINKS);
    private final Set<String> system = new HashSet<>(SYSTEM);

    private static Set<String> words(String text) {
        return Set.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    /** Learns from an object of the schema; one that describes no attribute teaches nothing. */
    void learn(Entry described) {
        var attribute = described.getAttributeValue("lDAPDisplayName");
        if (attribute == null) {
            return;
        }
        var name = attribute.toLowerCase(Locale.ROOT);
        if (NAME_SYNTAXES.contains(String.valueOf(described.getAttributeValue("attributeSyntax")))) {
            names.add(name);
        }
        var link = described.getAttributeValueAsInteger("linkID");
        if (link != null && link % 2 == 1) {
            backLinks.add(name);
        }
        var flags = described.getAttributeValueAsInteger("systemFlags");
        if ("TRUE".equalsIgnoreCase(described.getAttributeValue("systemOnly"))
                || (flags != null && (flags & CONSTRUCTED) != 0)) {
            system.add(name);
        }
    }

    /** Whether a domain controller computes it from the link that leads here. */
    boolean isBackLink(String attribute) {
        return backLinks.contains(attribute.toLowerCase(Locale.ROOT));
    }

    /** Whether the system alone writes it, or writes it for reasons of its own. */
    boolean isSystems(String attribute) {
        return system.contains(attribute.toLowerCase(Locale.ROOT));
    }

    /** Whether its values are names of objects, or have one at their end ([MS-ADTS] 3.1.1.2.2.2.3). */
    boolean holdsNames(String attribute) {
        return names.contains(attribute.toLowerCase(Locale.ROOT));
    }

    /**
     * What is the same for equal values and for no others: names of objects without regard to case and blanks, all other
     * values byte for byte.
     *
     * @return characters up to U+00FF, each a byte; or the normalized name
     */
    String key(String attribute, byte[] value) {
        if (!holdsNames(attribute)) {
            return new String(value, StandardCharsets.ISO_8859_1);
        }
        var text = renamed(new String(value, StandardCharsets.UTF_8), AttributeTypes::normalized);
        return text.startsWith("B:") ? text.toUpperCase(Locale.ROOT) : text;
    }

    /** A value with the name in it, or at its end, changed. */
    static String renamed(String value, UnaryOperator<String> change) {
        var match = WITH_NAME.matcher(value);
        return match.matches()
                ? value.substring(0, match.start(1)) + change.apply(match.group(1))
                : change.apply(value);
    }

    /** The name of an object that a value holds. */
    static String nameIn(String value) {
        var match = WITH_NAME.matcher(value);
        return match.matches() ? match.group(1) : value;
    }

    /** A name as all its spellings have it; what is no name stays as it is. */
    static String normalized(String dn) {
        try {
            return new DN(dn).toNormalizedString();
        } catch (LDAPException e) {
            return dn.toLowerCase(Locale.ROOT);
        }
    }
}
