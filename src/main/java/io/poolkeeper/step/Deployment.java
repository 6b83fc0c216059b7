// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.step;

import io.poolkeeper.catalogue.Edition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pools and servers as the directory knows them.
 *
 * @param pools by name
 * @param servers by their full DNS names
 * @param accounts full DNS names, among those that were asked for, of computers that have an account in the domain
 */
public record Deployment(List<Pool> pools, List<Server> servers, List<String> accounts) {
    /** Copies the lists. */
    public Deployment {
        pools = List.copyOf(pools);
        servers = List.copyOf(servers);
        accounts = List.copyOf(accounts);
    }

    /**
     * A pool.
     *
     * @param name as LCSCmd wants it
     * @param fqdn its full DNS name; empty if the directory does not say
     * @param edition null if the directory does not say
     * @param backEnd where its databases are, such as {@code (local)\rtc} or {@code SQL1\INST}; empty if the directory
     *     does not say
     * @param backEndServer full DNS name of the computer that {@code backEnd} names; null if the domain has none
     */
    public record Pool(
            String name,
            String fqdn,
            @Nullable Edition edition,
            String backEnd,
            @Nullable String backEndServer) {}

    /**
     * A server.
     *
     * @param fqdn lower case
     * @param roles in the catalogue's words, as far as the directory shows them; may be empty
     * @param pool the name of its pool; null if it is in none
     */
    public record Server(
            String fqdn, List<String> roles, @Nullable String pool) {
        /** Copies the list. */
        public Server {
            roles = List.copyOf(roles);
        }
    }
}
