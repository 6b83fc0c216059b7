// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Site files that name a domain controller. */
final class TestSite {
    private TestSite() {}

    /** A site whose directory is at a URL; the account is {@link FakeDomainController#ACCOUNT}. */
    static Site at(Path folder, String url, String password, Path trust) {
        try {
            Files.writeString(folder.resolve("password"), password);
            return SiteFile.read(Files.writeString(
                    folder.resolve("site.yaml"), """
                    site: ocs-lab
                    product: ocs-2007-r2
                    vault: {path: vault}
                    pools:
                      - name: ocs2007
                        edition: standard
                        servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition]}]
                    directory:
                      url: %s
                      bindDn: %s
                      password: file:password
                      trust: %s
                    """.formatted(url, FakeDomainController.ACCOUNT, trust)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
