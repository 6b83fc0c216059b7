// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.BackupAge;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.Observation;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks which backups of a database another product made, by what SQL Server itself recorded of them (msdb), and whether
 * they are still where they were written. The question is constant SQL beside the route that asks it (routes/worker/
 * observe-database.sql). Nothing is copied.
 */
public final class ObserveDatabase {
    private final Site site;
    private final Clock clock;

    /**
     * Observes databases of a site.
     *
     * @param clock ours; ages are judged by the server's own
     */
    public ObserveDatabase(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    /** The key of the instance that a step is about. */
    public String sqlKey(Step step) {
        return CaptureDatabase.source(site, step.part()).key();
    }

    /** An instance that cannot be asked leaves the question open, which is a failure of the step. */
    public Output unreachable(Step step, SQLException error) {
        var source = CaptureDatabase.source(site, step.part());
        throw SqlFaults.refused(source, "asking sql." + source.key() + " for the backups of " + step.part(), error);
    }

    /**
     * What the rows of the question say about a step's database.
     *
     * @param rows column label to value
     * @throws PermanentFault if there is no backup, if it is too old, damaged, or gone
     */
    public Output.Captured found(Step step, List<Map<String, Object>> rows, Work work) {
        var source = CaptureDatabase.source(site, step.part());
        var observation = site.observation(step.part());
        var sets = ObservedSet.of(step.part().leaf(), rows);
        var chain = ObservedChain.choose(sets, observation.maxAge()).orElseThrow(() -> none(step, source, sets));
        var warnings = new ArrayList<>(chain.notes());
        warnings.addAll(BackupAge.judge(
                step.part(), chain.age(), observation.maxAge(), chain.last().told() + told(chain.notes())));
        var recorded = recorded(chain, observation);
        work.checkCancelled();
        if (chain.onDisk()) {
            present(step, source, recorded, observation, work);
        }
        return new Output.Captured(List.of(), recorded, Map.of(), Level.FULL, null, warnings);
    }

    private static String told(List<String> notes) {
        return notes.isEmpty() ? "" : "; " + String.join("; ", notes);
    }

    private static PermanentFault none(Step step, SqlSource source, List<ObservedSet> sets) {
        var damaged =
                sets.stream().filter(set -> set.facts().type().equals("D")).reduce((earlier, later) -> later);
        return new PermanentFault(
                damaged.map(set -> "the newest full backup of " + step.part() + " is marked as damaged in msdb: "
                                + set.told())
                        .orElse("msdb of sql." + source.key() + " knows no full backup of " + step.part()
                                + " by another product"),
                damaged.isPresent()
                        ? "run DBCC CHECKDB on the database, and have the other product make a new full backup at once"
                        : "does the other product back it up, or was msdb's history deleted? else give it another method");
    }

    private ObjectNode recorded(ObservedChain chain, Observation observation) {
        var recorded = JsonNodeFactory.instance.objectNode();
        var links = recorded.putArray("links");
        chain.links().forEach(link -> links.add(link.recorded()));
        var places = new ArrayList<String>();
        links.forEach(link -> places.addAll(ObservedMedia.places(link, observation)));
        var now = clock.instant();
        var finished = now.minus(chain.age());
        new ObservedBackup(
                        (finished.isAfter(now) ? now : finished).truncatedTo(ChronoUnit.MILLIS),
                        chain.last().who(),
                        String.join(", ", places.stream().distinct().toList()))
                .write(recorded);
        recorded.put("max_age", observation.maxAge().toString());
        return recorded;
    }

    /** What is not there any more is no backup; what cannot be looked at is left to the verification. */
    private void present(Step step, SqlSource source, ObjectNode recorded, Observation observation, Work work) {
        try (var statements = new Clients(site).open(source, work)) {
            for (var link : recorded.path("links")) {
                present(step, statements, link, ObservedMedia.places(link, observation));
            }
        } catch (SQLException e) {
            throw SqlFaults.sort("looking at the backups of " + step.part() + " on sql." + source.key(), e);
        }
    }

    private static void present(Step step, Statements statements, JsonNode link, List<String> places) {
        var media = new ObservedMedia(statements, places);
        try {
            var header = ObservedMedia.at(link.path("position").asInt(), media.headers());
            if (header.isEmpty() || !header.get().is(link, step.part().leaf())) {
                throw gone(
                        step,
                        link,
                        places,
                        header.map(other -> "holds a backup of " + other.database() + " finished " + other.finished()
                                        + " in its place")
                                .orElse("holds no set at position "
                                        + link.path("position").asInt()));
            }
        } catch (SQLException e) {
            if (media.gone(e)) {
                throw gone(step, link, places, "is gone: " + SqlFaults.cause(e).text());
            }
        }
    }

    private static StepFault gone(Step step, JsonNode link, List<String> places, String what) {
        return new PermanentFault(
                "the newest backup of " + step.part() + ", " + link.path("who").asText() + " finished "
                        + link.path("finished").asText() + " (server time), is not where msdb says: "
                        + String.join(", ", places) + " " + what,
                "if it was moved, say where to: folder under observed; else have the other product make a new one");
    }
}
