// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Site files for tests. */
public final class TestSites {
    /** A Standard Edition site with everything that a site file can name. */
    public static final String STANDARD = """
            site: test-site
            product: ocs-2007-r2
            timeZone: Europe/Amsterdam
            state: {dir: state}
            vault: {path: vault}
            pools:
              - name: ocs2007
                edition: standard
                servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition], os: 2008r2, installRoot: ocs}]
            sql:
              ocs2007-rtc:
                url: jdbc:sqlserver://127.0.0.1:1;encrypt=true;trustServerCertificate=true
                user: sa
                password: file:secrets/sql
                pool: ocs2007
                backupDirectory: 'C:\\backup'
                collectFrom: backup
                drill: drill-sql
              drill-sql:
                url: jdbc:sqlserver://127.0.0.1:2;encrypt=true;trustServerCertificate=true
                user: sa
                password: file:secrets/sql
                purpose: drill
                backupDirectory: 'C:\\drill'
                collectFrom: drill
            directory: {url: 'ldaps://127.0.0.1:3', bindDn: 'CN=backup', password: file:secrets/ldap}
            settings: {lcscmd: [LCSCmd], dbimpexp: [dbimpexp]}
            plans:
              nightly: {kind: backup, cron: "0 0 23 * * ?", level: full, deadline: PT3H}
            """;

    private TestSites() {}

    /** A site whose file lies in a folder. */
    public static Site in(Path folder, String yaml) {
        try {
            Files.createDirectories(folder.resolve("secrets"));
            Files.writeString(folder.resolve("secrets/sql"), "secret of sql\n");
            Files.writeString(folder.resolve("secrets/ldap"), "secret of ldap\n");
            return SiteFile.read(Files.writeString(folder.resolve("site.yaml"), yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The standard site in a folder. */
    public static Site standard(Path folder) {
        return in(folder, STANDARD);
    }
}
