// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The statements that restore a chain, in their order. Pure. */
final class RestoreScript {
    /** ISO 8601 is read alike in every language of a session. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private RestoreScript() {}

    /**
     * One statement per link. Every link but the last leaves the database restoring, so that the next can follow.
     *
     * @param chain oldest first
     * @param device the file of a link, as the server sees it
     * @param moves the clauses MOVE of the first statement, each ending with a comma
     * @param stopAt where the last link, a log, ends, by the clock of the server that wrote it; null for all of it
     */
    static List<String> of(
            Destination destination,
            List<StoredPart> chain,
            IntFunction<String> device,
            String moves,
            @Nullable LocalDateTime stopAt) {
        var statements = new ArrayList<String>();
        var last = chain.size() - 1;
        for (var link = 0; link <= last; link++) {
            var level = chain.get(link).part().level();
            statements.add((level == Level.LOG ? "RESTORE LOG " : "RESTORE DATABASE ")
                    + Quoted.name(destination.name()) + " FROM DISK = " + Quoted.text(device.apply(link)) + " WITH "
                    + (link == 0 ? moves : "")
                    + (link == 0 && destination.place() == Place.OVERWRITE ? "REPLACE, " : "")
                    + "CHECKSUM, "
                    + (link == last && stopAt != null ? "STOPAT = " + Quoted.text(TIME.format(stopAt)) + ", " : "")
                    + (link == last ? "RECOVERY" : "NORECOVERY") + ", STATS = 5");
        }
        return statements;
    }

    /**
     * The time for STOPAT.
     *
     * @param last the log that reaches over it
     * @param at UTC; null for all of the log
     * @param zone the site's
     * @throws PermanentFault if nobody recorded what that server's clock showed
     */
    static @Nullable LocalDateTime stopAt(StoredPart last, @Nullable Instant at, ZoneId zone) {
        if (at == null) {
            return null;
        }
        var clock = ServerClock.of(last.part().recorded());
        if (clock == null) {
            throw new PermanentFault(
                    "set " + last.manifest().set() + " does not say what its server's clock showed",
                    "restore a whole set: --set");
        }
        return clock.local(at, zone);
    }
}
