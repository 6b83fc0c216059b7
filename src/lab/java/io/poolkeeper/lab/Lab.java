// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.ShareRole;
import io.poolkeeper.lab.outbox.LabMail;
import io.poolkeeper.lab.outbox.LabTeams;
import io.poolkeeper.lab.site.Description;
import io.poolkeeper.lab.site.LabFolder;
import io.poolkeeper.lab.site.Secrets;
import io.poolkeeper.lab.tools.OcsTools;
import io.poolkeeper.lab.tools.WindowsBackupTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A running lab. Everything listens on 127.0.0.1 on ports of its own, so that several labs run side by side. Closing it ends all
 * servers and leaves the files, which a later start makes anew; the product's vault and state stay.
 */
public final class Lab implements AutoCloseable {
    private final Startup startup;
    private final OcsSite site;
    private final LabFolder folder;
    private final Secrets secrets;
    private final SqlInstances sql;
    private final Map<String, Integer> sqlPorts;
    private final Servers servers;

    Lab(
            Startup startup,
            OcsSite site,
            LabFolder folder,
            Secrets secrets,
            SqlInstances sql,
            Map<String, Integer> sqlPorts,
            Servers servers) {
        this.startup = startup;
        this.site = site;
        this.folder = folder;
        this.secrets = secrets;
        this.sql = sql;
        this.sqlPorts = Map.copyOf(sqlPorts);
        this.servers = servers;
    }

    /** What runs beside the SQL Servers. */
    record Servers(
            LabDirectory directory, LabMail mail, LabTeams teams, OcsTools tools, WindowsBackupTools windowsBackup) {}

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
        return new LabStart(options, sql).run();
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
        return servers.directory();
    }

    /** A new connection to the domain controller over LDAPS; whoever asks closes it. */
    public LDAPConnection connectToDirectory() throws LDAPException {
        return servers.directory().connect(secrets.get(Description.LDAP));
    }

    /** The mail server. */
    public LabMail mail() {
        return servers.mail();
    }

    /** The webhook of the Teams channel. */
    public LabTeams teams() {
        return servers.teams();
    }

    /** LCSCmd and dbimpexp. */
    public OcsTools tools() {
        return servers.tools();
    }

    /** wbadmin, vssadmin and the writer of SQL Server. */
    public WindowsBackupTools windowsBackup() {
        return servers.windowsBackup();
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
