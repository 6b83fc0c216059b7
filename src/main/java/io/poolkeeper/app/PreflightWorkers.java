// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.run.Workers.Heard;
import io.poolkeeper.set.Release;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a running coordinator has heard of the workers of their own. */
final class PreflightWorkers {
    /** Three of the signs that come every ten seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Site site;
    private final Clock clock;

    PreflightWorkers(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    /**
     * One finding or more per worker.
     *
     * @param heard empty if no coordinator answers
     */
    void look(Optional<List<Heard>> heard, Findings findings) {
        var now = clock.instant();
        for (var worker : site.workers().values()) {
            if (worker.name().equals(Site.LOCAL)) {
                continue;
            }
            var about = "workers." + worker.name();
            if (worker.isHandOff()) {
                new PreflightHandOff(site, worker, clock).look(findings);
            } else if (site.broker().isEmpty()) {
                findings.problem(about, "gets no steps: there is no broker", "add broker.url, or use worker: local");
            } else if (heard.isEmpty()) {
                findings.unknown(
                        about, "no coordinator answers, so nobody tells of workers", "start serve, then check again");
            } else {
                of(worker.name(), about, heard.get(), now, findings);
            }
        }
    }

    private void of(String name, String about, List<Heard> heard, Instant now, Findings findings) {
        var fresh = heard.stream()
                .filter(one -> one.presence().worker().equals(name))
                .filter(one -> one.at().isAfter(now.minus(SILENCE)))
                .toList();
        if (fresh.isEmpty()) {
            findings.problem(
                    about,
                    "was not heard of for " + SILENCE.toSeconds() + " s",
                    "start 'worker --name " + name + "' on its host; its log says why it ended");
        }
        fresh.forEach(one -> judge(about, one, findings));
    }

    private void judge(String about, Heard one, Findings findings) {
        var presence = one.presence();
        var who = presence.process() + " as " + presence.account();
        if (!presence.siteHash().equals(site.hash())) {
            findings.problem(about, who + " has another site file", "give it the same file and restart it");
            return;
        }
        if (!presence.can().contains("vault")) {
            findings.problem(
                    about, who + " cannot write the vault as it sees it", "see workers.*.vault, and its permissions");
            return;
        }
        if (!presence.release().equals(Release.version())) {
            findings.warning(
                    about,
                    who + " is release " + presence.release() + ", this is " + Release.version(),
                    "give both the same release");
        }
        if (one.skew().abs().compareTo(SKEW) > 0) {
            findings.warning(
                    about,
                    "the clock of " + who + " differs by " + one.skew().toSeconds() + " s",
                    "let both hosts keep their time by the same source");
        }
        findings.ok(about, who + ", release " + presence.release() + ", has " + String.join(", ", presence.can()));
    }
}
