// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.directory.CaptureByController;
import io.poolkeeper.directory.CaptureByLdifde;
import io.poolkeeper.set.Hashes;
import io.poolkeeper.settings.CaptureSettings;
import io.poolkeeper.settings.CaptureUserData;
import io.poolkeeper.site.Site;
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

/** The jobs that a host without Java can be asked for, with their command lines: a pure function of the site file. */
public final class HostJobs {
    private static final int DIGEST = 16;
    private static final String HINT =
            "by hand-off this release does lcscmd, dbimpexp, ldifde, ifm and system-state: let the coordinator reach the"
                    + " part with worker: local, or run a worker with Java on a host that does";

    private final List<HostJob> all;

    private HostJobs(List<HostJob> all) {
        this.all = all;
    }

    /** Those of a worker; what cannot be a job is left out, as the plan says. */
    public static HostJobs of(Site site, String worker) {
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
        return new HostJobs(List.copyOf(jobs));
    }

    /** All, in the order of the plan. */
    public List<HostJob> all() {
        return all;
    }

    /** Changes whenever a command line does: a host with other command lines refuses a job. */
    public String digest() {
        return Hashes.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST);
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
            case LCSCMD -> Optional.of(CaptureSettings.hostJob(site, part));
            case DBIMPEXP -> Optional.of(CaptureUserData.hostJob(site, part));
            case LDIFDE -> Optional.of(CaptureByLdifde.hostJob(site, part));
            case IFM -> Optional.of(CaptureByController.hostJob(site, part));
            case SYSTEM_STATE -> Optional.of(HostImages.systemState(site, part));
            default -> Optional.empty();
        };
    }
}
