// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.database.ObservedMedia.Header;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies the backups that another product made of a database, where they lie, by what would restore them: RESTORE
 * HEADERONLY and VERIFYONLY of each link of the chain by its position, WITH CHECKSUM where it was made with checksums.
 */
public final class VerifyObservedDatabase implements StepHandler {
    /** Earlier sets of appended media are read too, so that a spoilt one is named; not for ever. */
    private static final int EARLIER = 8;

    private final Site site;

    /** Verifies observed databases of a site. */
    public VerifyObservedDatabase(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> content(step, work, stored));
    }

    private Finding content(Step step, Work work, StoredPart stored) {
        var node = stored.part().recorded();
        var links = node == null ? MissingNode.getInstance() : node.path("links");
        for (var link : links) {
            if (!link.path("on_disk").asBoolean()) {
                return unknown(
                        link.path("who").asText() + " is a snapshot, a virtual device, a tape or a URL (device type "
                                + link.path("device_type").asInt() + "), which only the product that made it can read");
            }
        }
        if (links.isEmpty()) {
            return unknown("the set does not say which backups were seen");
        }
        var source = CaptureDatabase.source(site, step.part());
        var reader = BackupReader.open(site, source, work);
        try (reader) {
            var look = new Look(step, work, source, reader);
            for (var link : links) {
                look.at(link);
            }
            return look.finding();
        } catch (SQLException e) {
            throw SqlFaults.sort(
                    "verifying " + step.part() + " on sql." + reader.source().key(), e);
        }
    }

    private static Finding unknown(String why) {
        return new Finding(List.of(), why);
    }

    /** What one look at a chain finds. */
    private final class Look {
        private final Step step;
        private final Work work;
        private final SqlSource source;
        private final BackupReader reader;
        private final List<Damage> damages = new ArrayList<>();
        private final Set<String> unknown = new LinkedHashSet<>();
        private final Set<String> warnings = new LinkedHashSet<>();
        private final Set<String> read = new LinkedHashSet<>();

        Look(Step step, Work work, SqlSource source, BackupReader reader) {
            this.step = step;
            this.work = work;
            this.source = source;
            this.reader = reader;
        }

        Finding finding() {
            return new Finding(
                    damages,
                    unknown.isEmpty() ? null : String.join("; ", unknown),
                    Depth.CONTENT,
                    List.copyOf(warnings));
        }

        void at(JsonNode link) {
            var places = ObservedMedia.places(link, site.observation(step.part()));
            var where = String.join(", ", places);
            var media = new ObservedMedia(reader.statements(), places);
            var position = link.path("position").asInt();
            try {
                var headers = media.headers();
                var header = ObservedMedia.at(position, headers);
                if (header.isEmpty() || !header.get().is(link, step.part().leaf())) {
                    damages.add(new Damage(where, "holds another backup now, or none, at position " + position));
                    return;
                }
                if (header.get().damaged()) {
                    damages.add(new Damage(where, "was damaged when it was made (IsDamaged)"));
                }
                verify(media, header.get(), where);
                earlier(media, headers, position, where);
            } catch (SQLException e) {
                work.checkCancelled();
                refused(media, where, position, e);
            }
        }

        private void verify(ObservedMedia media, Header header, String where) throws SQLException {
            read.add(where + "#" + header.position());
            media.verify(header.position(), header.checksums());
            if (!header.checksums()) {
                warnings.add(where + " was made without checksums: that it is complete is proven, that its pages are"
                        + " whole is not. Let the other product back up WITH CHECKSUM");
            }
        }

        private void refused(ObservedMedia media, String where, int position, SQLException e) {
            if (SqlFaults.damage(e)) {
                damages.add(new Damage(where, "SQL Server refuses set " + position + ": " + told(e)));
            } else if (media.gone(e) && reader.source().key().equals(source.key())) {
                damages.add(
                        new Damage(where, "is gone: the other product, or somebody, has removed it since it was seen"));
            } else {
                unknown.add(String.valueOf(
                        SqlFaults.sort("RESTORE VERIFYONLY" + " of " + where, e).getMessage()));
            }
        }

        /** Others' sets on the same media: they spoil none of ours, but whoever relies on them should know. */
        private void earlier(ObservedMedia media, List<Header> headers, int position, String where) {
            headers.stream()
                    .filter(header -> header.position() < position && header.position() >= position - EARLIER)
                    .filter(header -> read.add(where + "#" + header.position()))
                    .forEach(header -> earlier(media, header, where));
        }

        private void earlier(ObservedMedia media, Header header, String where) {
            try {
                media.verify(header.position(), header.checksums());
            } catch (SQLException e) {
                work.checkCancelled();
                warnings.add("set " + header.position() + " of " + where + ", a backup of " + header.database()
                        + " finished " + header.finished() + ", "
                        + (SqlFaults.damage(e) ? "is damaged" : "cannot be read") + ": " + told(e));
            }
        }
    }

    private static String told(SQLException e) {
        return String.join(
                "; ",
                SqlFaults.chain(e).stream()
                        .map(message -> message.number() + " " + message.text())
                        .toList());
    }
}
