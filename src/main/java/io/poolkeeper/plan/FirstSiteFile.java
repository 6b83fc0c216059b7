// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.step.Deployment;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the site file of somebody who has none: what the directory says, and TODO where a person has to say more. */
public final class FirstSiteFile {
    private static final Pattern POOL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");
    private static final Pattern FQDN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_#$]{0,16}");

    private static final String POOLS = """
            # TODO: what the directory does not show: os where it is not 2008r2; the roles av-conferencing, response-group,
            # director and archiving; Group Chat servers.
            pools:
            """;

    private final Deployment deployment;
    private final Access access;
    private final Catalogue catalogue;
    private final List<String> open = new ArrayList<>();
    private final Map<String, String> sql = new LinkedHashMap<>();

    /**
     * How the directory was reached.
     *
     * @param password a reference, as the site file has it
     * @param trust as the site file has it; null for the JVM's own store
     */
    public record Access(
            String url,
            String bindDn,
            String password,
            @Nullable String trust) {}

    /**
     * A site file.
     *
     * @param open what the directory does not say, a line each
     * @param pools how many stand in it
     * @param servers how many stand in it
     */
    public record Written(String text, List<String> open, int pools, int servers) {
        /** Copies the list. */
        public Written {
            open = List.copyOf(open);
        }
    }

    private FirstSiteFile(Deployment deployment, Access access, Catalogue catalogue) {
        this.deployment = deployment;
        this.access = access;
        this.catalogue = catalogue;
    }

    /** For somebody whose directory cannot be asked: one Standard Edition server of nobody. */
    public static Written example(Catalogue catalogue) {
        var fqdn = "ocs2007.example.com";
        return of(
                "DC=example,DC=com",
                new Deployment(
                        List.of(new Deployment.Pool("ocs2007", fqdn, Edition.STANDARD, "(local)\\rtc", null)),
                        List.of(new Deployment.Server(fqdn, List.of("standard-edition"), "ocs2007")),
                        List.of()),
                new Access(
                        "ldaps://dc1.example.com:636",
                        "CN=poolkeeper,CN=Users,DC=example,DC=com",
                        "file:secrets/ldap",
                        null),
                catalogue);
    }

    /**
     * What a directory says.
     *
     * @param domain distinguished name of the domain
     */
    public static Written of(String domain, Deployment deployment, Access access, Catalogue catalogue) {
        return new FirstSiteFile(deployment, access, catalogue).written(domain);
    }

    private Written written(String domain) {
        var named = deployment.pools().stream().filter(this::hasName).toList();
        var pools = new StringBuilder();
        var servers = 0;
        var written = 0;
        for (var pool : named) {
            var lines = servers(pool, pool.equals(named.get(0)), named.size() > 1);
            var declared = (int)
                    lines.stream().filter(line -> line.startsWith("      - ")).count();
            if (declared == 0) {
                open.add("pool " + pool.name() + ": which servers it has; it is left out");
                continue;
            }
            pools.append("  - name: ").append(quoted(pool.name())).append('\n');
            pools.append("    edition: ").append(edition(pool)).append('\n');
            pools.append("    servers:\n");
            lines.forEach(line -> pools.append(line).append('\n'));
            sql(pool);
            servers += declared;
            written++;
        }
        return new Written(head(domain) + POOLS + pools + "\n" + sql() + rest(), open, written, servers);
    }

    private boolean hasName(Deployment.Pool pool) {
        if (POOL_NAME.matcher(pool.name()).matches()) {
            return true;
        }
        open.add("pool " + plain(pool.name()) + ": a name that LCSCmd takes; it is left out");
        return false;
    }

    private String edition(Deployment.Pool pool) {
        if (pool.edition() == null) {
            open.add("pool " + pool.name() + ": its edition; enterprise is written");
            return "enterprise  # TODO: the directory does not say";
        }
        return pool.edition().word();
    }

    /** Those of the pool, its back end, and with the first pool those that are in none. */
    private List<String> servers(Deployment.Pool pool, boolean first, boolean several) {
        var lines = new ArrayList<String>();
        for (var server : deployment.servers()) {
            if (pool.name().equals(server.pool())) {
                lines.add(server(server, pool.edition(), ""));
            }
        }
        if (pool.edition() != Edition.STANDARD) {
            lines.add(backEnd(pool));
        }
        for (var server : deployment.servers()) {
            if (first && server.pool() == null && !server.fqdn().equalsIgnoreCase(pool.backEndServer())) {
                lines.add(server(server, null, several ? "  # TODO: or of another pool?" : ""));
            }
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    private String server(Deployment.Server server, @Nullable Edition edition, String remark) {
        if (!FQDN.matcher(server.fqdn()).matches()) {
            open.add("server " + plain(server.fqdn()) + ": a full DNS name; it is left out");
            return "";
        }
        var roles = server.roles().stream()
                .filter(catalogue.roles()::containsKey)
                .filter(role -> edition != Edition.STANDARD || !isPartOfStandard(role))
                .toList();
        if (roles.isEmpty()) {
            open.add("server " + server.fqdn() + ": which roles it has; it is commented out");
            return "      # - {fqdn: " + server.fqdn() + ", roles: [..]}  # TODO: archiving, director, ...?";
        }
        return "      - {fqdn: %s, roles: [%s]}%s".formatted(server.fqdn(), String.join(", ", roles), remark);
    }

    /** What every Standard Edition server is, too. */
    private static boolean isPartOfStandard(String role) {
        return List.of("web-components", "web-conferencing", "av-conferencing", "front-end")
                .contains(role);
    }

    private String backEnd(Deployment.Pool pool) {
        var known = pool.backEndServer();
        if (known == null || !FQDN.matcher(known).matches()) {
            open.add("pool " + pool.name() + ": the full DNS name of its back end "
                    + (pool.backEnd().isEmpty() ? "" : plain(pool.backEnd()) + " ")
                    + "(no such computer in this domain)");
            return "      # - {fqdn: .., roles: [back-end]}  # TODO: the SQL Server " + plain(pool.backEnd());
        }
        var declared = deployment.servers().stream()
                .anyMatch(server ->
                        pool.name().equals(server.pool()) && server.fqdn().equalsIgnoreCase(known));
        return declared ? "" : "      - {fqdn: %s, roles: [back-end]}".formatted(known.toLowerCase(Locale.ROOT));
    }

    private void sql(Deployment.Pool pool) {
        var parts = pool.backEnd().split("\\\\", 2);
        var local = parts[0].startsWith("(");
        var host =
                local ? pool.fqdn() : Optional.ofNullable(pool.backEndServer()).orElse(parts[0]);
        var instance = parts.length < 2 ? "" : parts[1];
        if (!FQDN.matcher(host).matches() || !INSTANCE.matcher(instance).matches()) {
            open.add("pool " + pool.name() + ": the SQL Server instance of its databases; none is written");
            return;
        }
        var key = (local ? pool.name() : host.replaceFirst("\\..*", "")).toLowerCase(Locale.ROOT)
                + (instance.isEmpty()
                        ? ""
                        : "-" + instance.toLowerCase(Locale.ROOT).replaceAll("[#$]", "_"));
        var url = "jdbc:sqlserver://" + host.toLowerCase(Locale.ROOT)
                + (instance.isEmpty() ? "" : ";instanceName=" + instance) + ";encrypt=true";
        var shared = sql.containsKey(key);
        sql.put(key, """
                  %s:
                    url: '%s'  # TODO: TCP/IP must be on; docs/configuration.md tells of old servers
                    user: poolkeeper  # TODO: a login with the rights that docs/configuration.md lists
                    password: file:secrets/%s  # TODO: put its password into this file, readable by you alone
                %s    backupDirectory: 'C:\\poolkeeper'  # TODO: a folder of that server for its backups
                    collectFrom: mnt/%s  # TODO: the same folder as this host sees it
                    # drill: drill-sql  # TODO: another instance, on which backups are restored for proof
                """.formatted(key, url, key, shared ? "" : "    pool: " + quoted(pool.name()) + "\n", key));
    }

    private String sql() {
        var text = new StringBuilder("""
                # The instances of Archiving, Monitoring and Group Chat are not in the directory. TODO: add them.
                """);
        if (!sql.isEmpty()) {
            text.append("sql:\n");
            sql.values().forEach(text::append);
        }
        return text.append('\n').toString();
    }

    private String head(String domain) {
        return """
                # The first site file, written by 'poolkeeper init' from what %s says.
                # Look for TODO, then let 'config validate', 'check' and 'plan' tell what is still wrong. All keys stand in
                # docs/configuration.md. Relative paths start at this file's folder. A secret is never written here:
                # file:<path>, env:<VARIABLE> or {cmd: [program, argument]}.
                site: %s
                product: %s
                timeZone: %s  # of every local time in schedules and reports

                state: {dir: state}
                vault: {path: vault}  # TODO: a folder on none of the servers below

                """.formatted(
                        plain(access.url()),
                        siteName(domain),
                        catalogue.product(),
                        quoted(ZoneId.systemDefault().getId()));
    }

    private static String siteName(String domain) {
        var name = domain.replaceAll("(?i)(^|,)\\s*DC=", ".").replaceAll("[^A-Za-z0-9.-]", "-");
        var plain = name.replaceAll("^[^A-Za-z0-9]+", "");
        return plain.isEmpty() ? "ocs" : quoted(plain.substring(0, Math.min(64, plain.length())));
    }

    private String rest() {
        return """
                # The folders of a Standard Edition server are found below its installation and need no entry.
                # TODO: those of an Enterprise Edition pool, one entry each; 'plan' lists the roles that have none:
                # shares:
                #   meeting-content: {path: mnt/meeting-content, role: meeting-content, pool: ..}

                directory:
                  url: %s
                  bindDn: %s
                  password: %s
                %s
                # TODO: where the tools are on the server that this host's worker runs on.
                settings:
                  lcscmd: ['C:\\Program Files\\Common Files\\Microsoft Office Communications Server 2007 R2\\LCSCmd.exe']
                  dbimpexp: ['C:\\Support\\dbimpexp.exe']

                plans:
                  nightly: {kind: backup, cron: "0 0 23 * * ?", level: full, deadline: PT3H}

                # TODO: tell somebody.
                # notify:
                #   email: {host: .., from: .., to: [..]}
                #   rules: [{on: [failed, warning, suspect, unknown, overdue, recovered], to: [email]}]
                """.formatted(
                        quoted(access.url()),
                        quoted(access.bindDn()),
                        quoted(access.password()),
                        access.trust() == null ? "" : "  trust: " + quoted(access.trust()) + "\n");
    }

    private static String quoted(String text) {
        return "'" + plain(text).replace("'", "''") + "'";
    }

    /** No name may end a line. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
