// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;
import java.util.Set;

/**
 * One Windows server of the site.
 *
 * @param host name without the domain
 * @param fqdn name in DNS
 * @param roles as site files name them
 * @param os as site files name it: {@code 2003}, {@code 2008}, {@code 2008r2}
 */
public record Server(String host, String fqdn, List<String> roles, String os) {
    // what the article and the Resource Kit except, and the back end, which has SQL Server alone
    private static final Set<String> WITHOUT_SETTINGS =
            Set.of("group-chat", "group-chat-compliance", "cwa", "back-end");

    /** Whether LCSCmd can export machine-level settings here. */
    public boolean hasMachineSettings() {
        return roles.stream().anyMatch(role -> !WITHOUT_SETTINGS.contains(role));
    }

    /** Whether the server has the role. */
    public boolean is(String role) {
        return roles.contains(role);
    }
}
