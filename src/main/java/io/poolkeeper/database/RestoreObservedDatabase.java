// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Restores a database from the backups that another product made of it, where they lie, each by its position in the media, under
 * another name on the instance for drills; DBCC CHECKDB reads all of it. That instance must be able to read the files: as msdb
 * names them, or in the folder that the site file says.
 */
public final class RestoreObservedDatabase implements StepHandler {
    private static final String UNRECORDED =
            "DBCC CHECKDB alone speaks for it: the other product records no rows to compare with";

    private final Site site;
    private final Turns turns;

    /** Restores observed databases of a site. */
    public RestoreObservedDatabase(Site site, Turns turns) {
        this.site = site;
        this.turns = turns;
    }

    @Override
    public Output handle(Step step, Work work) {
        if (step.place() != Place.BESIDE) {
            throw new PermanentFault(
                    "another product keeps the backups of " + step.part(), "restore it in place with that product");
        }
        var destination = Destination.of(site, step);
        var judged = PartCheck.judge(
                step,
                work,
                stored -> turns.during(destination.instance(), work, () -> restore(step, work, stored, destination)));
        if (judged.verdict() != Verdict.PROVEN) {
            return judged;
        }
        return new Judged(
                Verdict.PROVEN,
                Depth.RESTORED,
                List.of(),
                null,
                judged.bytes(),
                stays(step) ? destination.where() : null,
                List.of(UNRECORDED));
    }

    private static boolean stays(Step step) {
        return step.keep() || step.action() == Action.RESTORE;
    }

    private Finding restore(Step step, Work work, StoredPart stored, Destination destination) {
        var node = stored.part().recorded();
        var links = node == null ? MissingNode.getInstance() : node.path("links");
        if (links.isEmpty()) {
            return new Finding(List.of(), "the set does not say which backups were seen");
        }
        for (var link : links) {
            if (!link.path("on_disk").asBoolean()) {
                return new Finding(
                        List.of(),
                        link.path("who").asText() + " is no file that SQL Server reads. Restore it with that product");
            }
        }
        try (var connection = SqlConnections.open(destination.instance(), SqlConnections.LOGIN)) {
            var unreadable = unreadable(step, work, connection, links, destination);
            return unreadable == null
                    ? trial(step, work, connection, links, destination)
                    : new Finding(List.of(), unreadable);
        } catch (SQLException e) {
            throw SqlFaults.sort("restoring " + step.part() + " to " + destination.where(), e);
        }
    }

    private ObservedMedia media(Step step, Work work, Connection connection, JsonNode link) {
        return new ObservedMedia(
                new JdbcStatements(connection, work), ObservedMedia.places(link, site.observation(step.part())));
    }

    /** Why the instance for drills cannot restore from where they lie; null if it can. */
    private @Nullable String unreadable(
            Step step, Work work, Connection connection, JsonNode links, Destination destination) {
        for (var link : links) {
            var media = media(step, work, connection, link);
            try {
                var header = ObservedMedia.at(link.path("position").asInt(), media.headers());
                if (header.isEmpty() || !header.get().is(link, step.part().leaf())) {
                    return "what sql." + destination.instance().key() + " reads" + media.from()
                            + " is not that backup. HINT: say under observed, folder where both servers find it";
                }
            } catch (SQLException e) {
                return "sql." + destination.instance().key() + " cannot read" + media.from() + ": " + SqlFaults.text(e)
                        + ". HINT: say under observed, folder where both servers find it";
            }
        }
        return null;
    }

    private Finding trial(Step step, Work work, Connection connection, JsonNode links, Destination destination)
            throws SQLException {
        var damages = new ArrayList<Damage>();
        var stays = false;
        try {
            restore(step, work, connection, links, destination);
            damages.addAll(
                    new RestoredCheck(connection, work, step.part().toString(), destination.name()).consistency());
            stays = damages.isEmpty() && stays(step);
        } catch (SQLException e) {
            work.checkCancelled();
            if (!SqlFaults.damage(e)) {
                throw e;
            }
            damages.add(new Damage(step.part().toString(), SqlFaults.text(e)));
        } finally {
            if (!stays) {
                destination.drop(connection);
            }
        }
        return new Finding(damages, null);
    }

    private void restore(Step step, Work work, Connection connection, JsonNode links, Destination destination)
            throws SQLException {
        var last = links.size() - 1;
        for (var number = 0; number <= last; number++) {
            var link = links.get(number);
            var media = media(step, work, connection, link);
            var position = link.path("position").asInt();
            var moves = number > 0
                    ? ""
                    : new FilePlacement(connection, destination, List.of())
                            .clauses(BackupFile.listed(
                                    new JdbcStatements(connection, work), media.from() + " WITH FILE = " + position));
            var sql = ("L".equals(link.path("type").asText()) ? "RESTORE LOG " : "RESTORE DATABASE ")
                    + Quoted.name(destination.name()) + media.from() + " WITH FILE = " + position + ", " + moves
                    + (link.path("checksums").asBoolean() ? "CHECKSUM, " : "")
                    + (number == last ? "RECOVERY" : "NORECOVERY") + ", STATS = 5";
            new JdbcStatements(connection, work).run(sql).orThrow();
        }
    }
}
