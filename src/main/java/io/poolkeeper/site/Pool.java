// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Edition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One pool: a Standard Edition server, or an Enterprise Edition pool with its servers.
 *
 * @param name as LCSCmd wants it: the host name of a Standard Edition server, the pool's name (not its FQDN) otherwise
 */
public record Pool(String name, Edition edition, List<Server> servers) {
    /**
     * One server of a pool.
     *
     * @param fqdn its full DNS name
     * @param roles what it is, in the catalogue's words
     * @param worker the worker that executes its steps
     * @param os e.g. {@code 2003}, {@code 2008}, {@code 2008r2}
     * @param installRoot where OCS is installed as the worker sees it; looked for if absent
     */
    public record Server(String fqdn, Set<String> roles, String worker, String os, Optional<Path> installRoot) {
        /** Whether somebody means it by a name in lower case, with or without the domain. */
        boolean isCalled(String name) {
            var own = fqdn.toLowerCase(Locale.ROOT);
            return !name.isEmpty() && (own.equals(name) || own.startsWith(name + "."));
        }
    }

    /** The server that holds the pool's databases. */
    Optional<Server> sqlServer() {
        return serverWithAny(Set.of("standard-edition", "back-end"));
    }

    /** Every role that one of its servers declares. */
    public Set<String> roles() {
        var roles = new TreeSet<String>();
        servers.forEach(server -> roles.addAll(server.roles()));
        return roles;
    }

    /** Whether one of its servers declares one of these roles. */
    public boolean declaresAny(Set<String> wanted) {
        return roles().stream().anyMatch(wanted::contains);
    }

    /** The first server with one of these roles. */
    public Optional<Server> serverWithAny(Set<String> wanted) {
        return servers.stream()
                .filter(server -> server.roles().stream().anyMatch(wanted::contains))
                .findFirst();
    }
}
