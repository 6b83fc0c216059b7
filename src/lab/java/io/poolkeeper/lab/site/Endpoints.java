// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.site;

import java.util.Map;

/**
 * Where the running servers of the lab are reached, all on 127.0.0.1.
 *
 * @param sqlPorts by the key of the instance
 * @param ldapPort LDAPS
 * @param bindDn who may bind
 * @param smtpPort the mail server
 * @param teamsUrl the webhook, a secret
 */
public record Endpoints(Map<String, Integer> sqlPorts, int ldapPort, String bindDn, int smtpPort, String teamsUrl) {
    /** Never prints the webhook's address. */
    @Override
    public String toString() {
        return "Endpoints[sql=%s, ldap=%d, smtp=%d]".formatted(sqlPorts, ldapPort, smtpPort);
    }
}
