// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.database.HostSql;
import io.poolkeeper.directory.CaptureByController;
import io.poolkeeper.directory.CaptureByLdifde;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.settings.CaptureSettings;
import io.poolkeeper.settings.CaptureUserData;
import io.poolkeeper.share.HostShares;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.tool.HostImages;
import io.poolkeeper.tool.HostJob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jobs that a host without Java can be asked for, with their command lines: those that the site file alone makes, and one
 * for each database that is known of the instances that the host asks by sqlcmd.
 */
public final class HostJobs {
    private static final int DIGEST = 16;
    private static final String HINT =
            "by hand-off this release does lcscmd, dbimpexp, sqlcmd, ldifde, ifm, system-state and, of shares, wbadmin: let the coordinator reach the"
                    + " part with worker: local, or run a worker with Java on a host that does";

    /** Stands for any database: how one is backed up belongs to the command lines, which ones there are does not. */
    private static final String ANY = "<database>";

    private final List<HostJob> all;
    private final String digest;

    private HostJobs(List<HostJob> all, String digest) {
        this.all = all;
        this.digest = digest;
    }

    /**
     * Those of a worker; what cannot be a job is left out, as the plan says.
     *
     * @param inventory what is known of databases; those that the site file and the catalogue ask for are known anyway
     */
    public static HostJobs of(Site site, String worker, Inventory inventory) {
        var jobs = ofSite(site, worker);
        var digest = digest(site, worker, jobs);
        asked(site, worker).forEach(source -> databases(site, source, inventory).forEach(jobs::add));
        return new HostJobs(List.copyOf(jobs), digest);
    }

    /** Changes whenever a command line does, but not when a database comes: a host with other command lines refuses a job. */
    public static String digest(Site site, String worker) {
        return digest(site, worker, ofSite(site, worker));
    }

    private static String digest(Site site, String worker, List<HostJob> ofSite) {
        var all = new ArrayList<>(ofSite);
        asked(site, worker).forEach(source -> all.add(HostSql.backup(site, PartId.database(source.key(), ANY))));
        return Hashes.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST);
    }

    private static Stream<SqlSource> asked(Site site, String worker) {
        return site.sources().values().stream()
                .filter(source -> source.worker().equals(worker) && site.askedByHost(source));
    }

    /** All that may be wanted of an instance: what is decided about them may change, and needs no new files then. */
    private static Stream<HostJob> databases(Site site, SqlSource source, Inventory inventory) {
        return new DatabaseParts(site, inventory)
                .all().stream()
                        .filter(part -> part.part().owner().equals(source.key())
                                && part.disposition() != Disposition.ABSENT
                                && !part.part().leaf().equalsIgnoreCase("tempdb"))
                        .flatMap(part -> {
                            try {
                                return Stream.of(HostSql.backup(site, part.part()));
                            } catch (StepFault e) {
                                return Stream.empty(); // the plan says so of the part
                            }
                        });
    }

    private static List<HostJob> ofSite(Site site, String worker) {
        var jobs = new ArrayList<HostJob>();
        Stream.concat(new DirectoryParts(site).all().stream(), new SettingsParts(site).all().stream())
                .filter(part -> part.worker().equals(worker) && part.toCapture())
                .forEach(part -> {
                    try {
                        job(site, part.part(), part.method()).ifPresent(jobs::add);
                    } catch (StepFault e) {
                        // the plan says so of the part
                    }
                });
        try {
            new HostShares(site).job(worker).ifPresent(jobs::add);
        } catch (StepFault e) {
            // the plan says so of each share
        }
        asked(site, worker).forEach(source -> jobs.add(HostSql.discover(site, source)));
        return jobs;
    }

    /** All, in the order of the plan; databases last. */
    public List<HostJob> all() {
        return all;
    }

    /** As {@link #digest(Site, String)}. */
    public String digest() {
        return digest;
    }

    /** What the job of a part is called, if a host without Java is asked for it. */
    static Optional<String> nameOf(Site site, Expectation part) {
        try {
            return job(site, part.part(), part.method()).map(HostJob::name);
        } catch (StepFault e) {
            return Optional.empty();
        }
    }

    /** A part as far as hand-off can take it. */
    static Expectation feasible(Site site, Expectation part) {
        try {
            return job(site, part.part(), part.method()).isPresent()
                    ? part
                    : part.failed(refusal(part.worker(), part.part(), part.method()), HINT);
        } catch (StepFault e) {
            return part.failed(String.valueOf(e.getMessage()), e.hint());
        }
    }

    /**
     * Refuses to do here what only a host without Java can do.
     *
     * @throws PermanentFault if the step is one of such a host, and no job of its
     */
    public static void require(Site site, Step step) {
        if (site.worksByHandOff(step.worker())
                && step.part().kind() != Kind.SOURCE
                && job(site, step.part(), step.method()).isEmpty()) {
            throw new PermanentFault(refusal(step.worker(), step.part(), step.method()), HINT);
        }
    }

    private static String refusal(String worker, PartId part, Method method) {
        return "worker " + worker + " works by hand-off, and no job captures a "
                + part.kind().word() + " by method " + method.word();
    }

    private static Optional<HostJob> job(Site site, PartId part, Method method) {
        return switch (method) {
            case SQLCMD -> Optional.of(HostSql.backup(site, part));
            case WBADMIN -> part.kind() == Kind.SHARE ? Optional.of(new HostShares(site).job(part)) : Optional.empty();
            case LCSCMD -> Optional.of(CaptureSettings.hostJob(site, part));
            case DBIMPEXP -> Optional.of(CaptureUserData.hostJob(site, part));
            case LDIFDE -> Optional.of(CaptureByLdifde.hostJob(site, part));
            case IFM -> Optional.of(CaptureByController.hostJob(site, part));
            case SYSTEM_STATE -> Optional.of(HostImages.systemState(site, part));
            default -> Optional.empty();
        };
    }
}
