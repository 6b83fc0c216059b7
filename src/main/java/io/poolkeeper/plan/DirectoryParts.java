// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What lies in Active Directory. */
final class DirectoryParts {
    /** What only a domain controller's own tools can take. */
    private static final Set<Method> ON_CONTROLLER =
            EnumSet.of(Method.LDIFDE, Method.SYSTEM_STATE, Method.IFM, Method.SNAPSHOT, Method.SAMBA_TOOL);

    /** From which nothing can be restored. */
    private static final Set<Method> NO_BACKUP = EnumSet.of(Method.IFM, Method.SNAPSHOT);

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
        var parts = new ArrayList<Expectation>();
        for (var entry : site.catalogue().directory()) {
            var methods = site.methods().directory();
            parts.add(expectation(entry, entry.name(), methods.get(0)));
            methods.stream()
                    .skip(1)
                    .forEach(method -> parts.add(expectation(entry, entry.name() + "-" + method.word(), method)));
        }
        return parts;
    }

    /** What a method that is no LDIF gives back, because people take one for another. */
    private static String bringsBack(Method method) {
        return switch (method) {
            case SYSTEM_STATE -> "; system state brings back all of Active Directory, with GUIDs, SIDs and passwords";
            case SAMBA_TOOL -> "; it brings back all of a Samba domain, with GUIDs, SIDs and passwords";
            case IFM ->
                "; it installs a further domain controller of a domain that is there, and is no restorable backup";
            case SNAPSHOT ->
                "; it can be looked into as long as that volume's shadow copy lives, and is no backup: it goes with the disk";
            default -> "";
        };
    }

    /** Nothing can be restored from it, so nothing may wait for it. */
    private static Disposition lesser(Disposition disposition) {
        return disposition == Disposition.REQUIRED ? Disposition.RECOMMENDED : disposition;
    }

    /** The first method takes the part; each further one a part of its own, named after it. */
    private Expectation expectation(Catalogue.Directory entry, String name, Method method) {
        var unknown = site.directory().isEmpty() && entry.disposition().captured();
        return new Expectation(
                new PartId(Kind.DIRECTORY, name),
                NO_BACKUP.contains(method) && !name.equals(entry.name())
                        ? lesser(entry.disposition())
                        : entry.disposition(),
                method,
                entry.name(),
                entry.reason() + bringsBack(method),
                ON_CONTROLLER.contains(method) ? site.controller().worker() : Site.LOCAL,
                unknown ? "the site file names no domain controller" : null,
                unknown
                        ? "add directory: {url: 'ldaps://..', bindDn: .., password: file:..}, or exclude it under dispositions"
                        : null,
                List.of());
    }
}
