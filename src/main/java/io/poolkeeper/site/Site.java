// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.PartId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one site file describes, checked.
 *
 * @param file the file itself, absolute
 * @param hash SHA-256 of the file's bytes, 64 lower-case hexadecimal digits; a worker refuses steps made for another
 * @param name the site's name: letters, digits, dot, dash, underscore
 * @param catalogue that of the product
 * @param zone of every local time in schedules and reports
 * @param observed the parts that another product backs up
 * @param wbadmin how Windows Server Backup takes images
 * @param shadow the programs that make shadow copies
 * @param workers by name; {@code local} is always there
 * @param sql SQL Server instances by key
 * @param shares the shares that the file names, by key
 * @param plans by name
 * @param secrets where each secret is fetched from, as the file writes it
 */
public record Site(
        Path file,
        String hash,
        String name,
        Catalogue catalogue,
        ZoneId zone,
        State state,
        Vault vault,
        Proof proof,
        Methods methods,
        List<Observation> observed,
        WindowsBackup wbadmin,
        ShadowTools shadow,
        Map<String, Worker> workers,
        List<Pool> pools,
        Map<String, SqlSource> sql,
        Map<String, ShareSource> shares,
        Optional<DirectorySource> directory,
        SettingsTools settings,
        Map<String, PlanConfig> plans,
        List<DispositionRule> dispositions,
        Notify notifications,
        Optional<Broker> broker,
        Retention retention,
        List<AcceptedRisk> acceptedRisks,
        List<String> secrets) {

    /** The worker inside the coordinator. */
    public static final String LOCAL = "local";

    /**
     * Where the coordinator keeps what it may forget.
     *
     * @param dir absolute; run store, broker journal, logs
     * @param keepLogs how long finished runs stay in the run store
     */
    public record State(Path dir, Duration keepLogs) {}

    /**
     * Where sets lie.
     *
     * @param path absolute, as the coordinator sees it
     * @param readers accounts that may read besides the owner
     */
    public record Vault(Path path, List<String> readers, List<Copy> copies) {
        /** A second place for sets. */
        public record Copy(String name, Path path) {}
    }

    /**
     * How deep evidence must go, and how fresh it must be.
     *
     * @param within evidence older than this no longer proves anything
     * @param skew how far apart the parts of a set may have been captured
     */
    public record Proof(
            io.poolkeeper.catalogue.Depth databases,
            io.poolkeeper.catalogue.Depth others,
            Duration within,
            Duration skew) {}

    /**
     * How long sets stay.
     *
     * @param keep how many daily, weekly and monthly sets
     * @param minimumProven how many proven sets always stay
     */
    public record Retention(Map<String, Integer> keep, int minimumProven) {}

    /** The company's standard method per kind. */
    public record Methods(
            io.poolkeeper.catalogue.Method database,
            io.poolkeeper.catalogue.Method share,
            List<io.poolkeeper.catalogue.Method> directory,
            io.poolkeeper.catalogue.Method settings) {}

    /**
     * A process that executes steps on a host.
     *
     * @param vault the vault as that host sees it; absent if it does not, or if it sees it as the coordinator does
     * @param handOff the folder for jobs, if the host has no Java
     * @param user as whom it logs in to the broker; absent if as the coordinator does
     */
    public record Worker(
            String name,
            Optional<Path> vault,
            Optional<Path> handOff,
            Optional<String> user,
            Optional<SecretRef> password) {

        /** Whether its host has no Java and gets jobs in a folder instead. */
        public boolean isHandOff() {
            return handOff.isPresent();
        }
    }

    /** Whether a worker can get steps: the one inside the coordinator, those by hand-off, and those that the broker reaches. */
    public boolean isServed(String worker) {
        return worker.equals(LOCAL) || worksByHandOff(worker) || (broker.isPresent() && workers.containsKey(worker));
    }

    /** Whether a worker is a host without Java, whose steps the coordinator does in its name. */
    public boolean worksByHandOff(String worker) {
        return Optional.ofNullable(workers.get(worker))
                .filter(Worker::isHandOff)
                .isPresent();
    }

    /** Whether an instance is asked by sqlcmd of a host without Java, and by nobody else. */
    public boolean askedByHost(SqlSource source) {
        return source.bySqlcmd() && worksByHandOff(source.worker());
    }

    /** The risks that somebody decided to live with. */
    public boolean accepts(AcceptedRisk.Risk risk) {
        return acceptedRisks.stream().anyMatch(accepted -> accepted.risk() == risk);
    }

    /** The SQL Server instances that hold parts: all but those that serve drills alone. */
    public Map<String, SqlSource> sources() {
        var sources = new java.util.LinkedHashMap<>(sql);
        sources.values().removeIf(SqlSource::drillOnly);
        return sources;
    }

    /** What the file says about a part that another product backs up; its whole name goes before a short form. */
    public Optional<Observation> said(PartId part) {
        var whole = part.toString();
        return observed.stream()
                .filter(observation -> observation.part().equalsIgnoreCase(whole))
                .findFirst()
                .or(() -> observed.stream()
                        .filter(observation -> observation.fits(part))
                        .findFirst());
    }

    /** How a part is observed, whether or not the file says so. */
    public Observation observation(PartId part) {
        return said(part).orElseGet(() -> Observation.unsaid(part));
    }

    /** The company's own command for a part, if it has one. */
    public Optional<OwnCommand> command(PartId part) {
        return switch (part.kind()) {
            case SHARE -> Optional.ofNullable(shares.get(part.name())).flatMap(ShareSource::command);
            case DIRECTORY -> directory.flatMap(DirectorySource::command);
            default -> Optional.empty();
        };
    }

    /** The tools of a domain controller, and who runs them. */
    public DirectorySource.Controller controller() {
        return directory.map(DirectorySource::controller).orElse(DirectorySource.USUAL);
    }

    /** How a share is captured: by its own command, else by the company's standard. */
    public io.poolkeeper.catalogue.Method shareMethod(String key) {
        return Optional.ofNullable(shares.get(key))
                .flatMap(ShareSource::command)
                .map(command -> io.poolkeeper.catalogue.Method.COMMAND)
                .orElse(methods.share());
    }

    /** The plan that a run of a watched share is one of: the one that it names, else the first that captures it. */
    public Optional<PlanConfig> watchPlan(ShareSource share) {
        return watchPlan("share:" + share.key(), share.watch().flatMap(ShareSource.Watch::plan));
    }

    /** The plan that a run of a watched export is one of, likewise. */
    public Optional<PlanConfig> watchPlan(Observation observation) {
        return watchPlan(observation.part(), observation.watch().flatMap(Observation.Watch::plan));
    }

    private Optional<PlanConfig> watchPlan(String part, Optional<String> named) {
        return plans.values().stream()
                .filter(plan -> named.map(plan.name()::equals).orElse(true))
                .filter(plan -> plan.captures(part))
                .findFirst();
    }

    /**
     * The server on which an instance runs: the one that its URL names; else the Standard Edition server or the back end of its
     * pool, if there is one pool that it can be of.
     */
    public Optional<Pool.Server> serverOf(SqlSource source) {
        var host = source.host();
        return pools.stream()
                .flatMap(pool -> pool.servers().stream())
                .filter(server -> server.isCalled(host))
                .findFirst()
                .or(() -> source.pool().flatMap(this::pool).or(this::onlyPool).flatMap(Pool::sqlServer));
    }

    /** The first server whose steps a worker executes. */
    public Optional<Pool.Server> serverOf(String worker) {
        return pools.stream()
                .flatMap(pool -> pool.servers().stream())
                .filter(server -> server.worker().equals(worker))
                .findFirst();
    }

    private Optional<Pool> onlyPool() {
        return pools.size() == 1 ? Optional.of(pools.get(0)) : Optional.empty();
    }

    /** The pool of a name, without regard to case. */
    public Optional<Pool> pool(String poolName) {
        return pools.stream()
                .filter(pool -> pool.name().equalsIgnoreCase(poolName))
                .findFirst();
    }
}
