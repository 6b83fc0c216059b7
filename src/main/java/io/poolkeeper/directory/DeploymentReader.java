// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.step.Deployment;
import io.poolkeeper.step.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pools and servers from what creating pools and activating servers leaves in the directory: objects below the
 * containers of OCS, and service connection points below computer accounts of the domain.
 */
final class DeploymentReader {
    private static final String POOL = "msRTCSIP-Pool";
    private static final String POOL_SERVICE = "msRTCSIP-PoolService";
    private static final String FRONT_ENDS = "msRTCSIP-FrontEndServers";
    private static final String STANDARD_POOL = "5";
    private static final String ENTERPRISE_POOL = "10";
    private static final int NETBIOS_LENGTH = 15;

    /** Below a computer: its service connection points, at most so many levels down. */
    private static final int LEVELS = 3;

    private static final List<Named> NAMED = List.of(
            new Named("msRTCSIP-TrustedServer", "msRTCSIP-TrustedServerFQDN"),
            new Named("msRTCSIP-EdgeProxy", "msRTCSIP-EdgeProxyFQDN"),
            new Named("msRTCSIP-MonitoringServer", "dNSHostName"),
            new Named("msRTCSIP-TrustedMCU", "msRTCSIP-TrustedMCUFQDN"),
            new Named("msRTCSIP-TrustedWebComponentsServer", "msRTCSIP-TrustedWebComponentsServerFQDN"),
            new Named("msRTCSIP-TrustedProxy", "msRTCSIP-TrustedProxyFQDN"),
            new Named("msRTCSIP-TrustedService", "msRTCSIP-TrustedServerFQDN"));

    private static final List<String> POINTS = List.of(
            "msRTCSIP-Server",
            "msRTCSIP-MCU",
            "msRTCSIP-WebComponents",
            "msRTCSIP-MediationServer",
            "msRTCSIP-ApplicationServer");

    private static final String[] ASKED = Stream.concat(
                    Stream.of(
                            "objectClass",
                            "cn",
                            "dNSHostName",
                            "msRTCSIP-PoolType",
                            "msRTCSIP-BackEndServer",
                            "msRTCSIP-MCUType",
                            "msRTCSIP-TrustedServiceType",
                            FRONT_ENDS),
                    NAMED.stream().map(Named::attribute))
            .distinct()
            .toArray(String[]::new);

    private final LDAPConnection connection;
    private final LdapFaults faults;
    private final PagedSearch search;
    private final Map<String, Entry> pools = new TreeMap<>();
    private final Map<String, Found> servers = new TreeMap<>();
    private final Map<String, Optional<String>> hosts = new HashMap<>();

    /** A class of objects that name a server, and the attribute that does. */
    private record Named(String objectClass, String attribute) {}

    /** A server as its objects are met. */
    private static final class Found {
        private final TreeSet<String> roles = new TreeSet<>();
        private @Nullable String pool;
    }

    DeploymentReader(LDAPConnection connection, LdapFaults faults, Work work) {
        this.connection = connection;
        this.faults = faults;
        this.search = new PagedSearch(connection, faults, work);
    }

    /**
     * Reads them.
     *
     * @param containers those of OCS that exist
     * @param asked full DNS names of computers that may have an account
     * @throws io.poolkeeper.step.StepFault if the domain controller does not answer
     */
    Deployment read(RootDse root, List<String> containers, Collection<String> asked) {
        var objects = new ArrayList<Entry>();
        var classes =
                Stream.concat(Stream.of(POOL, POOL_SERVICE), NAMED.stream().map(Named::objectClass));
        var wanted = classes.map(DeploymentReader::ofClass).toList();
        for (var container : containers) {
            search.read(Scope.matching(container, wanted, List.of()), ASKED, objects::add);
        }
        objects.stream()
                .filter(entry -> entry.hasObjectClass(POOL))
                .forEach(entry -> pools.put(AttributeTypes.normalized(entry.getDN()), entry));
        objects.stream().filter(entry -> entry.hasObjectClass(POOL_SERVICE)).forEach(this::frontEnds);
        objects.forEach(this::named);
        if (!containers.isEmpty()) {
            points(root, containers);
        }
        return deployment(root, asked);
    }

    private static String ofClass(String objectClass) {
        return "(objectClass=" + objectClass + ")";
    }

    private void frontEnds(Entry service) {
        var pool = pools.entrySet().stream()
                .filter(candidate -> AttributeTypes.normalized(service.getDN()).endsWith("," + candidate.getKey()))
                .findFirst();
        var points = service.getAttributeValues(FRONT_ENDS);
        if (pool.isEmpty() || points == null) {
            return;
        }
        for (var point : points) {
            host(point).ifPresent(fqdn -> {
                var server = server(fqdn);
                server.pool = name(pool.get().getValue());
                server.roles.add(isStandard(pool.get().getValue()) ? "standard-edition" : "front-end");
            });
        }
    }

    /** The name of a pool stands in many places where a server's could. */
    private void named(Entry entry) {
        for (var kind : NAMED) {
            var fqdn = entry.hasObjectClass(kind.objectClass()) ? entry.getAttributeValue(kind.attribute()) : null;
            if (fqdn != null && !fqdn.isBlank() && !isPool(fqdn)) {
                role(kind, entry).ifPresentOrElse(server(fqdn).roles::add, () -> {});
            }
        }
    }

    private boolean isPool(String fqdn) {
        return pools.values().stream()
                .anyMatch(pool -> fqdn.equalsIgnoreCase(pool.getAttributeValue("dNSHostName")) && !isStandard(pool));
    }

    private static Optional<String> role(Named kind, Entry entry) {
        return Optional.ofNullable(
                switch (kind.objectClass()) {
                    case "msRTCSIP-EdgeProxy" -> "edge";
                    case "msRTCSIP-MonitoringServer" -> "monitoring";
                    case "msRTCSIP-TrustedProxy" -> "proxy";
                    case "msRTCSIP-TrustedWebComponentsServer" -> "web-components";
                    case "msRTCSIP-TrustedMCU" ->
                        conferencing(String.valueOf(entry.getAttributeValue("msRTCSIP-MCUType")));
                    case "msRTCSIP-TrustedService" ->
                        service(String.valueOf(entry.getAttributeValue("msRTCSIP-TrustedServiceType")));
                    default -> null;
                });
    }

    private static @Nullable String conferencing(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "meeting" -> "web-conferencing";
            case "audio-video" -> "av-conferencing";
            default -> null;
        };
    }

    private static @Nullable String service(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "cwa" -> "cwa";
            case "mediationserver" -> "mediation";
            default -> null;
        };
    }

    private void points(RootDse root, List<String> containers) {
        var filters = POINTS.stream().map(DeploymentReader::ofClass).toList();
        var found = new ArrayList<Entry>();
        search.read(Scope.matching(root.domain(), filters, containers), ASKED, found::add);
        for (var point : found) {
            host(point.getDN()).ifPresent(fqdn -> point(point).ifPresentOrElse(server(fqdn).roles::add, () -> {}));
        }
    }

    private static Optional<String> point(Entry point) {
        if (point.hasObjectClass("msRTCSIP-MediationServer")) {
            return Optional.of("mediation");
        }
        if (point.hasObjectClass("msRTCSIP-WebComponents")) {
            return Optional.of("web-components");
        }
        if (point.hasObjectClass("msRTCSIP-MCU")) {
            var name = String.valueOf(point.getAttributeValue("cn")).toUpperCase(Locale.ROOT);
            return name.contains("DATAMCU")
                    ? Optional.of("web-conferencing")
                    : name.contains("AVMCU") ? Optional.of("av-conferencing") : Optional.empty();
        }
        return Optional.empty();
    }

    private Found server(String fqdn) {
        return servers.computeIfAbsent(fqdn.toLowerCase(Locale.ROOT), name -> new Found());
    }

    /** The full DNS name of the computer above a service connection point. */
    private Optional<String> host(String point) {
        try {
            var dn = new DN(point).getParent();
            for (var level = 0; level < LEVELS && dn != null && !dn.isNullDN(); level++) {
                var name = hosts.computeIfAbsent(dn.toNormalizedString(), this::computer);
                if (name.isPresent()) {
                    return name;
                }
                dn = dn.getParent();
            }
            return Optional.empty();
        } catch (LDAPException e) {
            return Optional.empty(); // the value of a link that is none names nobody
        }
    }

    private Optional<String> computer(String dn) {
        try {
            var request = new SearchRequest(dn, SearchScope.BASE, "(objectClass=computer)", "dNSHostName");
            return connection.search(request).getSearchEntries().stream()
                    .findFirst()
                    .map(entry -> entry.getAttributeValue("dNSHostName"));
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                    || e.getResultCode().equals(ResultCode.REFERRAL)) {
                return Optional.empty();
            }
            throw faults.of(e, "read " + dn);
        }
    }

    private Deployment deployment(RootDse root, Collection<String> asked) {
        var names = new TreeSet<String>(asked);
        pools.values().forEach(pool -> names.add(backEndHost(pool)));
        names.remove("");
        var accounts = accounts(root, names);
        var found = pools.values().stream()
                .map(pool -> pool(pool, accounts))
                .sorted(Comparator.comparing(Deployment.Pool::name))
                .toList();
        found.stream()
                .filter(pool ->
                        pool.edition() == Edition.STANDARD && !pool.fqdn().isEmpty())
                .forEach(pool -> {
                    var server = server(pool.fqdn());
                    server.pool = pool.name();
                    server.roles.add("standard-edition");
                });
        var all = servers.entrySet().stream()
                .map(server -> new Deployment.Server(
                        server.getKey(), List.copyOf(server.getValue().roles), server.getValue().pool))
                .toList();
        return new Deployment(
                found,
                all,
                asked.stream()
                        .filter(name -> accounts.stream().anyMatch(account -> isCalled(account, name)))
                        .toList());
    }

    private static Deployment.Pool pool(Entry pool, List<String> accounts) {
        var host = backEndHost(pool);
        var type = String.valueOf(pool.getAttributeValue("msRTCSIP-PoolType"));
        var edition = isStandard(pool) ? Edition.STANDARD : type.equals(ENTERPRISE_POOL) ? Edition.ENTERPRISE : null;
        return new Deployment.Pool(
                name(pool),
                text(pool, "dNSHostName"),
                edition,
                text(pool, "msRTCSIP-BackEndServer"),
                accounts.stream()
                        .filter(account -> !host.isEmpty() && isCalled(account, host))
                        .findFirst()
                        .orElse(null));
    }

    private static boolean isStandard(Entry pool) {
        var type = pool.getAttributeValue("msRTCSIP-PoolType");
        return type == null ? text(pool, "msRTCSIP-BackEndServer").startsWith("(local)") : type.equals(STANDARD_POOL);
    }

    private static String text(Entry entry, String attribute) {
        var value = entry.getAttributeValue(attribute);
        return value == null ? "" : value.strip();
    }

    private static String name(Entry pool) {
        try {
            return pool.getRDN().getAttributeValues()[0];
        } catch (LDAPException e) {
            throw new IllegalStateException("it was parsed when it was read", e);
        }
    }

    private static String backEndHost(Entry pool) {
        var host = text(pool, "msRTCSIP-BackEndServer").replaceFirst("\\\\.*", "");
        return host.startsWith("(") ? "" : host;
    }

    private static boolean isCalled(String account, String name) {
        return account.equalsIgnoreCase(name)
                || account.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ".");
    }

    /** Full DNS names of accounts that may be those of computers; asked for by their short name, which is indexed. */
    private List<String> accounts(RootDse root, Collection<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        var accounts = names.stream()
                .map(name -> name.replaceFirst("\\..*", "").toUpperCase(Locale.ROOT))
                .map(name -> name.substring(0, Math.min(NETBIOS_LENGTH, name.length())) + "$")
                .distinct()
                .map(name -> Filter.createEqualityFilter("sAMAccountName", name))
                .toList();
        var found = new ArrayList<String>();
        search.read(
                new Scope(root.domain(), Filter.createORFilter(accounts), List.of()),
                new String[] {"dNSHostName"},
                entry -> Optional.ofNullable(entry.getAttributeValue("dNSHostName"))
                        .ifPresent(found::add));
        return found;
    }
}
