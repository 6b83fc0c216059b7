// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Deployment;
import io.poolkeeper.step.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the directory and the site file tell of different pools and servers: {@code directory:pool/<fqdn>} and
 * {@code directory:server/<fqdn>}, each undecided until the site file is put right or somebody decides. Nothing if they
 * agree.
 */
final class DeploymentParts {
    private static final String POOL = "pool/";
    private static final String SERVER = "server/";
    private static final String DECIDE =
            "or decide it under dispositions, e.g. {part: '%s', as: excluded, reason: ..," + " owner: .., until: ..}";

    /** Roles that the directory shows without doubt, and that have parts of their own. */
    private static final Set<String> SURE =
            Set.of("standard-edition", "front-end", "mediation", "monitoring", "edge", "cwa");

    private final Site site;
    private final @Nullable Deployment deployment;
    private final List<Expectation> parts = new ArrayList<>();

    DeploymentParts(Site site, Inventory inventory) {
        this.site = site;
        var directory = inventory.directory();
        // where the account is shown no container of OCS, its export fails by itself
        this.deployment = directory == null || directory.containers().isEmpty() ? null : directory.deployment();
    }

    /** Whether it stands for a difference, so that there is nothing to capture. */
    static boolean isOne(PartId part) {
        return part.kind() == Kind.DIRECTORY
                && (part.name().startsWith(POOL) || part.name().startsWith(SERVER));
    }

    List<Expectation> all() {
        if (deployment != null) {
            deployment.pools().forEach(this::found);
            deployment.servers().forEach(this::found);
            site.pools().forEach(pool -> declared(pool, deployment));
        }
        return parts;
    }

    private void found(Deployment.Pool pool) {
        if (inSite(pool).isEmpty()) {
            var name = pool.fqdn().isEmpty() ? pool.name() : pool.fqdn();
            add(
                    POOL + name,
                    "the directory has pool " + pool.name()
                            + Optional.ofNullable(pool.edition())
                                    .map(edition -> " of the " + edition.word() + " edition")
                                    .orElse("")
                            + servers(pool) + ", and the site file does not",
                    "add it under pools");
        }
    }

    private String servers(Deployment.Pool pool) {
        var names = serversOf(pool.name()).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " with " + names;
    }

    private Stream<String> serversOf(String pool) {
        return Objects.requireNonNull(deployment).servers().stream()
                .filter(server -> pool.equals(server.pool()))
                .map(Deployment.Server::fqdn);
    }

    private Optional<Pool> inSite(Deployment.Pool found) {
        return site.pools().stream().filter(pool -> isSame(pool, found)).findFirst();
    }

    private static boolean isSame(Pool pool, Deployment.Pool found) {
        return pool.name().equalsIgnoreCase(found.name())
                || pool.servers().stream().anyMatch(server -> server.fqdn().equalsIgnoreCase(found.fqdn()));
    }

    /** The servers of a pool that is not in the site file stand in the pool's own line. */
    private void found(Deployment.Server server) {
        var declared = site.pools().stream()
                .flatMap(pool -> pool.servers().stream())
                .filter(candidate -> candidate.fqdn().equalsIgnoreCase(server.fqdn()))
                .findFirst();
        if (declared.isPresent()) {
            var more = server.roles().stream()
                    .filter(SURE::contains)
                    .filter(role -> !declared.get().roles().contains(role))
                    .toList();
            if (!more.isEmpty()) {
                add(
                        SERVER + server.fqdn(),
                        "the directory has server " + server.fqdn() + " as " + String.join(", ", more)
                                + ", and the site file does not declare that",
                        "add it to the roles of the server");
            }
        } else if (isOfKnownPool(server)) {
            add(
                    SERVER + server.fqdn(),
                    "the directory has server " + server.fqdn()
                            + (server.roles().isEmpty() ? "" : " (" + String.join(", ", server.roles()) + ")")
                            + (server.pool() == null ? "" : " in pool " + server.pool())
                            + ", and the site file does not",
                    "add it under pools, with its roles");
        }
    }

    private boolean isOfKnownPool(Deployment.Server server) {
        return Objects.requireNonNull(deployment).pools().stream()
                .filter(pool -> pool.name().equals(server.pool()))
                .allMatch(pool -> inSite(pool).isPresent());
    }

    private void declared(Pool pool, Deployment known) {
        if (known.pools().stream().noneMatch(found -> isSame(pool, found))) {
            add(
                    POOL + pool.name(),
                    "the site file has pool " + pool.name() + ", and the directory does not know it",
                    "correct its name, or remove it from pools if it is gone");
            return;
        }
        for (var server : pool.servers()) {
            if (!isKnown(server.fqdn(), known)) {
                add(
                        SERVER + server.fqdn().toLowerCase(Locale.ROOT),
                        "the site file has server " + server.fqdn()
                                + ", and the directory has neither a server of that name nor a computer account",
                        "correct its fqdn, or remove it from the pool if it is gone");
            }
        }
    }

    private static boolean isKnown(String fqdn, Deployment known) {
        return known.servers().stream().anyMatch(server -> server.fqdn().equalsIgnoreCase(fqdn))
                || known.accounts().stream().anyMatch(fqdn::equalsIgnoreCase);
    }

    private void add(String name, String cause, String hint) {
        var part = new PartId(Kind.DIRECTORY, name);
        parts.add(new Expectation(
                part,
                Disposition.UNDECIDED,
                Method.LDIF,
                null,
                "directory and site file differ",
                Site.LOCAL,
                cause,
                hint + ", " + DECIDE.formatted(part),
                List.of()));
    }
}
