// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import java.util.ArrayList;
import java.util.List;

/** The shares: the folders that discovery looked for, and the kinds that the declared roles ask for. */
final class ShareParts {
    private final Site site;
    private final Inventory inventory;
    private final List<Expectation> parts = new ArrayList<>();

    ShareParts(Site site, Inventory inventory) {
        this.site = site;
        this.inventory = inventory;
    }

    List<Expectation> all() {
        inventory.folders().forEach(this::folder);
        site.catalogue().shares().forEach(this::kind);
        return parts;
    }

    private void folder(Inventory.Folder folder) {
        var part = new PartId(Kind.SHARE, folder.key());
        var entry = site.catalogue().share(folder.role()).orElse(null);
        if (entry == null) {
            parts.add(new Expectation(
                    part,
                    Disposition.UNDECIDED,
                    site.shareMethod(folder.key()),
                    folder.role(),
                    "the catalogue does not know its role",
                    folder.worker(),
                    "nobody decided whether " + part + " is to be captured",
                    "add it under dispositions",
                    List.of()));
            return;
        }
        var missing = !folder.found() && entry.disposition().captured();
        parts.add(new Expectation(
                part,
                entry.disposition(),
                site.shareMethod(folder.key()),
                entry.role(),
                reason(entry),
                folder.worker(),
                missing
                        ? "folder " + (folder.path().isEmpty() ? "of " + entry.title() : folder.path()) + ": "
                                + folder.cause()
                        : null,
                missing ? hint(folder) : null,
                List.of()));
    }

    private static String hint(Inventory.Folder folder) {
        return folder.hint() == null
                ? "bring the folder back, correct its path in the site file, or exclude it under dispositions"
                : folder.hint();
    }

    private void kind(Catalogue.Share entry) {
        if (inventory.folders().stream().anyMatch(folder -> folder.role().equals(entry.role()))) {
            missingInOtherPools(entry);
            return;
        }
        var pool = site.pools().stream()
                .filter(candidate -> candidate.declaresAny(entry.roles()))
                .findFirst();
        if (pool.isPresent()) {
            parts.add(unnamed(entry, pool.get(), entry.role()));
        } else {
            parts.add(new Expectation(
                    new PartId(Kind.SHARE, entry.role()),
                    Disposition.ABSENT,
                    site.methods().share(),
                    entry.role(),
                    "no server declares its role and the site file names no folder",
                    Site.LOCAL,
                    null,
                    null,
                    List.of()));
        }
    }

    private void missingInOtherPools(Catalogue.Share entry) {
        for (var pool : site.pools()) {
            var has = inventory.folders().stream()
                    .anyMatch(folder -> folder.role().equals(entry.role())
                            && (folder.pool() == null || folder.pool().equalsIgnoreCase(pool.name())));
            if (!has && pool.declaresAny(entry.roles())) {
                parts.add(unnamed(entry, pool, entry.role() + "-" + pool.name()));
            }
        }
    }

    private Expectation unnamed(Catalogue.Share entry, Pool pool, String key) {
        var captured = entry.disposition().captured();
        return new Expectation(
                new PartId(Kind.SHARE, key),
                entry.disposition(),
                site.methods().share(),
                entry.role(),
                reason(entry),
                Site.LOCAL,
                captured
                        ? "pool " + pool.name() + " has " + entry.title().toLowerCase(java.util.Locale.ROOT)
                                + ", but the site file names no folder for it"
                        : null,
                captured
                        ? "add shares." + key + ": {path: .., role: " + entry.role() + ", pool: " + pool.name() + "}"
                        : null,
                List.of());
    }

    private static String reason(Catalogue.Share entry) {
        return entry.reason()
                + entry.who().map(who -> " (made again by " + who + ")").orElse("");
    }
}
