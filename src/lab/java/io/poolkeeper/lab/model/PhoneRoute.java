// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.util.List;

/**
 * Where calls to numbers of a pattern leave the site.
 *
 * @param name shown in the console
 * @param pattern regular expression on the E.164 number
 * @param usages the usages that may take this route
 * @param gateway FQDN of the Mediation server
 */
public record PhoneRoute(String name, String pattern, List<String> usages, String gateway) {
    static List<PhoneRoute> all(Domain domain, String gatewayHost) {
        var gateway = domain.fqdn(gatewayHost);
        return List.of(
                new PhoneRoute("Netherlands", "^\\+31", List.of("Internal", "Local"), gateway),
                new PhoneRoute("Rest of the world", "^\\+(?!31)", List.of("International"), gateway));
    }
}
