// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is told what. */
public record Notify(Optional<Email> email, Optional<Teams> teams, List<Rule> rules) {
    /**
     * A mail server.
     *
     * @param tls {@code none}, {@code starttls} (demanded, never silently dropped) or {@code tls}
     */
    public record Email(
            String host,
            int port,
            String tls,
            Optional<String> user,
            Optional<SecretRef> password,
            String from,
            List<String> to) {}

    /** A Teams Workflows endpoint; its URL is a secret. */
    public record Teams(SecretRef url) {}

    /**
     * Which news goes where.
     *
     * @param on any of {@code ok}, {@code warning}, {@code failed}, {@code suspect}, {@code unknown}, {@code overdue},
     *     {@code recovered}, {@code changed}, {@code dead}
     * @param to any of {@code email}, {@code teams}
     */
    public record Rule(Set<String> on, Set<String> to) {}
}
