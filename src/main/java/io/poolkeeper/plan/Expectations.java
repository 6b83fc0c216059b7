// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.DispositionRule;
import io.poolkeeper.site.OwnCommand;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every part that the catalogue knows or discovery found, each with its disposition: the total that a run is held to. A
 * pure function; the planner that makes steps from it cannot make a part disappear.
 */
public final class Expectations {
    /** What the kinds can do today. */
    private static final Set<Method> METHODS = EnumSet.of(
            Method.SQL_NATIVE,
            Method.SQLCMD,
            Method.ARCHIVE,
            Method.LDIF,
            Method.LDIFDE,
            Method.LCSCMD,
            Method.DBIMPEXP,
            Method.OBSERVED,
            Method.WBADMIN,
            Method.SYSTEM_STATE,
            Method.IFM,
            Method.SNAPSHOT,
            Method.SAMBA_TOOL,
            Method.COMMAND);

    /** The methods that have no log and no increment, most because nothing comes into the vault. */
    private static final Set<Method> ELSEWHERE = EnumSet.of(Method.OBSERVED, Method.WBADMIN, Method.COMMAND);

    private Expectations() {}

    /**
     * All parts of a site, sorted by kind and name.
     *
     * @param now decides whether a decision of the site file still holds
     */
    public static List<Expectation> of(Site site, Inventory inventory, Instant now) {
        var all = new ArrayList<Expectation>();
        all.addAll(new DirectoryParts(site).all());
        all.addAll(new DeploymentParts(site, inventory).all());
        all.addAll(new DatabaseParts(site, inventory).all());
        all.addAll(new ShareParts(site, inventory).all());
        all.addAll(new SettingsParts(site).all());
        var watched = new ObservedParts(site);
        all.addAll(watched.more(all));
        var images = new ImageParts(site);
        var ids = all.stream().map(Expectation::part).toList();
        var today = LocalDate.ofInstant(now, site.zone());
        return all.stream()
                .map(watched::byHand)
                .map(expectation -> decided(site, expectation, ids, today))
                .map(watched::of)
                .map(images::of)
                .map(expectation -> feasible(site, expectation))
                .sorted(Comparator.comparing(Expectation::part))
                .toList();
    }

    /**
     * Those that a log backup is about: databases to be captured that have a log to back up, and those of instances that
     * nobody could ask, so that they fail and are not forgotten. Those that a host without Java backs up fail as well.
     */
    public static List<Expectation> withLog(Site site, List<Expectation> all, Inventory inventory) {
        return all.stream()
                .filter(expectation -> expectation.part().kind() == Kind.DATABASE)
                .filter(expectation -> expectation.disposition().captured())
                .filter(expectation -> !ELSEWHERE.contains(expectation.method()))
                .filter(expectation -> hasLog(
                        expectation.part(),
                        inventory.sql().get(expectation.part().owner())))
                .map(expectation -> logOf(site, expectation))
                .toList();
    }

    private static Expectation logOf(Site site, Expectation part) {
        return part.method() == Method.SQLCMD && part.toCapture() && site.worksByHandOff(part.worker())
                ? part.failed(
                        "host " + part.worker()
                                + " works by hand-off, which knows full backups alone: no log is taken of "
                                + part.part(),
                        "name under parts of the plan those that have one, or let a worker with Java reach the instance")
                : part;
    }

    /** master has full backups only, whatever its recovery model says (4212). */
    private static boolean hasLog(PartId part, Inventory.@Nullable SqlInstance instance) {
        if (part.leaf().equalsIgnoreCase("master")) {
            return false;
        }
        return instance == null
                || instance.databases().isEmpty()
                || instance.databases().stream()
                        .anyMatch(database -> database.name().equalsIgnoreCase(part.leaf())
                                && !database.recoveryModel().equalsIgnoreCase("SIMPLE"));
    }

    private static Expectation decided(Site site, Expectation found, List<PartId> ids, LocalDate today) {
        return rule(site, found.part(), ids)
                .map(rule -> rule.holdsOn(today) ? found.decided(rule.as(), why(rule, found)) : ended(rule, found))
                .orElse(found);
    }

    /** What nobody could do fails by name at once: neither another method in its place nor a step that waits for ever. */
    private static Expectation feasible(Site site, Expectation part) {
        if (!part.toCapture()) {
            return part;
        }
        if (DeploymentParts.isOne(part.part())) {
            return part.failed(
                    "a pool or server is not captured as such: its databases, shares and settings are",
                    "put pools right in the site file, or decide excluded");
        }
        if (!METHODS.contains(part.method()) || (part.method() == Method.COMMAND && !mayHaveCommand(part))) {
            return part.failed(
                    "this release does not capture " + part.part().kind().word() + " parts by method "
                            + part.method().word(),
                    "use " + instead(part) + " under methods, or let another product do it and exclude the part");
        }
        if (part.method() == Method.COMMAND && site.command(part.part()).isEmpty()) {
            return part.failed(
                    "method command needs the company's own command, and the site file has none for it",
                    "add " + OwnCommand.key(part.part()) + ": {backup: [program, argument], result: ..}");
        }
        if (!site.isServed(part.worker())) {
            return part.failed(
                    "worker " + part.worker() + " gets no steps: the site file names no broker",
                    "add broker.url and start 'worker --name " + part.worker()
                            + "' on its host, or let the coordinator reach it with worker: local");
        }
        if (part.method() == Method.LDIFDE && !site.worksByHandOff(part.worker())) {
            return part.failed(
                    "ldifde is run by hand-off alone, and worker " + part.worker() + " does not work so",
                    "name under directory.worker the worker of a domain controller that has handOff, or use method ldif");
        }
        if (site.worksByHandOff(part.worker())) {
            return HostJobs.feasible(site, part);
        }
        return part;
    }

    private static boolean mayHaveCommand(Expectation part) {
        return part.part().kind() == Kind.SHARE || part.part().kind() == Kind.DIRECTORY;
    }

    private static String instead(Expectation part) {
        return METHODS.stream()
                .filter(method ->
                        kindOf(method).filter(part.part().kind()::equals).isPresent())
                .map(Method::word)
                .findFirst()
                .orElse("another method");
    }

    /** What a method that stands for a kind alone captures. */
    private static Optional<Kind> kindOf(Method method) {
        return Optional.ofNullable(
                switch (method) {
                    case SQL_NATIVE, SQLCMD -> Kind.DATABASE;
                    case ARCHIVE -> Kind.SHARE;
                    case LDIF -> Kind.DIRECTORY;
                    case LCSCMD -> Kind.SETTINGS;
                    default -> null;
                });
    }

    private static Optional<DispositionRule> rule(Site site, PartId part, List<PartId> ids) {
        return site.dispositions().stream()
                .filter(rule -> PartNames.find(rule.part(), ids).contains(part))
                .findFirst();
    }

    private static String why(DispositionRule rule, Expectation found) {
        var reason = rule.reason().orElse(found.reason());
        return reason
                + rule.by().map(by -> " (made again by " + by + ")").orElse("")
                + rule.owner()
                        .map(owner -> " (decided by " + owner
                                + rule.until().map(day -> " until " + day).orElse("") + ")")
                        .orElse("");
    }

    private static Expectation ended(DispositionRule rule, Expectation found) {
        return new Expectation(
                found.part(),
                found.disposition(),
                found.method(),
                found.role(),
                found.reason() + "; the site file's decision '" + rule.as().word() + "' ended on "
                        + rule.until().map(LocalDate::toString).orElse("?"),
                found.worker(),
                found.cause(),
                found.hint(),
                found.dependsOn());
    }
}
