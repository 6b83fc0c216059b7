// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.Names;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import java.nio.file.Path;
import java.util.List;

/**
 * What LCSCmd is asked for, made from the site's own configuration and never from a message.
 *
 * @param levels {@code global}, {@code pool}, {@code machine}
 * @param name of the pool or server, as the site file has it
 * @param option that names it to LCSCmd
 * @param stem how the artefact's name begins
 */
record LcsCmdTarget(List<String> levels, String name, String option, String stem) {
    /**
     * That of a part {@code settings:<setting>/<pool or fqdn>}.
     *
     * @throws PermanentFault if catalogue or site file do not know it
     */
    static LcsCmdTarget of(Site site, PartId part) {
        var setting = site.catalogue()
                .setting(part.owner())
                .filter(known -> !known.levels().isEmpty())
                .orElseThrow(() -> new PermanentFault(
                        "the catalogue knows no settings export " + part.owner(), "the parts are those of plan"));
        return setting.per().equals("pool")
                ? ofPool(setting, pool(site, part.leaf()))
                : ofServer(setting, server(site, part.leaf()), site);
    }

    private static LcsCmdTarget ofPool(Catalogue.Setting setting, Pool pool) {
        return new LcsCmdTarget(setting.levels(), pool.name(), "/poolname:" + pool.name(), pool.name());
    }

    private static LcsCmdTarget ofServer(Catalogue.Setting setting, Pool.Server server, Site site) {
        return new LcsCmdTarget(setting.levels(), server.fqdn(), "/fqdn:" + server.fqdn(), stem(server, site));
    }

    /** The host name; the full name if two servers of the site share the host name. */
    private static String stem(Pool.Server server, Site site) {
        var namesakes = servers(site).stream()
                .filter(other -> host(other.fqdn()).equalsIgnoreCase(host(server.fqdn())))
                .count();
        return namesakes > 1 ? server.fqdn() : host(server.fqdn());
    }

    private static String host(String fqdn) {
        return fqdn.contains(".") ? fqdn.substring(0, fqdn.indexOf('.')) : fqdn;
    }

    /** The pool of a name. */
    static Pool pool(Site site, String name) {
        return site.pool(name).orElseThrow(() -> unknown("pool " + name));
    }

    private static Pool.Server server(Site site, String fqdn) {
        return servers(site).stream()
                .filter(server -> server.fqdn().equalsIgnoreCase(fqdn))
                .findFirst()
                .orElseThrow(() -> unknown("server " + fqdn));
    }

    private static List<Pool.Server> servers(Site site) {
        return site.pools().stream().flatMap(pool -> pool.servers().stream()).toList();
    }

    private static PermanentFault unknown(String what) {
        return new PermanentFault(
                "the site file has no " + what, "was the site file changed since the run was planned?");
    }

    /** The artefact's path within the set, e.g. {@code settings/ocs2007-globalandpool.xml}. */
    String path() {
        return "settings/" + Names.encode(stem) + "-" + String.join("and", levels) + ".xml";
    }

    /** The arguments of an import of the same deployment, as they are remembered: no public page shows them. */
    List<String> importArguments(Path file) {
        return List.of(
                "/config",
                "/action:import",
                "/level:" + String.join(",", levels),
                "/configfile:" + file,
                "/restore:true",
                option);
    }

    /** The arguments as the product documents them for an export. */
    List<String> arguments(Path file) {
        return List.of(
                "/config", "/action:export", "/level:" + String.join(",", levels), "/configfile:" + file, option);
    }
}
