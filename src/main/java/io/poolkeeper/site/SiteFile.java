// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.ConfigurationException;
import io.poolkeeper.schema.Problem;
import io.poolkeeper.schema.Problems;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.schema.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the site file and reports all its problems at once. */
public final class SiteFile {
    private final Keys keys;
    private final Keys.Reading reading;

    private SiteFile(Keys.Reading reading) {
        this.reading = reading;
        this.keys = new Keys(reading);
    }

    /**
     * Reads and checks a site file.
     *
     * @throws ConfigurationException with every problem: file, line, key, message and hint
     */
    public static Site read(Path file) {
        return read(file, null);
    }

    /**
     * Every value that is in force, with its origin. A site does not keep them: of a large one they are most of what was read.
     *
     * @throws ConfigurationException as for {@link #read}
     */
    public static List<EffectiveValue> effective(Path file) {
        var values = new ArrayList<EffectiveValue>();
        read(file, values);
        return values;
    }

    private static Site read(Path file, @Nullable List<EffectiveValue> effective) {
        var absolute = file.toAbsolutePath().normalize();
        var document = YamlDocument.read(file);
        var problems = new Problems(document);
        Schemas.check("site", document, problems);
        var base = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        var reader = new SiteFile(new Keys.Reading(document, base, problems, new ArrayList<>(), effective));
        var catalogue = reader.catalogue();
        var site = catalogue == null ? null : reader.site(absolute, catalogue);
        if (site != null) {
            new SiteChecks(site, problems).run();
        }
        problems.throwIfAny();
        if (site == null) {
            throw new ConfigurationException(
                    List.of(new Problem(file.toString(), 0, "product", "has no catalogue", "")));
        }
        return site;
    }

    private @Nullable Catalogue catalogue() {
        var product = keys.text("product");
        if (!Files.exists(Catalogue.file(product))) {
            if (keys.has("product")) {
                keys.problem(
                        "product", "there is no catalogue for it", "one of " + String.join(", ", Catalogue.products()));
            }
            return null;
        }
        return Catalogue.read(Catalogue.file(product));
    }

    private Site site(Path file, Catalogue catalogue) {
        var methods = methods(keys.at("methods"));
        return new Site(
                file,
                hash(file),
                keys.text("site"),
                catalogue,
                zone(),
                state(keys.at("state")),
                vault(keys.at("vault")),
                proof(keys.at("proof")),
                methods,
                keys.list("observed", SiteFile::observation),
                wbadmin(keys.at("wbadmin")),
                shadow(keys.at("shadow")),
                workers(),
                keys.list("pools", SiteFile::pool),
                keys.map("sql", (key, sql) -> sql(key, sql, methods.database())),
                keys.map("shares", SiteFile::share),
                keys.has("directory") ? directory(keys.at("directory")) : Optional.empty(),
                tools(keys.at("settings")),
                plans(),
                keys.list("dispositions", SiteFile::disposition),
                notifications(keys.at("notify")),
                keys.has("broker") ? Optional.of(broker(keys.at("broker"))) : Optional.empty(),
                retention(keys.at("retention")),
                keys.list("acceptRisk", SiteFile::risk),
                List.copyOf(reading.secrets()));
    }

    private static String hash(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the site file vanished while it was read: " + file, e);
        }
    }

    private ZoneId zone() {
        var text = keys.text("timeZone", ZoneId.systemDefault().getId());
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            keys.problem("timeZone", "is not a time zone", "a name of the tz database, e.g. Europe/Amsterdam");
            return ZoneId.systemDefault();
        }
    }

    private static Site.State state(Keys keys) {
        return new Site.State(keys.path("dir", "state"), keys.duration("keepLogs", Duration.ofDays(90)));
    }

    private static Site.Vault vault(Keys keys) {
        return new Site.Vault(
                keys.path("path", "vault"),
                keys.texts("readers"),
                keys.list("copies", copy -> new Site.Vault.Copy(copy.text("name"), copy.path("path", ""))));
    }

    private static Site.Proof proof(Keys keys) {
        return new Site.Proof(
                keys.word("databases", Depth.RESTORED, Depth::of),
                keys.word("others", Depth.CONTENT, Depth::of),
                keys.duration("within", Duration.ofDays(7)),
                keys.duration("skew", Duration.ofDays(1)));
    }

    private static Site.Methods methods(Keys keys) {
        var directory = keys.texts("directory", List.of(Method.LDIF.word())).stream()
                .map(Method::of)
                .toList();
        return new Site.Methods(
                keys.word("database", Method.SQL_NATIVE, Method::of),
                keys.word("share", Method.ARCHIVE, Method::of),
                directory,
                keys.word("settings", Method.LCSCMD, Method::of));
    }

    private static Observation observation(Keys keys) {
        return new Observation(
                keys.text("part"),
                keys.duration("maxAge", Observation.MAX_AGE),
                keys.optional("folder"),
                optionalPath(keys, "folder"),
                keys.text("files", "*"),
                keys.has("watch") ? Optional.of(exportWatch(keys.at("watch"))) : Optional.empty());
    }

    private static Observation.Watch exportWatch(Keys keys) {
        return new Observation.Watch(keys.duration("quiet", Duration.ofMinutes(2)), keys.optional("plan"));
    }

    private static WindowsBackup wbadmin(Keys keys) {
        var include = keys.text("include", "folders");
        return new WindowsBackup(
                keys.texts("program", List.of("wbadmin")),
                keys.texts("vssadmin", List.of("vssadmin")),
                keys.optional("target"),
                keys.text("vss", "copy").equals("full"),
                !include.equals("folders"),
                include.equals("server"));
    }

    private static ShadowTools shadow(Keys keys) {
        return new ShadowTools(
                keys.texts("diskshadow", List.of("diskshadow")),
                keys.texts("vssadmin", List.of("vssadmin")),
                keys.texts("mklink", List.of("cmd", "/c", "mklink")));
    }

    private Map<String, Site.Worker> workers() {
        var workers = new LinkedHashMap<String, Site.Worker>();
        workers.put(
                Site.LOCAL,
                new Site.Worker(Site.LOCAL, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        workers.putAll(keys.map(
                "workers",
                (name, worker) -> new Site.Worker(
                        name,
                        optionalPath(worker, "vault"),
                        optionalPath(worker, "handOff"),
                        worker.optional("user"),
                        worker.secret("password"))));
        return workers;
    }

    private static Optional<Path> optionalPath(Keys keys, String key) {
        return keys.has(key) ? Optional.of(keys.path(key, "")) : Optional.empty();
    }

    private static Pool pool(Keys keys) {
        return new Pool(
                keys.text("name"),
                keys.word("edition", Edition.STANDARD, Edition::of),
                keys.list(
                        "servers",
                        server -> new Pool.Server(
                                server.text("fqdn"),
                                new TreeSet<>(server.texts("roles")),
                                server.text("worker", Site.LOCAL),
                                server.text("os", "2008r2"),
                                optionalPath(server, "installRoot"))));
    }

    private static SqlSource sql(String key, Keys keys, Method standard) {
        var names = new LinkedHashMap<String, String>();
        keys.words("databases").forEach((name, chosen) -> names.put(name.toLowerCase(Locale.ROOT), chosen));
        var directory = keys.text("backupDirectory");
        var drillOnly = keys.text("purpose", "source").equals("drill");
        return new SqlSource(
                key,
                keys.text("url"),
                keys.optional("user"),
                keys.secret("password"),
                keys.text("authentication", "sql"),
                keys.optional("pool"),
                directory,
                keys.path("collectFrom", directory),
                names,
                keys.number("parallel", 2),
                keys.optional("drill"),
                keys.text("chain", "own").equals("foreign"),
                drillOnly,
                keys.word("method", drillOnly ? Method.SQL_NATIVE : standard, Method::of),
                keys.texts("sqlcmd", List.of("sqlcmd")),
                keys.text("worker", Site.LOCAL));
    }

    private static ShareSource share(String key, Keys keys) {
        return new ShareSource(
                key,
                optionalPath(keys, "path"),
                keys.optional("url"),
                keys.optional("user"),
                keys.secret("password"),
                keys.text("role"),
                keys.optional("pool"),
                keys.text("worker", Site.LOCAL),
                keys.has("watch") ? Optional.of(watch(keys.at("watch"))) : Optional.empty(),
                command(keys),
                keys.word("shadow", ShadowTools.Way.NONE, ShadowTools.Way::of));
    }

    private static Optional<OwnCommand> command(Keys part) {
        if (!part.has("command")) {
            return Optional.empty();
        }
        var keys = part.at("command");
        return Optional.of(new OwnCommand(
                keys.texts("backup"),
                keys.texts("verify"),
                optionalPath(keys, "result"),
                keys.optional("files"),
                keys.flag("collect"),
                keys.flag("copies"),
                keys.numbers("okCodes", List.of(0)),
                keys.numbers("warningCodes", List.of()),
                keys.numbers("damageCodes", List.of()),
                keys.has("atMost") ? Optional.of(keys.duration("atMost", Duration.ofHours(3))) : Optional.empty()));
    }

    private static ShareSource.Watch watch(Keys keys) {
        return new ShareSource.Watch(
                keys.duration("quiet", Duration.ofMinutes(2)),
                keys.duration("atMost", Duration.ofMinutes(30)),
                keys.duration("notOftenerThan", Duration.ofMinutes(15)),
                keys.duration("scan", Duration.ofHours(1)),
                keys.optional("plan"));
    }

    private static Optional<DirectorySource> directory(Keys keys) {
        var url = keys.text("url");
        return login(keys)
                .map(login -> new DirectorySource(
                        url,
                        url.startsWith("ldap://"),
                        login,
                        optionalPath(keys, "trust"),
                        command(keys),
                        controller(keys)));
    }

    private static Optional<DirectoryLogin> login(Keys keys) {
        if (keys.text("authentication", "simple").equals("kerberos")) {
            return Optional.of(new DirectoryLogin.Kerberos(optionalPath(keys, "ticketCache")));
        }
        return keys.secret("password").map(secret -> new DirectoryLogin.Simple(keys.text("bindDn"), secret));
    }

    private static DirectorySource.Controller controller(Keys keys) {
        return new DirectorySource.Controller(
                keys.text("worker", Site.LOCAL),
                keys.text("os", "2008r2"),
                keys.texts("ntdsutil", List.of("ntdsutil")),
                keys.texts("sambaTool", List.of("samba-tool")));
    }

    private static SettingsTools tools(Keys keys) {
        return new SettingsTools(keys.texts("lcscmd"), keys.texts("dbimpexp"));
    }

    private Map<String, PlanConfig> plans() {
        return keys.map(
                "plans",
                (name, plan) -> new PlanConfig(
                        name,
                        plan.text("kind", "backup"),
                        plan.optional("cron"),
                        plan.word("level", Level.FULL, Level::of),
                        plan.has("deadline")
                                ? Optional.of(plan.duration("deadline", Duration.ofHours(3)))
                                : Optional.empty(),
                        plan.text("overlap", "refuse"),
                        plan.texts("parts")));
    }

    private static DispositionRule disposition(Keys keys) {
        return new DispositionRule(
                keys.text("part"),
                keys.word("as", Disposition.EXCLUDED, Disposition::of),
                keys.optional("reason"),
                keys.optional("owner"),
                keys.optional("by"),
                until(keys));
    }

    private static Optional<LocalDate> until(Keys keys) {
        if (!keys.has("until")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(keys.text("until")));
        } catch (DateTimeException e) {
            keys.problem("until", "is not a day", "write it as 2027-06-30");
            return Optional.empty();
        }
    }

    private static Notify notifications(Keys keys) {
        var teams = keys.at("teams").secret("url").map(Notify.Teams::new);
        return new Notify(
                keys.has("email") ? Optional.of(email(keys.at("email"))) : Optional.empty(),
                teams,
                keys.list(
                        "rules", rule -> new Notify.Rule(Set.copyOf(rule.texts("on")), Set.copyOf(rule.texts("to")))));
    }

    private static Broker broker(Keys keys) {
        return new Broker(
                keys.text("url"),
                keys.optional("user"),
                keys.secret("password"),
                optionalPath(keys, "trust"),
                keyFile(keys),
                keys.has("serve") ? Optional.of(serve(keys.at("serve"))) : Optional.empty());
    }

    private static Optional<Broker.KeyFile> keyFile(Keys keys) {
        return keys.secret("certificatePassword")
                .flatMap(password -> optionalPath(keys, "certificate").map(file -> new Broker.KeyFile(file, password)));
    }

    private static Broker.Serve serve(Keys keys) {
        var schedulers = new LinkedHashMap<String, SecretRef>();
        keys.map("schedulers", (name, scheduler) -> scheduler.secret("password"))
                .forEach((name, password) -> password.ifPresent(secret -> schedulers.put(name, secret)));
        return new Broker.Serve(
                keys.path("dir", "broker"),
                optionalPath(keys, "store"),
                keys.texts("listen"),
                keyFile(keys),
                optionalPath(keys, "clientAuthority"),
                schedulers);
    }

    private static Site.Retention retention(Keys keys) {
        var keep = keys.at("keep");
        var counts = new LinkedHashMap<String, Integer>();
        for (var unit : List.of("daily", "weekly", "monthly")) {
            counts.put(unit, keep.number(unit, 0));
        }
        return new Site.Retention(counts, keys.number("minimumProven", 2));
    }

    private static Notify.Email email(Keys keys) {
        return new Notify.Email(
                keys.text("host"),
                keys.number("port", 25),
                keys.text("tls", "starttls"),
                keys.optional("user"),
                keys.secret("password"),
                keys.text("from"),
                keys.texts("to"));
    }

    private static AcceptedRisk risk(Keys keys) {
        return new AcceptedRisk(
                keys.word("risk", AcceptedRisk.Risk.VAULT_BESIDE_SOURCE, AcceptedRisk.Risk::of),
                keys.text("reason"),
                keys.optional("owner"));
    }
}
