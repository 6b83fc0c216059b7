// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import io.poolkeeper.lab.database.DatabaseContent;
import io.poolkeeper.lab.database.DatabaseSeeder;
import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Share;
import io.poolkeeper.lab.model.SqlInstance;
import io.poolkeeper.lab.outbox.LabMail;
import io.poolkeeper.lab.outbox.LabTeams;
import io.poolkeeper.lab.shares.ShareWriter;
import io.poolkeeper.lab.site.Description;
import io.poolkeeper.lab.site.Endpoints;
import io.poolkeeper.lab.site.LabFolder;
import io.poolkeeper.lab.site.Secrets;
import io.poolkeeper.lab.tools.OcsTools;
import io.poolkeeper.lab.tools.SqlAccess;
import io.poolkeeper.lab.tools.WindowsBackupTools;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Starts one lab: everything side by side, and last the description that says it is ready. */
final class LabStart {
    private final Startup startup = new Startup();
    private final OcsSite site;
    private final LabFolder folder;
    private final SqlInstances sql;
    private final Secrets secrets;
    private final Map<String, Integer> sqlPorts = new ConcurrentHashMap<>();

    LabStart(LabOptions options, SqlInstances sql) {
        this.site = OcsSite.of(options.seed(), options.edition(), options.scale());
        this.folder = new LabFolder(options.folder());
        this.sql = sql;
        this.secrets = Secrets.random(Stream.concat(
                        site.instances().stream().map(instance -> Description.sql(instance.key())),
                        Stream.of(Description.LDAP, Description.SMTP, Description.TEAMS))
                .toList());
    }

    Lab run() throws IOException {
        folder.prepare();
        try {
            var servers = startAll();
            var endpoints = new Endpoints(
                    sqlPorts,
                    servers.directory().port(),
                    servers.directory().bindDn(),
                    servers.mail().port(),
                    servers.teams().url());
            new Description(site, folder, secrets, endpoints).write(SqlInstances.LOGIN);
            return new Lab(startup, site, folder, secrets, sql, sqlPorts, servers);
        } catch (IOException | RuntimeException e) {
            startup.close();
            throw e;
        }
    }

    /** What takes longest begins first. */
    private Lab.Servers startAll() throws IOException {
        startup.closeLater(sql::close);
        for (var instance : site.instances()) {
            startup.alongside(() -> startSql(instance));
        }
        var directory = startup.begin(this::startDirectory);
        var mail = startup.begin(this::startMail);
        var teams = startup.begin(this::startTeams);
        var tools = startup.begin(() -> OcsTools.install(site, folder.path()));
        var windowsBackup = startup.begin(this::startWindowsBackup);
        for (var share : site.shares()) {
            startup.alongside(() -> write(share));
        }
        startup.finish();
        return new Lab.Servers(
                Startup.result(directory),
                Startup.result(mail),
                Startup.result(teams),
                Startup.result(tools),
                Startup.result(windowsBackup));
    }

    private SqlInstance startSql(SqlInstance instance) throws IOException, SQLException {
        var backups = Files.createDirectories(folder.backups(instance.key()));
        sqlPorts.put(instance.key(), sql.start(instance, backups, secrets.get(Description.sql(instance.key()))));
        for (var database : instance.databases()) {
            try (var connection = sql.openForSeeding(instance.key(), database)) {
                DatabaseSeeder.fill(connection, DatabaseContent.of(site, database));
            }
        }
        return instance;
    }

    private LabDirectory startDirectory() throws IOException {
        var started = LabDirectory.start(site, secrets.get(Description.LDAP));
        startup.closeLater(started::close);
        Files.writeString(folder.certificate(), started.certificate());
        return started;
    }

    private LabMail startMail() throws IOException {
        var started = LabMail.start(folder.outbox("mail"), Description.SMTP_USER, secrets.get(Description.SMTP));
        startup.closeLater(started::close);
        return started;
    }

    private LabTeams startTeams() throws IOException {
        var workflow = site.seeded().guid("workflow").toString().replace("-", "");
        var started = LabTeams.start(folder.outbox("teams"), workflow, secrets.get(Description.TEAMS));
        startup.closeLater(started::close);
        return started;
    }

    /** All instances that hold parts are taken to lie on one server: the lab is one machine. */
    private WindowsBackupTools startWindowsBackup() throws IOException {
        var server = site.servers().get(0);
        Files.createDirectories(folder.images());
        var started = WindowsBackupTools.install(folder.path(), server.host(), server.os(), this::instances);
        startup.closeLater(started::close);
        return started;
    }

    private List<SqlAccess> instances() {
        return site.instances().stream()
                .filter(instance -> !instance.drill())
                .map(instance -> new SqlAccess(
                        "jdbc:sqlserver://127.0.0.1:%d;encrypt=true;trustServerCertificate=true"
                                .formatted(sqlPorts.get(instance.key())),
                        SqlInstances.LOGIN,
                        secrets.get(Description.sql(instance.key())),
                        StandInSqlInstances.virtualDevices(folder.backups(instance.key()))))
                .toList();
    }

    private Share write(Share share) throws IOException {
        new ShareWriter(site, folder.path()).write(share);
        return share;
    }
}
