// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.directory.Recorded.LdifFacts;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Exports what OCS keeps in Active Directory as LDIF, one file per naming context. Memory does not depend on the number of
 * entries. What was written is compared with what the server counts afterwards, so that a short export never looks whole.
 */
public final class CaptureDirectory implements StepHandler {
    private static final String[] ALL = {"*"};
    /** About a page of users. */
    private static final int WAITING = 32;

    private final Site site;

    /** Exports from the domain controller of a site. */
    public CaptureDirectory(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        var wanted = catalogued(site, step.part());
        var controller = DomainController.of(site);
        try (var session = new Session(controller, work)) {
            var root = RootDse.of(session.connection(), controller);
            var containers = Containers.existing(session.connection(), controller, root, wanted.containers());
            if (containers.isEmpty()) {
                throw noContainer(wanted, root, controller);
            }
            var export = new Export(session, work);
            Partition.of(wanted, root, containers).forEach(export::partition);
            return export.captured(root, containers);
        } catch (StepFault e) {
            work.checkCancelled();
            throw e;
        }
    }

    /**
     * What the catalogue says of a part.
     *
     * @throws PermanentFault if it knows none of that name
     */
    static Catalogue.Directory catalogued(Site site, PartId part) {
        return site.catalogue().directory().stream()
                .filter(entry -> entry.name().equals(part.name()))
                .findFirst()
                .orElseThrow(() -> new PermanentFault(
                        "the catalogue knows no " + part, "the parts are those of config/catalogue"));
    }

    private static PermanentFault noContainer(Catalogue.Directory wanted, RootDse root, DomainController controller) {
        var looked = wanted.containers().stream()
                .map(template -> Containers.expand(template, root))
                .toList();
        return new PermanentFault(
                controller.url() + ": there is no OCS in this directory: neither " + String.join(" nor ", looked),
                "name in directory.url a domain controller of the forest's root domain, and let the account read there");
    }

    /** One export as it grows. */
    private static final class Export {
        private final Session session;
        private final Work work;
        private final List<Artefact> artefacts = new ArrayList<>();
        private final Map<String, LdifFacts> files = new LinkedHashMap<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        /** What came; less may be written, because a scope can hold what another one covers. */
        private long read;

        private long total;
        private long secrets;
        private long readNanos;
        private long countNanos;

        Export(Session session, Work work) {
            this.session = session;
            this.work = work;
        }

        void partition(Partition partition) {
            try (var artefact = new LdifArtefact(work.attemptFolder(), partition.path())) {
                var started = System.nanoTime();
                write(partition, artefact);
                secrets += artefact.secrets();
                var written = artefact.finish();
                var ended = System.nanoTime();
                readNanos += ended - started;
                var entries = written.map(LdifArtefact.Written::entries).orElse(0L);
                total += entries;
                var counted = Recount.compare(partition.name(), entries, () -> count(partition), warnings);
                countNanos += System.nanoTime() - ended;
                written.ifPresentOrElse(
                        file -> keep(partition, file, counted),
                        () -> notes.add("the " + partition.name() + " holds nothing of OCS"));
            }
        }

        private void write(Partition partition, LdifArtefact artefact) {
            var raw = session.rawSearch();
            for (var scope : partition.scopes()) {
                var writer = new BatchWriter(scope, artefact, session.ranges(), session.faults());
                try (var conveyor = new Conveyor<EntryBatch>(WAITING, writer::write)) {
                    session.search().readRaw(scope, ALL, raw, batch -> {
                        conveyor.put(batch);
                        progress(batch.entries());
                    });
                    conveyor.finish();
                }
            }
        }

        private void progress(int more) {
            var pages = read / PagedSearch.PAGE;
            read += more;
            if (read / PagedSearch.PAGE > pages) {
                work.progress(read, 0, "entries");
            }
        }

        private long count(Partition partition) {
            return partition.scopes().stream()
                    .mapToLong(scope -> session.search().count(scope, session.rawSearch()))
                    .sum();
        }

        private void keep(Partition partition, LdifArtefact.Written file, long counted) {
            artefacts.add(file.artefact());
            files.put(partition.path(), new LdifFacts(file.entries(), counted, file.bytes(), file.digest()));
        }

        Output.Captured captured(RootDse root, List<String> containers) {
            work.progress(total, total, "entries");
            var tools = new LinkedHashMap<>(root.facts());
            tools.put("client", "UnboundID LDAP SDK " + com.unboundid.ldap.sdk.Version.NUMERIC_VERSION_STRING);
            var recorded = new Recorded(
                    total,
                    containers,
                    files,
                    secrets,
                    notes,
                    TimeUnit.NANOSECONDS.toMillis(readNanos),
                    TimeUnit.NANOSECONDS.toMillis(countNanos));
            return new Output.Captured(artefacts, Json.node(recorded), tools, Level.FULL, null, warnings);
        }
    }
}
