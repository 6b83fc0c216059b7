// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The back end of an Enterprise Edition pool as dbimpexp wants it: {@code host} or {@code host\\instance}; it takes no port.
 *
 * <p>Of the pool's SQL sources it is the one whose host is the server with the role {@code back-end}. Where no source names
 * that server (its port is forwarded, or an alias stands in the URL), it is that server with the instance of the pool's first
 * source; where no server declares the role, it is the first source.
 */
final class BackEnd {
    private BackEnd() {}

    /**
     * That of a pool.
     *
     * @throws PermanentFault if the site file does not tell
     */
    static String of(Site site, Pool pool) {
        var sources = site.sources().values().stream()
                .filter(source ->
                        source.pool().filter(pool.name()::equalsIgnoreCase).isPresent())
                .toList();
        var declared = pool.serverWithAny(Set.of("back-end")).map(Pool.Server::fqdn);
        return sources.stream()
                .filter(source ->
                        declared.filter(fqdn -> isHost(fqdn, source.host())).isPresent())
                .findFirst()
                .map(source -> name(source.host(), source.instance()))
                .or(() -> sources.stream()
                        .findFirst()
                        .map(source -> name(declared.orElse(source.host()), source.instance())))
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new PermanentFault(
                        "the site file does not tell the back end of pool " + pool.name(),
                        "give the SQL instance that holds rtc the pool's name: sql.<key>.pool"));
    }

    private static boolean isHost(String fqdn, String host) {
        var name = fqdn.toLowerCase(Locale.ROOT);
        return !host.isEmpty() && (name.equals(host) || name.startsWith(host + "."));
    }

    private static String name(String host, Optional<String> instance) {
        return host.isEmpty() ? "" : instance.map(name -> host + "\\" + name).orElse(host);
    }
}
