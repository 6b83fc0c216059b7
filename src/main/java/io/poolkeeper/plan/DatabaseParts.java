// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Inventory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The databases: what the instances hold, what the declared roles ask for, and what neither does. */
final class DatabaseParts {
    private final Site site;
    private final Inventory inventory;
    private final Map<PartId, Expectation> parts = new LinkedHashMap<>();

    DatabaseParts(Site site, Inventory inventory) {
        this.site = site;
        this.inventory = inventory;
    }

    List<Expectation> all() {
        site.sources().values().forEach(this::found);
        for (var entry : site.catalogue().databases()) {
            if (entry.everyInstance()) {
                site.sources().values().forEach(source -> everyInstance(source, entry));
            } else {
                declared(entry);
            }
        }
        return new ArrayList<>(parts.values());
    }

    private void found(SqlSource source) {
        var instance = inventory.sql().get(source.key());
        if (instance == null) {
            return;
        }
        for (var database : instance.databases()) {
            var entries = entries(source, database.name());
            if (entries.isEmpty()) {
                put(undecided(source, database.name()));
            }
            entries.forEach(entry -> put(expectation(source, database.name(), entry, null, null)));
        }
    }

    /** The catalogue entries of a database; two if Group Chat and its compliance data share one. */
    private List<Catalogue.Database> entries(SqlSource source, String name) {
        return site.catalogue().databases().stream()
                .filter(entry ->
                        chosen(source, entry).map(name::equalsIgnoreCase).orElseGet(() -> entry.isNamed(name)))
                .toList();
    }

    private static Optional<String> chosen(SqlSource source, Catalogue.Database entry) {
        return Optional.ofNullable(source.databases().get(entry.name().toLowerCase(Locale.ROOT)));
    }

    private void everyInstance(SqlSource source, Catalogue.Database entry) {
        if (!holds(source, entry)) {
            var instance = inventory.sql().get(source.key());
            var blind = instance == null || instance.databases().isEmpty();
            put(expectation(
                    source,
                    entry.name(),
                    entry,
                    blind ? null : "database " + entry.name() + " is not on " + source.key(),
                    "an instance without it is damaged"));
        }
    }

    private void declared(Catalogue.Database entry) {
        var pools = site.pools().stream()
                .filter(pool -> pool.declaresAny(entry.roles()))
                .toList();
        pools.forEach(pool -> declared(pool, entry));
        if (pools.isEmpty() && site.sources().values().stream().noneMatch(source -> holds(source, entry))) {
            put(absent(entry));
        }
    }

    private void declared(Pool pool, Catalogue.Database entry) {
        var sources = sources(pool);
        if (sources.stream().anyMatch(source -> holds(source, entry))) {
            return;
        }
        if (sources.isEmpty()) {
            var part = PartId.database(pool.name(), entry.name());
            put(new Expectation(
                    part,
                    entry.disposition(),
                    site.methods().database(),
                    entry.name(),
                    reason(entry),
                    Site.LOCAL,
                    "pool " + pool.name() + " has no SQL Server instance in the site file",
                    "add one under sql with pool: " + pool.name(),
                    List.of()));
            return;
        }
        var blind = sources.stream().filter(this::blind).findFirst();
        var source = blind.orElse(sources.get(0));
        var name = chosen(source, entry).orElse(entry.name());
        var asked = String.join(", ", sources.stream().map(SqlSource::key).toList());
        put(expectation(
                source,
                name,
                entry,
                blind.isPresent()
                        ? null
                        : "a server of pool " + pool.name() + " declares a role that has database " + name
                                + ", but it is not on " + asked,
                "mend the server, say its chosen name under sql." + source.key() + ".databases, or remove the role"));
    }

    /** Whether nobody knows what the instance holds; then the capture itself will tell. */
    private boolean blind(SqlSource source) {
        var instance = inventory.sql().get(source.key());
        return instance == null
                || (!instance.reachable() && instance.databases().isEmpty());
    }

    private List<SqlSource> sources(Pool pool) {
        return site.sources().values().stream()
                .filter(source ->
                        source.pool().map(pool.name()::equalsIgnoreCase).orElse(true))
                .toList();
    }

    private boolean holds(SqlSource source, Catalogue.Database entry) {
        var instance = inventory.sql().get(source.key());
        return instance != null
                && instance.databases().stream()
                        .anyMatch(database -> entries(source, database.name()).contains(entry));
    }

    private Expectation expectation(
            SqlSource source, String name, Catalogue.Database entry, @Nullable String cause, @Nullable String hint) {
        return new Expectation(
                PartId.database(source.key(), name),
                entry.disposition(),
                source.method(),
                entry.name(),
                reason(entry),
                source.worker(),
                cause,
                cause == null ? null : hint,
                directory());
    }

    private List<PartId> directory() {
        return DirectoryParts.ids(site);
    }

    private static String reason(Catalogue.Database entry) {
        return entry.reason()
                + entry.who().map(who -> " (made again by " + who + ")").orElse("");
    }

    private Expectation undecided(SqlSource source, String name) {
        return new Expectation(
                PartId.database(source.key(), name),
                Disposition.UNDECIDED,
                source.method(),
                null,
                "neither catalogue nor site file know it",
                source.worker(),
                "database " + name + " was found on " + source.key()
                        + " and nobody decided whether it is to be captured",
                "add it under dispositions, e.g. {part: 'database:" + source.key() + "/" + name + "', as: required}",
                List.of());
    }

    private Expectation absent(Catalogue.Database entry) {
        var first = site.sources().keySet().stream()
                .findFirst()
                .orElse(site.pools().get(0).name());
        return new Expectation(
                PartId.database(first, entry.name()),
                Disposition.ABSENT,
                site.methods().database(),
                entry.name(),
                "no server declares its role and no instance has it",
                Site.LOCAL,
                null,
                null,
                List.of());
    }

    private void put(Expectation expectation) {
        parts.merge(expectation.part(), expectation, DatabaseParts::both);
    }

    /** One database in two roles: it matters as much as the more important of them. */
    private static Expectation both(Expectation one, Expectation other) {
        var role = String.valueOf(one.role()).equals(other.role()) ? one.role() : one.role() + "+" + other.role();
        var first = one.disposition().compareTo(other.disposition()) <= 0 ? one : other;
        return new Expectation(
                first.part(),
                first.disposition(),
                first.method(),
                role,
                first.reason(),
                first.worker(),
                first.cause(),
                first.hint(),
                first.dependsOn());
    }
}
