// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.YamlDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a schema cannot say: that names refer to something, and that values fit each other. */
final class SiteChecks {
    private static final Pattern USER_INFO = Pattern.compile("^[a-z:]+//[^/;?]*@");
    private static final Pattern SECRET_PROPERTY = Pattern.compile(
            ";\\s*(user|username|password|accesstoken|clientsecret|clientkeypassword)\\s*=", Pattern.CASE_INSENSITIVE);

    private final Site site;
    private final Problems problems;

    SiteChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    void run() {
        pools();
        site.sql().forEach(this::sql);
        site.shares().forEach(this::share);
        site.workers().values().stream().filter(Site.Worker::isHandOff).forEach(this::handOff);
        site.broker().ifPresent(broker -> url("/broker/url", broker.url()));
        site.directory().ifPresent(directory -> {
            url("/directory/url", directory.url());
            worker("/directory/worker", directory.controller().worker());
        });
        site.plans().forEach(this::plan);
        dispositions();
        new CommandChecks(site, problems).run();
        new WatchChecks(site, problems).run();
        new ObservedChecks(site, problems).run();
        new WindowsBackupChecks(site, problems).run();
        new BrokerChecks(site, problems).run();
        notifications();
    }

    private void pools() {
        var seen = new HashSet<String>();
        for (var p = 0; p < site.pools().size(); p++) {
            var pool = site.pools().get(p);
            if (!seen.add(pool.name().toLowerCase(Locale.ROOT))) {
                problems.add("/pools/" + p + "/name", "there are two pools of this name", "give each its own");
            }
            for (var s = 0; s < pool.servers().size(); s++) {
                server("/pools/" + p + "/servers/" + s, pool, pool.servers().get(s));
            }
        }
    }

    private void server(String place, Pool pool, Pool.Server server) {
        for (var role : server.roles()) {
            if (!site.catalogue().roles().containsKey(role)) {
                problems.add(
                        place + "/roles",
                        "unknown role " + role,
                        "known: " + String.join(", ", site.catalogue().roles().keySet()));
            } else if (role.equals("standard-edition") != (pool.edition() == Edition.STANDARD)
                    && List.of("standard-edition", "back-end", "front-end").contains(role)) {
                problems.add(
                        place + "/roles",
                        "role " + role + " does not fit a pool of the "
                                + pool.edition().word() + " edition",
                        "");
            }
        }
        worker(place + "/worker", server.worker());
    }

    private void worker(String place, String worker) {
        if (!site.workers().containsKey(worker)) {
            problems.add(
                    place,
                    "there is no worker " + worker,
                    "declare it under workers: "
                            + String.join(", ", site.workers().keySet()));
        }
    }

    /** A job names no server, so its command lines are those of one; and two hosts would take each other's jobs. */
    private void handOff(Site.Worker worker) {
        var place = "/workers" + YamlDocument.step(worker.name()) + "/handOff";
        if (worker.name().equals(Site.LOCAL)) {
            problems.add(place, "local is the worker inside the coordinator", "give the host a worker of its own");
        }
        var servers = site.pools().stream()
                .flatMap(pool -> pool.servers().stream())
                .filter(server -> server.worker().equals(worker.name()))
                .map(Pool.Server::fqdn)
                .toList();
        if (servers.size() > 1) {
            problems.add(
                    place,
                    "a worker by hand-off is one host, and this one is that of " + String.join(", ", servers),
                    "give each server a worker and a folder of its own");
        }
        site.workers().values().stream()
                .filter(other ->
                        !other.name().equals(worker.name()) && other.handOff().equals(worker.handOff()))
                .findFirst()
                .ifPresent(other -> problems.add(
                        place, "worker " + other.name() + " has the same folder", "give each a folder of its own"));
    }

    private void sql(String key, SqlSource sql) {
        var place = "/sql" + YamlDocument.step(key);
        url(place + "/url", sql.url());
        worker(place + "/worker", sql.worker());
        sql.pool().ifPresent(pool -> pool(place + "/pool", pool));
        if (sql.authentication().equals("sql")
                && (sql.user().isEmpty() || sql.password().isEmpty())) {
            problems.add(
                    place,
                    "authentication sql needs user and password",
                    "or set authentication: windows, ntlm or kerberos");
        }
        sql.databases().keySet().stream()
                .filter(name -> site.catalogue().databases().stream().noneMatch(entry -> entry.isNamed(name)))
                .forEach(name -> problems.add(place + "/databases", "the catalogue has no database " + name, ""));
        sql.drill().ifPresent(drill -> drill(place + "/drill", key, drill));
        if (sql.bySqlcmd()) {
            sqlcmd(place, sql);
        }
    }

    private void sqlcmd(String place, SqlSource sql) {
        if (!List.of("sql", "windows").contains(sql.authentication())) {
            problems.add(
                    place + "/authentication",
                    "sqlcmd logs in by sql or windows only, not by " + sql.authentication(),
                    "windows is the account that runs Poolkeeper (-E)");
        }
        var drills = sql.drillOnly()
                || site.sql().values().stream()
                        .anyMatch(
                                other -> other.drill().filter(sql.key()::equals).isPresent());
        if (drills) {
            problems.add(
                    place + (sql.drillOnly() ? "/method" : ""),
                    "drills restore by method sql-native alone, so sqlcmd cannot be how this instance is reached",
                    "hold drills on an instance that Java's driver reaches");
        }
    }

    private void drill(String place, String key, String drill) {
        if (!site.sql().containsKey(drill)) {
            problems.add(place, "there is no sql." + drill, "declare the instance for drills with purpose: drill");
        } else if (drill.equals(key) && !site.accepts(AcceptedRisk.Risk.DRILL_ON_SOURCE)) {
            problems.add(
                    place,
                    "a drill must not restore on the instance that the backup came from",
                    "name another, or accept the risk drill-on-source under acceptRisk");
        }
    }

    private void pool(String place, String pool) {
        if (site.pool(pool).isEmpty()) {
            problems.add(
                    place,
                    "there is no pool " + pool,
                    "known: "
                            + String.join(
                                    ", ", site.pools().stream().map(Pool::name).toList()));
        }
    }

    private void url(String place, String url) {
        if (USER_INFO.matcher(url).find() || SECRET_PROPERTY.matcher(url).find()) {
            problems.add(place, "must not hold a user or a password", "use the keys user and password");
        }
    }

    private void share(String key, ShareSource share) {
        var place = "/shares" + YamlDocument.step(key);
        if (share.path().isPresent() == share.url().isPresent()) {
            problems.add(place, "needs either path or url", "path for a folder or mapped UNC, url for smb://");
        }
        share.url().ifPresent(url -> smb(place, url, share));
        shadow(place + "/shadow", share);
        share.pool().ifPresent(pool -> pool(place + "/pool", pool));
        worker(place + "/worker", share.worker());
        if (!share.role().isEmpty() && site.catalogue().share(share.role()).isEmpty()) {
            var known = site.catalogue().shares().stream()
                    .map(io.poolkeeper.catalogue.Catalogue.Share::role)
                    .toList();
            problems.add(
                    place + "/role",
                    "the catalogue has no share role " + share.role(),
                    "one of " + String.join(", ", known));
        }
    }

    private void shadow(String place, ShareSource share) {
        if (share.shadow() == ShadowTools.Way.NONE) {
            return;
        }
        if (share.path().map(path -> path.toString().startsWith("\\\\")).orElse(true)) {
            problems.add(
                    place,
                    "shadow copies are made of a server's own volumes, and this share lies on another",
                    "give it its path on its own server and a worker there, or remove shadow");
        }
        var method = site.shareMethod(share.key());
        if (method != io.poolkeeper.catalogue.Method.ARCHIVE) {
            problems.add(
                    place,
                    "is for method archive; " + method.word() + " makes shadow copies of its own, or none",
                    "remove shadow");
        }
    }

    private void smb(String place, String url, ShareSource share) {
        url(place + "/url", url);
        if (!ShareSource.SMB_URL.matcher(url).matches()) {
            problems.add(
                    place + "/url", "is not the address of a share", "smb://host/share or smb://host/share/folder");
        }
        if (share.user().isEmpty() || share.password().isEmpty()) {
            problems.add(place, "a url needs user and password", "an account that may read the share");
        }
    }

    private void plan(String name, PlanConfig plan) {
        plan.cron()
                .filter(cron -> !Cron.isValid(cron))
                .ifPresent(cron -> problems.add(
                        "/plans" + YamlDocument.step(name) + "/cron",
                        "is not a Quartz cron expression",
                        "seconds minutes hours day-of-month month day-of-week, e.g. 0 0 23 * * ?"));
    }

    private void dispositions() {
        for (var i = 0; i < site.dispositions().size(); i++) {
            var rule = site.dispositions().get(i);
            var place = "/dispositions/" + i;
            if (rule.as() == Disposition.EXCLUDED
                    && (rule.reason().isEmpty()
                            || rule.owner().isEmpty()
                            || rule.until().isEmpty())) {
                problems.add(
                        place, "an exclusion needs reason, owner and until", "so that somebody thinks of it again");
            }
            if (rule.as() == Disposition.REGENERATED && rule.by().isEmpty()) {
                problems.add(place, "regenerated needs by", "who or what makes it again");
            }
            if (rule.as() == Disposition.ABSENT || rule.as() == Disposition.UNDECIDED) {
                problems.add(
                        place + "/as",
                        rule.as().word() + " is a finding, not a decision",
                        "required, recommended, optional, transient, regenerated or excluded");
            }
        }
    }

    private void notifications() {
        for (var i = 0; i < site.notifications().rules().size(); i++) {
            var rule = site.notifications().rules().get(i);
            if (rule.to().contains("email") && site.notifications().email().isEmpty()) {
                problems.add("/notify/rules/" + i + "/to", "email is not configured", "add notify.email");
            }
            if (rule.to().contains("teams") && site.notifications().teams().isEmpty()) {
                problems.add("/notify/rules/" + i + "/to", "teams is not configured", "add notify.teams.url");
            }
        }
    }
}
