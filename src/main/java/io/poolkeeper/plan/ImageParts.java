// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import java.util.Optional;

/** The parts that Windows Server Backup takes, each on its own server: wbadmin reaches no other. */
final class ImageParts {
    private final Site site;

    ImageParts(Site site) {
        this.site = site;
    }

    /** The part as its server takes it, if it is one of these. */
    Expectation of(Expectation part) {
        if (part.method() == Method.SYSTEM_STATE && part.toCapture()) {
            return systemState(part);
        }
        if (part.method() != Method.WBADMIN || !part.toCapture()) {
            return part;
        }
        if (part.part().kind() == Kind.SHARE) {
            return site.serverOf(part.worker())
                    .map(server -> on(part, server))
                    .orElseGet(() -> part.imaged(part.worker()));
        }
        return Optional.ofNullable(site.sql().get(part.part().owner()))
                .flatMap(site::serverOf)
                .map(server -> on(part, server))
                .orElseGet(() -> part.failed(
                        "nobody said on which server " + part.part() + " is, and wbadmin runs on that server alone",
                        "add it under pools, with the name that sql."
                                + part.part().owner() + ".url has, its worker and os"));
    }

    /** wbadmin of 2008 writes a system state to a volume of the server alone. */
    private Expectation systemState(Expectation part) {
        var os = site.controller().os();
        if (!WindowsBackup.has(os)) {
            return part.failed(
                    "the domain controller runs Windows Server " + os + ", which has no wbadmin",
                    "let NTBackup take its system state, and add under observed: {part: '" + part.part()
                            + "', folder: .., files: '*.bkf'}");
        }
        return WindowsBackup.takesFolders(os) || site.wbadmin().onVolume()
                ? part.imaged(part.worker())
                : part.failed(
                        "wbadmin of Windows Server " + os
                                + " writes a system state to a volume of its own server alone",
                        "set wbadmin.target to a volume such as 'E:'");
    }

    private static Expectation on(Expectation part, Pool.Server server) {
        return WindowsBackup.has(server.os())
                ? part.imaged(server.worker())
                : part.failed(
                        server.fqdn() + " runs Windows Server " + server.os() + ", which has no wbadmin",
                        part.part().kind() == Kind.SHARE
                                ? "set methods.share: archive and let this host read it through a mount, or let NTBackup"
                                        + " take it and add under observed: {part: '" + part.part()
                                        + "', folder: .., files: '*.bkf'}"
                                : "set methods.database: sql-native, or sqlcmd for a server that Java's driver does not reach");
    }
}
