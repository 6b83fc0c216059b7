// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.poolkeeper.lab.model.OcsSite;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes what programs need to know of the running lab: {@code lab.json}, {@code site.yaml} and the files with secrets. */
public final class Description {
    /** Names of secrets beside those of the SQL instances, which are {@code sql-} and the key. */
    public static final String LDAP = "ldap";

    /** The mail server's. */
    public static final String SMTP = "smtp";

    /** The webhook's signature; the file holds the whole address. */
    public static final String TEAMS = "teams";

    /** Who may send mail. */
    public static final String SMTP_USER = "poolkeeper@ocs.lab";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final OcsSite site;
    private final LabFolder folder;
    private final Secrets secrets;
    private final Endpoints endpoints;

    /** Prepares; nothing is written yet. */
    public Description(OcsSite site, LabFolder folder, Secrets secrets, Endpoints endpoints) {
        this.site = site;
        this.folder = folder;
        this.secrets = secrets;
        this.endpoints = endpoints;
    }

    /** The name of an instance's secret. */
    public static String sql(String key) {
        return "sql-" + key;
    }

    /** Writes all files; {@code lab.json} comes last and says that the lab is ready. */
    public void write(String user) throws IOException {
        for (var instance : site.instances()) {
            Secrets.write(folder.secrets(), sql(instance.key()), secrets.get(sql(instance.key())));
        }
        Secrets.write(folder.secrets(), LDAP, secrets.get(LDAP));
        Secrets.write(folder.secrets(), SMTP, secrets.get(SMTP));
        Secrets.write(folder.secrets(), TEAMS, endpoints.teamsUrl());
        OwnerOnly.write(folder.siteFile(), SiteFile.of(site, folder, endpoints));
        OwnerOnly.write(folder.labJson(), JSON.writeValueAsString(json(user)));
    }

    private Map<String, Object> json(String user) {
        var instances = new LinkedHashMap<String, Object>();
        for (var instance : site.instances()) {
            instances.put(instance.key(), sqlAccess(instance.key(), user));
        }
        var sql = new LinkedHashMap<>(sqlAccess(site.instances().get(0).key(), user));
        sql.put("instances", instances);
        var ldap = Map.of(
                "port",
                endpoints.ldapPort(),
                "bindDn",
                endpoints.bindDn(),
                "password",
                secrets.get(LDAP),
                "trust",
                folder.certificate().toString());
        var smtp = Map.of("port", endpoints.smtpPort(), "user", SMTP_USER, "password", secrets.get(SMTP));
        var json = new LinkedHashMap<String, Object>();
        json.put("sql", sql);
        json.put("ldap", ldap);
        json.put("smtp", smtp);
        json.put("teams", Map.of("url", endpoints.teamsUrl()));
        json.put("site", folder.siteFile().toString());
        json.put("edition", site.edition().key());
        json.put("seed", site.seeded().seed());
        json.put("scale", site.scale().factor());
        json.put("pid", ProcessHandle.current().pid());
        json.put(
                "processStarted",
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .orElse(Instant.EPOCH)
                        .toString());
        return json;
    }

    private Map<String, Object> sqlAccess(String key, String user) {
        var access = new LinkedHashMap<String, Object>();
        access.put("port", Objects.requireNonNull(endpoints.sqlPorts().get(key), key));
        access.put("user", user);
        access.put("password", secrets.get(sql(key)));
        return access;
    }
}
