// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.site;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Server;
import io.poolkeeper.lab.model.SqlInstance;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes the site file: what an administrator of this site would have written. Secrets stand in it by reference alone. */
final class SiteFile {
    private final OcsSite site;
    private final LabFolder folder;
    private final Endpoints endpoints;

    private SiteFile(OcsSite site, LabFolder folder, Endpoints endpoints) {
        this.site = site;
        this.folder = folder;
        this.endpoints = endpoints;
    }

    static String of(OcsSite site, LabFolder folder, Endpoints endpoints) {
        var file = new SiteFile(site, folder, endpoints);
        return file.head() + file.pools() + file.sql() + file.shares() + file.rest();
    }

    private String head() {
        return """
                # The lab's site: %s edition, pool %s. Written anew at each start of the lab.
                site: ocs-lab
                product: ocs-2007-r2
                timeZone: Europe/Amsterdam
                state: {dir: state}
                vault: {path: vault}
                acceptRisk:
                  - {risk: vault-beside-source, reason: "the lab lies on one machine", owner: lab}
                proof: {databases: restored, others: content, within: P7D}
                """.formatted(site.edition().key(), site.pool().name());
    }

    private String pools() {
        return "pools:\n  - name: %s\n    edition: %s\n    servers:\n%s"
                .formatted(
                        site.pool().name(),
                        site.edition().key(),
                        site.servers().stream().map(this::server).collect(Collectors.joining()));
    }

    private String server(Server server) {
        var installRoot = server.is("standard-edition")
                ? ", installRoot: " + quoted(folder.path().resolve(site.installRoot()))
                : "";
        return "      - {fqdn: %s, roles: [%s], worker: local, os: %s%s}\n"
                .formatted(server.fqdn(), String.join(", ", server.roles()), server.os(), installRoot);
    }

    private String sql() {
        return "sql:\n" + site.instances().stream().map(this::instance).collect(Collectors.joining());
    }

    private String instance(SqlInstance instance) {
        var use = instance.drill() ? "purpose: drill" : "pool: " + site.pool().name() + "\n    drill: drill-sql";
        return """
                  %s:
                    url: jdbc:sqlserver://127.0.0.1:%d;encrypt=true;trustServerCertificate=true
                    user: sa
                    password: file:secrets/%s
                    authentication: sql
                    backupDirectory: 'C:\\backup'
                    collectFrom: %s
                    %s
                """.formatted(
                        instance.key(),
                        endpoints.sqlPorts().get(instance.key()),
                        Description.sql(instance.key()),
                        quoted(folder.backups(instance.key())),
                        use);
    }

    /** A Standard Edition's folders are found below the installation folder and need no entry. */
    private String shares() {
        if (site.edition() == Edition.STANDARD) {
            return "";
        }
        return "shares:\n"
                + site.shares().stream()
                        .map(share -> "  %s: {path: %s, role: %s, pool: %s}\n"
                                .formatted(
                                        share.key(),
                                        quoted(folder.path()
                                                .resolve(share.folders().get(0))),
                                        share.role().key(),
                                        site.pool().name()))
                        .collect(Collectors.joining());
    }

    private String rest() {
        return """
                directory:
                  url: ldaps://127.0.0.1:%d
                  bindDn: %s
                  password: file:secrets/ldap
                  trust: certs/dc1.pem
                settings:
                  lcscmd: [%s]
                  dbimpexp: [%s]
                wbadmin: {program: [%s], vssadmin: [%s], target: %s}
                plans:
                  nightly: {kind: backup, cron: "0 0 23 * * ?", level: full, deadline: PT3H}
                notify:
                  email: {host: 127.0.0.1, port: %d, tls: none, user: %s, password: file:secrets/smtp, from: %s, to: [admin@%s]}
                  teams: {url: file:secrets/teams}
                  rules:
                    - {on: [ok, failed, warning, suspect, unknown, recovered], to: [email, teams]}
                """.formatted(
                        endpoints.ldapPort(),
                        quoted(endpoints.bindDn()),
                        quoted(folder.path().resolve("bin/LCSCmd")),
                        quoted(folder.path().resolve("bin/dbimpexp")),
                        quoted(folder.path().resolve("bin/wbadmin")),
                        quoted(folder.path().resolve("bin/vssadmin")),
                        quoted(folder.images()),
                        endpoints.smtpPort(),
                        Description.SMTP_USER,
                        Description.SMTP_USER,
                        site.domain().dns());
    }

    private static String quoted(Path path) {
        return quoted(path.toString());
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
