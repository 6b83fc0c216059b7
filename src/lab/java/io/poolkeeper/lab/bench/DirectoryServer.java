// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The domain controller from which both export.
 *
 * @param url with LDAPS
 * @param bindDn who may read
 * @param password file that holds the password and no line end
 * @param trust file of the certificate that is to be trusted, PEM
 */
record DirectoryServer(String url, String bindDn, Path password, Path trust) {
    private static final String SITE = """
            site: bench
            product: ocs-2007-r2
            timeZone: UTC
            state: {dir: state}
            vault: {path: vault}
            acceptRisk: [{risk: vault-beside-source, reason: a measurement, owner: nobody}]
            proof: {others: content}
            workers: {local: {}}
            pools:
              - name: bench
                edition: standard
                servers: [{fqdn: bench.ocs.lab, roles: [mediation], worker: local, os: 2008r2}]
            directory: {url: '%s', bindDn: '%s', password: 'file:%s', trust: '%s'}
            plans:
              full: {kind: backup, level: full}
            """;

    /** A site file of the product that names it. */
    String site() {
        return SITE.formatted(url, bindDn, password, trust);
    }

    /** The command that searches a subtree page by page, as its manual says. */
    List<String> ldapsearch(String base, String filter) {
        return List.of(
                "ldapsearch",
                "-x",
                "-LLL",
                "-E",
                "pr=1000/noprompt",
                "-H",
                url,
                "-D",
                bindDn,
                "-y",
                password.toString(),
                "-b",
                base,
                filter,
                "*");
    }

    /** The command that asks for the names of the partitions. */
    List<String> partitions() {
        return List.of(
                "ldapsearch",
                "-x",
                "-LLL",
                "-H",
                url,
                "-s",
                "base",
                "-b",
                "",
                "(objectClass=*)",
                "defaultNamingContext",
                "configurationNamingContext",
                "schemaNamingContext");
    }

    /** Variables of these commands. */
    Map<String, String> environment() {
        return Map.of("LDAPTLS_CACERT", trust.toString());
    }
}
