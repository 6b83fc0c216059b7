// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import java.util.ArrayList;
import java.util.List;

/** What only tools export, per pool and per server, and what only people can. */
final class SettingsParts {
    private final Site site;
    private final List<Expectation> parts = new ArrayList<>();

    SettingsParts(Site site) {
        this.site = site;
    }

    List<Expectation> all() {
        for (var entry : site.catalogue().settings()) {
            var before = parts.size();
            site.pools().forEach(pool -> entries(entry, pool));
            if (parts.size() == before) {
                parts.add(absent(entry));
            }
        }
        return parts;
    }

    private void entries(Catalogue.Setting entry, Pool pool) {
        if (entry.per().equals("pool")) {
            pool.serverWithAny(entry.roles())
                    .ifPresent(server -> parts.add(expectation(entry, pool.name(), server.worker())));
            return;
        }
        for (var server : pool.servers()) {
            if (applies(entry, server)) {
                parts.add(expectation(entry, server.fqdn(), server.worker()));
            }
        }
    }

    private boolean applies(Catalogue.Setting entry, Pool.Server server) {
        return server.roles().stream()
                .anyMatch(role -> entry.roles().contains(role)
                        || (entry.machineSettings()
                                && site.catalogue().roles().get(role) != null
                                && site.catalogue().roles().get(role).machineSettings()));
    }

    private Expectation expectation(Catalogue.Setting entry, String owner, String worker) {
        var method = method(entry);
        var missing = missingTool(method);
        var who = entry.who().map(person -> " (looked after by " + person + ")").orElse("");
        return new Expectation(
                new PartId(Kind.SETTINGS, entry.name() + "/" + owner),
                entry.disposition(),
                method,
                entry.name(),
                entry.reason() + who,
                worker,
                entry.disposition().captured() && missing != null ? missing + " is not configured" : null,
                entry.disposition().captured() && missing != null
                        ? "set settings." + missing + " to the program and its path"
                        : null,
                DirectoryParts.ids(site));
    }

    /** The standard is about LCSCmd; a company whose other product takes the settings has it take the user data too. */
    private Method method(Catalogue.Setting entry) {
        var standard = site.methods().settings();
        return entry.method() == Method.LCSCMD || (entry.method() == Method.DBIMPEXP && standard == Method.OBSERVED)
                ? standard
                : entry.method();
    }

    private @org.jspecify.annotations.Nullable String missingTool(Method method) {
        if (method == Method.LCSCMD && site.settings().lcscmd().isEmpty()) {
            return "lcscmd";
        }
        return method == Method.DBIMPEXP && site.settings().dbimpexp().isEmpty() ? "dbimpexp" : null;
    }

    private Expectation absent(Catalogue.Setting entry) {
        return new Expectation(
                new PartId(Kind.SETTINGS, entry.name()),
                Disposition.ABSENT,
                entry.method(),
                entry.name(),
                "no server declares its role",
                Site.LOCAL,
                null,
                null,
                List.of());
    }
}
