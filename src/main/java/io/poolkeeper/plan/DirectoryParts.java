// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import java.util.List;

/** What lies in Active Directory. */
final class DirectoryParts {
    private final Site site;

    DirectoryParts(Site site) {
        this.site = site;
    }

    static List<PartId> ids(Site site) {
        return site.catalogue().directory().stream()
                .map(entry -> new PartId(Kind.DIRECTORY, entry.name()))
                .toList();
    }

    List<Expectation> all() {
        return site.catalogue().directory().stream().map(this::expectation).toList();
    }

    private Expectation expectation(Catalogue.Directory entry) {
        var unknown = site.directory().isEmpty() && entry.disposition().captured();
        return new Expectation(
                new PartId(Kind.DIRECTORY, entry.name()),
                entry.disposition(),
                site.methods().directory().get(0),
                entry.name(),
                entry.reason(),
                Site.LOCAL,
                unknown ? "the site file names no domain controller" : null,
                unknown
                        ? "add directory: {url: 'ldaps://..', bindDn: .., password: file:..}, or exclude it under dispositions"
                        : null,
                List.of());
    }
}
