// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What restoring a database in place would do, asked from the server that it would happen on; nothing is changed. */
public final class RestorePreview {
    private final Site site;

    /** Previews for a site. */
    public RestorePreview(Site site) {
        this.site = site;
    }

    /**
     * What would happen.
     *
     * @param where {@code sql:<key>/<database>}
     * @param lost what is there and would be lost; null if nothing is there
     * @param keep how to keep it; null if nothing is there
     * @param statements in their order; files stand where they would be staged
     */
    public record Preview(
            String where, @Nullable String lost, @Nullable String keep, List<String> statements) {}

    /**
     * Previews one database.
     *
     * @param at the point in time that its log is replayed to, UTC; null for all of it
     * @throws io.poolkeeper.step.StepFault if it cannot be restored there, or the server cannot be asked
     */
    public Preview of(StoredPart last, Place place, @Nullable Instant at) {
        var part = last.part().part();
        var destination = Destination.inPlace(site, part, place);
        try (var connection = SqlConnections.open(destination.instance(), SqlConnections.LOGIN)) {
            var chain = StoredChain.of(last);
            var moves = new FilePlacement(
                            connection,
                            destination,
                            site.catalogue().standardEdition().folders('C'))
                    .clauses(BackupFile.recorded(chain.get(0).part().recorded()));
            var live = LiveDatabase.find(connection, destination.name());
            return new Preview(
                    destination.where(),
                    live.map(LiveDatabase::told).orElse(null),
                    live.map(LiveDatabase::keep).orElse(null),
                    RestoreScript.of(
                            destination,
                            chain,
                            link -> destination
                                    .instance()
                                    .seenByServer(chain.get(link).manifest().set() + ".bak"),
                            moves,
                            RestoreScript.stopAt(last, at, site.zone())));
        } catch (SQLException e) {
            throw SqlFaults.sort("asking sql." + destination.instance().key() + " about " + part, e);
        } catch (StoredChain.Broken | IOException | MalformedDocument e) {
            throw new PermanentFault(
                    part + " cannot be restored from set " + last.manifest().set() + ": " + e.getMessage(),
                    "choose another set or time; 'list' shows the sets");
        }
    }
}
