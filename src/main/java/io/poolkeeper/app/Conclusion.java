// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.notify.News;
import io.poolkeeper.notify.Report;
import io.poolkeeper.notify.SummaryJson;
import io.poolkeeper.proof.Prover;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Outcomes;
import io.poolkeeper.run.Run;
import io.poolkeeper.run.RunOutcome;
import io.poolkeeper.run.Runs;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.Output.Published;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run: sums it up, adds the evidence to the vault, computes what can be restored, and closes the run together with
 * its news. Bean {@code conclusion}. Safe to repeat: evidence has names that repeat with it, and a run is closed once.
 */
public final class Conclusion {
    private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);

    /** E.g. {@code 2026-11-23T230000Z-nightly-7c1a}. */
    private static final Pattern SET_ID = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z-[a-z0-9-]+");

    private final Site site;
    private final Vault vault;
    private final Runs runs;
    private final News news;
    private final Prover prover;
    private final Clock clock;

    Conclusion(Site site, Vault vault, Runs runs, News news, Prover prover, Clock clock) {
        this.site = site;
        this.vault = vault;
        this.runs = runs;
        this.news = news;
        this.prover = prover;
        this.clock = clock;
    }

    /** Concludes a run; nothing happens if it has its final outcome. */
    public void conclude(String id) {
        var run = runs.find(id).orElseThrow(() -> new MessageRefused("nobody knows run " + id));
        if (run.isClosed()) {
            return;
        }
        var results = runs.finalResults(id);
        var outcome = Outcomes.of(run, runs.expectations(id), results, clock.instant());
        var notes = new ArrayList<String>();
        discardUnpublished(run, results, notes);
        addFindings(run, results, notes);
        var noted = noted(outcome, notes);
        var restorability = prover.at(clock.instant());
        var told = withDirectory(noted, restorability.directory());
        var report = new Report(site, told, restorability, recovered(run, noted.exit()));
        var summary = SummaryJson.of(report);
        addSummary(run, results, summary);
        runs.close(id, noted.exit(), Json.line(summary), news.of(report));
    }

    private boolean recovered(Run run, ExitCode exit) {
        var before = runs.before(run).map(Run::exit).orElse(null);
        return before != null && before > ExitCode.WARNING.code() && exit.code() <= ExitCode.WARNING.code();
    }

    /**
     * How old the newest restorable backup of Active Directory is, in the report of a backup that is about the directory. No
     * exit code comes from it: who backs it up may be nobody's business here.
     */
    private static RunOutcome withDirectory(RunOutcome outcome, @Nullable String age) {
        var about = outcome.run().request().kind().equals("backup")
                && outcome.parts().stream()
                        .anyMatch(part -> part.kind() == Kind.DIRECTORY
                                && part.disposition().captured());
        return age != null && about ? outcome.with(List.of(age)) : outcome;
    }

    /** What could not be written is no secret: without evidence nothing is concluded. */
    private static RunOutcome noted(RunOutcome outcome, List<String> notes) {
        if (notes.isEmpty()) {
            return outcome;
        }
        var exit = ExitCode.worst(List.of(outcome.exit(), ExitCode.INCONCLUSIVE));
        return outcome.with(notes).with(outcome.exit() == ExitCode.NOT_STARTED ? outcome.exit() : exit);
    }

    private void discardUnpublished(Run run, List<StepResult> results, List<String> notes) {
        var published = results.stream().anyMatch(result -> result.output() instanceof Published);
        try {
            if (run.request().kind().equals("backup") && !published) {
                vault.discard(run.requiredSet());
            }
            Disk.delete(vault.partial(run.id()).resolve(".attempts"));
        } catch (IOException e) {
            notes.add("what the run left in " + vault.partial(run.id()) + " cannot be deleted: " + e.getMessage());
        }
    }

    private void addFindings(Run run, List<StepResult> results, List<String> notes) {
        var bySet = new TreeMap<String, List<Evidence.Finding>>();
        for (var result : results) {
            var set = setOf(run, result);
            if (result.output() instanceof Judged judged
                    && set != null
                    && result.step().startsWith(Action.COHERE.word() + "-")) {
                addEvidence(run, set, Evidence.COHERENCE, result.finished(), List.of(finding(result, judged)), notes);
            } else if (result.output() instanceof Judged judged && set != null && speaksForAll(run, judged)) {
                bySet.computeIfAbsent(set, key -> new ArrayList<>()).add(finding(result, judged));
                elsewhere(result, judged, set)
                        .forEach((other, finding) -> bySet.computeIfAbsent(other, key -> new ArrayList<>())
                                .add(finding));
            }
        }
        var at = at(run, results);
        for (var entry : bySet.entrySet()) {
            var kind = run.request().kind().equals("backup")
                    ? "verify"
                    : run.request().kind();
            addEvidence(run, entry.getKey(), kind, at, entry.getValue(), notes);
        }
    }

    private void addEvidence(
            Run run, String set, String kind, Instant at, List<Evidence.Finding> findings, List<String> notes) {
        try {
            vault.addEvidence(new Evidence(set, kind, run.id(), at, findings, null));
        } catch (IOException e) {
            notes.add("the evidence about set " + set + " could not be written to the vault: " + e.getMessage());
        }
    }

    /** Some files that came back prove nothing about the others; a damaged one is damage all the same. */
    private static boolean speaksForAll(Run run, Judged judged) {
        return run.request().path() == null || judged.verdict() == Verdict.SUSPECT;
    }

    /** Damage in a set that the judged one builds on is evidence about that set as well: {@code <set>/<path within it>}. */
    private static Map<String, Evidence.Finding> elsewhere(StepResult result, Judged judged, String set) {
        var damages = new TreeMap<String, List<Output.Damage>>();
        for (var damage : judged.damages()) {
            var slash = damage.file().indexOf('/');
            var other = slash < 0 ? "" : damage.file().substring(0, slash);
            if (SET_ID.matcher(other).matches() && !other.equals(set)) {
                damages.computeIfAbsent(other, key -> new ArrayList<>())
                        .add(new Output.Damage(damage.file().substring(slash + 1), damage.what()));
            }
        }
        var findings = new TreeMap<String, Evidence.Finding>();
        damages.forEach((other, found) -> findings.put(
                other,
                new Evidence.Finding(
                        result.part(), Verdict.SUSPECT, judged.depth(), result.finished(), found, null, 0, 0)));
        return findings;
    }

    private @Nullable String setOf(Run run, StepResult result) {
        return run.set() == null ? runs.setOfStep(run.id(), result.step()).orElse(null) : run.set();
    }

    private static Evidence.Finding finding(StepResult result, Judged judged) {
        var seconds = Duration.between(result.started(), result.finished()).toMillis() / 1000.0;
        return new Evidence.Finding(
                result.part(),
                judged.verdict(),
                judged.depth(),
                result.finished(),
                judged.damages(),
                judged.reason(),
                judged.bytes(),
                Math.max(0, seconds));
    }

    /** The same instant however often this is repeated: it is part of the evidence's file name. */
    private static Instant at(Run run, List<StepResult> results) {
        return results.stream()
                .map(StepResult::finished)
                .max(Comparator.naturalOrder())
                .orElse(run.created());
    }

    /** Best effort: a vault that cannot be reached must not keep a run from ending, or the news from being told. */
    private void addSummary(Run run, List<StepResult> results, JsonNode summary) {
        var about = run.set() == null ? run.id() : run.set();
        try {
            vault.addEvidence(new Evidence(about, "run", run.id(), at(run, results), List.of(), summary));
        } catch (IOException e) {
            LOG.error("the summary of run {} could not be written to the vault: {}", run.id(), e.getMessage());
        }
    }
}
