// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.directory;

import io.poolkeeper.lab.directory.AdSchema.AttributeType;
import io.poolkeeper.lab.directory.AdSchema.Syntax;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names of attribute types and classes. Those of OCS stand in Microsoft's lists of schema attributes and classes for Lync Server
 * 2013, which say what OCS 2007 R2 had.
 */
final class AdSchemaTypes {
    /** All classes but top. */
    static final List<String> CLASSES = List.of("""
            domain domainDNS configuration dMD container organizationalUnit builtinDomain lostAndFound subSchema classSchema
            attributeSchema person organizationalPerson user contact group computer leaf connectionPoint
            serviceConnectionPoint nTDSService nTDSDSA server serversContainer site sitesContainer queryPolicy ldapSubentry
            subschema msRTCSIP-Service msRTCSIP-GlobalContainer msRTCSIP-Domain msRTCSIP-TrustedServer msRTCSIP-EdgeProxy
            msRTCSIP-MonitoringServer msRTCSIP-Pools msRTCSIP-Pool msRTCSIP-PoolService msRTCSIP-MCUFactories
            msRTCSIP-MCUFactory msRTCSIP-TrustedMCUs msRTCSIP-TrustedMCU msRTCSIP-TrustedWebComponentsServers
            msRTCSIP-TrustedWebComponentsServer msRTCSIP-TrustedProxies msRTCSIP-TrustedProxy msRTCSIP-TrustedServices
            msRTCSIP-TrustedService msRTCSIP-ApplicationContacts msRTCSIP-ConferenceDirectories
            msRTCSIP-ConferenceDirectory msRTCSIP-LocationContactMappings msRTCSIP-LocationContactMapping
            msRTCSIP-Policies msRTCSIP-Policy msRTCSIP-PhoneRoutes msRTCSIP-PhoneRoute msRTCSIP-RouteUsages
            msRTCSIP-RouteUsage msRTCSIP-LocationProfiles msRTCSIP-LocationProfile msRTCSIP-LocalNormalizations
            msRTCSIP-LocalNormalization msRTCSIP-Server msRTCSIP-MCU msRTCSIP-WebComponents msRTCSIP-MediationServer
            msRTCSIP-ApplicationServer
            """.split("\\s+"));

    private static final String TEXT = """
            cn sn givenName name displayName description ou dc o l department company title mail telephoneNumber otherIpPhone
            proxyAddresses userPrincipalName sAMAccountName servicePrincipalName dNSHostName operatingSystem
            operatingSystemVersion physicalDeliveryOfficeName keywords serviceBindingInformation serviceClassName
            serviceDNSName lDAPDisplayName attributeID attributeSyntax governsID lDAPAdminLimits attributeTypes
            objectClasses objectClass ldapServiceName supportedCapabilities supportedControl supportedLDAPPolicies
            supportedSASLMechanisms supportedLDAPVersion msRTCSIP-PrimaryUserAddress msRTCSIP-Line msRTCSIP-LineServer
            msRTCSIP-UserExtension msRTCSIP-UserPolicy msRTCSIP-OwnerUrn msRTCSIP-ApplicationDestination
            msRTCSIP-ApplicationPrimaryLanguage msRTCSIP-GlobalSettingsData msRTCSIP-DomainName msRTCSIP-DomainData
            msRTCSIP-TrustedServerFQDN msRTCSIP-EdgeProxyFQDN msRTCSIP-EdgeProxyData msRTCSIP-PoolDisplayName
            msRTCSIP-PoolDomainFQDN msRTCSIP-PoolData msRTCSIP-BackEndServer msRTCSIP-ApplicationList
            msRTCSIP-MCUType msRTCSIP-MCUVendor msRTCSIP-MCUFactoryProviderID msRTCSIP-MCUFactoryData
            msRTCSIP-TrustedMCUFQDN msRTCSIP-TrustedWebComponentsServerFQDN msRTCSIP-TrustedProxyFQDN
            msRTCSIP-TrustedServiceType msRTCSIP-PolicyType msRTCSIP-PolicyContent msRTCSIP-PhoneRouteName
            msRTCSIP-TargetPhoneNumber msRTCSIP-Gateways msRTCSIP-RouteUsageAttribute msRTCSIP-LocationName
            msRTCSIP-LocalNormalizationLinks msRTCSIP-RuleName msRTCSIP-Pattern msRTCSIP-Translation
            msRTCSIP-ExternalAccessCode msRTCSIP-MappingLocation msRTCSIP-ServerData msRTCSIP-ExtensionData
            msRTCSIP-EnterpriseServices msRTCSIP-PoolAddress
            """;
    private static final String NUMBER = """
            instanceType uSNCreated uSNChanged userAccountControl groupType sAMAccountType primaryGroupID pwdLastSet
            accountExpires options tombstoneLifetime oMSyntax rangeLower rangeUpper linkID searchFlags
            highestCommittedUSN domainFunctionality forestFunctionality domainControllerFunctionality
            msRTCSIP-OptionFlags msRTCSIP-ArchivingEnabled msRTCSIP-PoolType msRTCSIP-PoolVersion
            msRTCSIP-PoolFunctionality msRTCSIP-ServerVersion msRTCSIP-TrustedServerVersion
            msRTCSIP-ConferenceDirectoryId msRTCSIP-TrustedServicePort msRTCSIP-TrustedServiceFlags
            msRTCSIP-LocationProfileOptions msRTCSIP-ApplicationOptions msRTCSIP-SourceObjectType
            """;
    private static final String TRUTH = """
            isSingleValued isMemberOfPartialAttributeSet isSynchronized isGlobalCatalogReady showInAdvancedViewOnly
            msRTCSIP-UserEnabled msRTCSIP-FederationEnabled msRTCSIP-InternetAccessEnabled msRTCSIP-Default
            msRTCSIP-Routable
            """;
    private static final String NAME = """
            distinguishedName objectCategory member memberOf manager namingContexts defaultNamingContext
            configurationNamingContext schemaNamingContext rootDomainNamingContext subschemaSubentry dsServiceName
            serverName serverReference lDAPIPDenyList subClassOf rDNAttID msRTCSIP-PrimaryHomeServer
            msRTCSIP-TargetHomeServer msRTCSIP-UserLocationProfile msRTCSIP-FrontEndServers
            msRTCSIP-ConferenceDirectoryHomePool msRTCSIP-ConferenceDirectoryTargetPool msRTCSIP-RoutingPoolDN
            msRTCSIP-RouteUsageLinks msRTCSIP-MCUServers msRTCSIP-MappingContact msRTCSIP-TrustedServiceLinks
            """;
    private static final String BYTES =
            "objectGUID objectSid nTSecurityDescriptor invocationId schemaIDGUID msRTCSIP-OriginatorSid";
    private static final String TIME = "whenCreated whenChanged currentTime";

    private static final Set<String> SEVERAL_VALUES = Set.of("""
            description ou o telephoneNumber otherIpPhone proxyAddresses servicePrincipalName keywords
            serviceBindingInformation lDAPAdminLimits attributeTypes objectClasses objectClass supportedCapabilities
            supportedControl supportedLDAPPolicies supportedSASLMechanisms supportedLDAPVersion msRTCSIP-UserExtension
            msRTCSIP-UserPolicy msRTCSIP-GlobalSettingsData msRTCSIP-PoolData msRTCSIP-ApplicationList
            msRTCSIP-Gateways msRTCSIP-LocalNormalizationLinks msRTCSIP-ServerData msRTCSIP-ExtensionData
            msRTCSIP-EnterpriseServices member memberOf namingContexts msRTCSIP-FrontEndServers
            msRTCSIP-RouteUsageLinks msRTCSIP-MCUServers msRTCSIP-TrustedServiceLinks
            """.split("\\s+"));

    private AdSchemaTypes() {}

    static List<AttributeType> all() {
        return Stream.of(
                        types(TEXT, Syntax.TEXT),
                        types(NUMBER, Syntax.NUMBER),
                        types(TRUTH, Syntax.TRUTH),
                        types(NAME, Syntax.NAME),
                        types(BYTES, Syntax.BYTES),
                        types(TIME, Syntax.TIME))
                .flatMap(types -> types)
                .toList();
    }

    private static Stream<AttributeType> types(String names, Syntax syntax) {
        return Arrays.stream(names.split("\\s+"))
                .map(name -> new AttributeType(name, syntax, !SEVERAL_VALUES.contains(name)));
    }
}
