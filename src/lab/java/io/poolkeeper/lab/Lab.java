// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.lab.database.DatabaseContent;
import io.poolkeeper.lab.database.DatabaseSeeder;
import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.ShareRole;
import io.poolkeeper.lab.model.SqlInstance;
import io.poolkeeper.lab.outbox.LabMail;
import io.poolkeeper.lab.outbox.LabTeams;
import io.poolkeeper.lab.shares.ShareWriter;
import io.poolkeeper.lab.site.Description;
import io.poolkeeper.lab.site.Endpoints;
import io.poolkeeper.lab.site.LabFolder;
import io.poolkeeper.lab.site.Secrets;
import io.poolkeeper.lab.tools.OcsTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A running lab. Everything listens on 127.0.0.1 on ports of its own, so that several labs run side by side. Closing it ends all
 * servers and leaves the files, which a later start makes anew; the product's vault and state stay.
 */
public final class Lab implements AutoCloseable {
    private final OcsSite site;
    private final LabFolder folder;
    private final Secrets secrets;
    private final SqlInstances sql;
    private final Startup startup = new Startup();
    private final Map<String, Integer> sqlPorts = new ConcurrentHashMap<>();

    private final LabDirectory directory;
    private final LabMail mail;
    private final LabTeams teams;
    private final OcsTools tools;

    private Lab(LabOptions options, SqlInstances sql) throws IOException {
        this.site = OcsSite.of(options.seed(), options.edition(), options.scale());
        this.folder = new LabFolder(options.folder());
        this.sql = sql;
        folder.prepare();
        secrets = Secrets.random(Stream.concat(
                        site.instances().stream().map(instance -> Description.sql(instance.key())),
                        Stream.of(Description.LDAP, Description.SMTP, Description.TEAMS))
                .toList());
        try {
            startup.closeLater(sql::close);
            for (var instance : site.instances()) {
                startup.alongside(() -> startSql(instance));
            }
            var startingDirectory = startup.begin(this::startDirectory);
            var startingMail = startup.begin(this::startMail);
            var startingTeams = startup.begin(this::startTeams);
            var installingTools = startup.begin(() -> OcsTools.install(site, folder.path()));
            var writer = new ShareWriter(site, folder.path());
            for (var share : site.shares()) {
                startup.alongside(() -> {
                    writer.write(share);
                    return share;
                });
            }
            directory = Startup.result(startingDirectory);
            mail = Startup.result(startingMail);
            teams = Startup.result(startingTeams);
            tools = Startup.result(installingTools);
            startup.finish();
            var endpoints = new Endpoints(sqlPorts, directory.port(), directory.bindDn(), mail.port(), teams.url());
            new Description(site, folder, secrets, endpoints).write(SqlInstances.LOGIN);
        } catch (IOException | RuntimeException e) {
            startup.close();
            throw e;
        }
    }

    /**
     * Starts a lab with the stand-in for SQL Server.
     *
     * @throws IOException if the folder holds something else, or cannot be written
     */
    public static Lab start(LabOptions options) throws IOException {
        return start(options, new StandInSqlInstances());
    }

    /** Starts a lab with other SQL Servers. */
    public static Lab start(LabOptions options, SqlInstances sql) throws IOException {
        return new Lab(options, sql);
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

    /** What the site consists of. */
    public OcsSite site() {
        return site;
    }

    /** Where everything lies. */
    public LabFolder folder() {
        return folder;
    }

    /** The site file for the product. */
    public Path siteFile() {
        return folder.siteFile();
    }

    /** The secrets of this run. */
    public Secrets secrets() {
        return secrets;
    }

    /** The SQL Servers. */
    public SqlInstances sql() {
        return sql;
    }

    /** The port of an SQL instance, by its key in the site file. */
    public int sqlPort(String key) {
        return Objects.requireNonNull(sqlPorts.get(key), key);
    }

    /** The address of a database for JDBC; user {@link SqlInstances#LOGIN}, the password is one of {@link #secrets}. */
    public String sqlUrl(String key, String database) {
        return "jdbc:sqlserver://127.0.0.1:%d;databaseName=%s;encrypt=true;trustServerCertificate=true"
                .formatted(sqlPort(key), database);
    }

    /** The domain controller. */
    public LabDirectory directory() {
        return directory;
    }

    /** A new connection to the domain controller over LDAPS; whoever asks closes it. */
    public LDAPConnection connectToDirectory() throws LDAPException {
        return directory.connect(secrets.get(Description.LDAP));
    }

    /** The mail server. */
    public LabMail mail() {
        return mail;
    }

    /** The webhook of the Teams channel. */
    public LabTeams teams() {
        return teams;
    }

    /** LCSCmd and dbimpexp. */
    public OcsTools tools() {
        return tools;
    }

    /** The folders of a share; none if the edition has no such share. */
    public List<Path> shareFolders(ShareRole role) {
        return site.shares().stream()
                .filter(share -> share.role() == role)
                .flatMap(share -> share.folders().stream())
                .map(folder.path()::resolve)
                .toList();
    }

    /** Changes single things in the running site. */
    public Mutations mutations() {
        return new Mutations(this);
    }

    /** Breaks things and mends them. */
    public Faults faults() {
        return new Faults(this);
    }

    @Override
    public void close() {
        startup.close();
        folder.forgetRun();
    }
}
