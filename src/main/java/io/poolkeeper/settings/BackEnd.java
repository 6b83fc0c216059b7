// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The back end of an Enterprise Edition pool as dbimpexp wants it: {@code host} or {@code host\instance}.
 *
 * <p>Of the SQL sources whose {@code pool} is this one, the one whose host is a server with the role {@code back-end}, else
 * the first in the site file's order; host and instance are those of its JDBC URL. dbimpexp takes no port.
 */
final class BackEnd {
    private static final Pattern URL = Pattern.compile("jdbc:sqlserver://([^;:\\\\/]*)(?:\\\\([^;:]+))?.*");

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
        return sources.stream()
                .filter(source -> isBackEnd(host(source), pool))
                .findFirst()
                .or(() -> sources.stream().findFirst())
                .map(BackEnd::name)
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new PermanentFault(
                        "the site file does not tell the back end of pool " + pool.name(),
                        "give the SQL instance that holds rtc the pool's name: sql.<key>.pool"));
    }

    private static boolean isBackEnd(String host, Pool pool) {
        return pool.servers().stream()
                .filter(server -> server.roles().contains("back-end"))
                .map(server -> server.fqdn().toLowerCase(Locale.ROOT))
                .anyMatch(fqdn -> fqdn.equals(host) || fqdn.startsWith(host + "."));
    }

    private static String name(SqlSource source) {
        var host = host(source);
        var instance = instance(source.url());
        return host.isEmpty() ? "" : instance.map(name -> host + "\\" + name).orElse(host);
    }

    private static String host(SqlSource source) {
        var match = URL.matcher(source.url());
        var named = match.matches() ? match.group(1) : "";
        return (named.isEmpty()
                        ? property(source.url(), List.of("servername", "server"))
                                .orElse("")
                        : named)
                .toLowerCase(Locale.ROOT);
    }

    private static Optional<String> instance(String url) {
        var match = URL.matcher(url);
        return Optional.ofNullable(match.matches() ? match.group(2) : null)
                .or(() -> property(url, List.of("instancename")));
    }

    private static Optional<String> property(String url, List<String> names) {
        return Stream.of(url.split(";", -1))
                .skip(1)
                .map(pair -> pair.split("=", 2))
                .filter(pair ->
                        pair.length == 2 && names.contains(pair[0].strip().toLowerCase(Locale.ROOT)))
                .map(pair -> pair[1].strip().replaceAll("^\\{|\\}$", ""))
                .findFirst();
    }
}
