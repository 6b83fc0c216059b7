// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.plan.HostJobs;
import io.poolkeeper.plan.RecordedInventory;
import io.poolkeeper.set.Release;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.HostJob;
import io.poolkeeper.tool.HostSign;
import io.poolkeeper.tool.HostText;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the job folder of a host without Java tells: whether it can be used, and when the host was last seen. */
final class PreflightHandOff {
    /** Its task runs every minute. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Site site;
    private final Site.Worker worker;
    private final Clock clock;
    private final String about;

    PreflightHandOff(Site site, Site.Worker worker, Clock clock) {
        this.site = site;
        this.worker = worker;
        this.clock = clock;
        this.about = "workers." + worker.name();
    }

    void look(Findings findings) {
        var folder = new HandOffFolder(worker.handOff().orElseThrow());
        if (!Files.isDirectory(folder.base())) {
            findings.problem(
                    about,
                    "there is no job folder " + folder.base() + " that can be reached from here",
                    "make it, or check the file server: workers." + worker.name() + ".handOff");
            return;
        }
        for (var needed : new java.nio.file.Path[] {folder.base(), folder.in(), folder.out()}) {
            if (Files.exists(needed) && !Files.isWritable(needed)) {
                findings.problem(
                        about,
                        needed + " cannot be written",
                        "give the account that runs Poolkeeper the right to change files there");
                return;
            }
        }
        try {
            HostSign.read(folder)
                    .ifPresentOrElse(
                            sign -> seen(sign, folder, findings),
                            () -> findings.problem(
                                    about,
                                    "the host was never seen: there is no " + folder.alive(),
                                    "'script --host' writes what runs there every minute; its README.txt says how"));
        } catch (HostText.Unreadable e) {
            findings.problem(
                    about,
                    "the host's sign of life " + folder.alive() + " makes no sense: " + e.what(),
                    "does anything but poolkeeper-host.cmd write there?");
        } catch (IOException e) {
            findings.unknown(about, folder.alive() + " cannot be read: " + e.getMessage(), "check the file server");
        }
    }

    private void seen(HostSign sign, HandOffFolder folder, Findings findings) {
        var age = Duration.between(sign.written(), clock.instant());
        var last = "the host was last seen at " + sign.written() + ", " + Math.max(0, age.toSeconds()) + " s ago";
        if (age.compareTo(SILENCE) > 0) {
            working(folder)
                    .ifPresentOrElse(
                            job -> findings.warning(
                                    about,
                                    last + "; it has begun job " + job + " and not ended it",
                                    "a job of its size may take so long; if not, look on the host what became of it"),
                            () -> findings.problem(
                                    about, last, "does its task still run every minute, and may it write there?"));
            return;
        }
        var jobs = HostJobs.of(site, worker.name(), new RecordedInventory(site).read());
        if (!sign.commands().equals(jobs.digest())) {
            findings.problem(
                    about,
                    last + "; its command lines are those of another site file, so it refuses jobs",
                    "write them again with 'script --host' and copy poolkeeper-jobs.cmd to it");
            return;
        }
        if (!sign.release().equals(Release.version())) {
            findings.warning(
                    about,
                    "its script was written by release " + sign.release() + ", this is " + Release.version(),
                    "write it again with 'script --host'");
        }
        if (sign.skew().abs().compareTo(SKEW) > 0) {
            findings.warning(
                    about,
                    "its clock differs from that of its job folder's server by "
                            + sign.skew().toSeconds() + " s",
                    "let both keep their time by the same source: it skips jobs that look too old");
        }
        var missing = jobs.all().stream()
                .map(HostJob::name)
                .filter(name -> !sign.can().contains(name))
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            findings.ok(about, last + "; it does " + String.join(", ", sign.can()));
        } else {
            findings.problem(about, last + "; it does not do " + missing, "write its files again with 'script --host'");
        }
    }

    /** A job that was begun and not ended. */
    private static Optional<String> working(HandOffFolder folder) {
        try (var files = Files.list(folder.in())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".claimed"))
                    .map(name -> name.substring(0, name.length() - ".claimed".length()))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
