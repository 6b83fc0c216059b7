// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.directory.Recorded.LdifFacts;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HostJob;
import io.poolkeeper.tool.HostJob.Command;
import io.poolkeeper.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Has ldifde export on a domain controller without Java what {@code ldif} reads over the network, for one that speaks no TLS of
 * today. Its files are read entry by entry and written as {@code ldif} writes them, so that all that comes later is the same.
 */
public final class CaptureByLdifde implements StepHandler {
    private static final String ALL = "(objectClass=*)";
    private static final List<String> PARTITIONS = List.of("configuration", "domain", "schema");

    private final Site site;
    private final HandOff handOff;

    /**
     * Exports what a site file describes.
     *
     * @param handOff has the domain controller do it
     */
    public CaptureByLdifde(Site site, HandOff handOff) {
        this.site = site;
        this.handOff = handOff;
    }

    /**
     * What the domain controller does: an export for each container that it has, one of what the filters match in its domain, one
     * of the schema.
     */
    public static HostJob hostJob(Site site, PartId part) {
        var wanted = catalogued(site, part);
        var tool = new Tool("ldifde", "methods.directory", List.of("ldifde"), Path.of(""));
        var commands = new ArrayList<Command>();
        var numbers = new LinkedHashMap<String, Integer>();
        for (var template : wanted.containers()) {
            var base = template.replace("{configuration}", HostJob.CONFIGURATION)
                    .replace("{domain}", HostJob.DOMAIN)
                    .replace("{schema}", HostJob.SCHEMA);
            var partition = template.contains("{configuration}") ? "configuration" : "domain";
            commands.add(Command.onlyIf(base, tool, arguments(file(partition, numbers), base, ALL)));
        }
        if (!wanted.objects().isEmpty()) {
            commands.add(Command.of(tool, arguments(file("domain", numbers), HostJob.DOMAIN, any(wanted.objects()))));
        }
        if (wanted.schema() != null) {
            commands.add(Command.of(tool, arguments(file("schema", numbers), HostJob.SCHEMA, wanted.schema())));
        }
        return new HostJob("ldifde", part, List.copyOf(commands));
    }

    /** A further method makes a part of its own, and both would be the same file. */
    private static Catalogue.Directory catalogued(Site site, PartId part) {
        return site.catalogue().directory().stream()
                .filter(entry -> entry.name().equals(part.name()))
                .findFirst()
                .orElseThrow(() -> new PermanentFault(
                        "ldifde is not the first method for the directory, and only that takes " + part,
                        "name ldifde first under methods.directory; it takes what ldif does"));
    }

    private static String any(List<String> filters) {
        return filters.size() == 1 ? filters.get(0) : "(|" + String.join("", filters) + ")";
    }

    private static String file(String partition, Map<String, Integer> numbers) {
        return partition + "-" + numbers.merge(partition, 1, Integer::sum) + ".ldf";
    }

    /** Without -u, so that the text is ASCII and other values are base64; the log would else go to the task's folder. */
    private static List<String> arguments(String file, String base, String filter) {
        return List.of(
                "-f", HostJob.FOLDER + "\\" + file, "-d", base, "-p", "subtree", "-r", filter, "-j", HostJob.FOLDER);
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        var folder = work.attemptFolder().resolve(".tool");
        try {
            Disk.delete(folder);
            Disk.createFolders(folder);
            try {
                return capture(step, folder, work);
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }

    private Output.Captured capture(Step step, Path folder, Work work) throws IOException {
        var job = hostJob(site, step.part());
        var started = System.nanoTime();
        var ended = handOff.run(job.name(), step, folder, work).tool();
        if (ended.exit() != 0) {
            throw new PermanentFault(
                    "ldifde ended with " + ended.exit() + ": " + ended.lastWords(),
                    "run it by hand on the domain controller, as the account of the task");
        }
        var export = new Export(work);
        for (var partition : PARTITIONS) {
            export.partition(partition, files(folder, partition));
        }
        return export.captured(
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                job.commands().get(0));
    }

    private static List<Path> files(Path folder, String partition) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> String.valueOf(file.getFileName()).matches(partition + "-[0-9]+[.]ldf"))
                    .sorted()
                    .toList();
        }
    }

    /** One export as it grows. */
    private static final class Export {
        private final Work work;
        private final List<Artefact> artefacts = new ArrayList<>();
        private final Map<String, LdifFacts> files = new LinkedHashMap<>();
        private final List<String> containers = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final TreeSet<String> inPart = new TreeSet<>();
        private long read;
        private long secrets;

        Export(Work work) {
            this.work = work;
            notes.add("ldifde counted the entries itself; nobody counted them again");
        }

        /** What a container holds may match the filters too; it comes once. */
        void partition(String name, List<Path> from) {
            var path = "directory/" + name + ".ldif.gz";
            try (var artefact = new LdifArtefact(work.attemptFolder(), path)) {
                var seen = new TreeSet<String>();
                for (var file : from) {
                    var first = new ArrayList<String>();
                    LdifdeFile.read(file, work, entry -> {
                        if (seen.add(LdifdeFile.normal(entry))) {
                            LdifdeFile.ranged(entry).ifPresent(inPart::add);
                            artefact.write(entry);
                            read++;
                        }
                        if (first.isEmpty()) {
                            first.add(entry.getDN());
                        }
                    });
                    first.stream()
                            .filter(dn -> dn.toLowerCase(java.util.Locale.ROOT).startsWith("cn=rtc service,"))
                            .forEach(containers::add);
                }
                secrets += artefact.secrets();
                artefact.finish()
                        .ifPresentOrElse(
                                written -> {
                                    artefacts.add(written.artefact());
                                    files.put(
                                            path,
                                            new LdifFacts(
                                                    written.entries(),
                                                    written.entries(),
                                                    written.bytes(),
                                                    written.digest()));
                                },
                                () -> notes.add("the " + name + " holds nothing of OCS"));
            }
        }

        Output.Captured captured(long millis, Command command) {
            if (containers.isEmpty()) {
                throw new PermanentFault(
                        "ldifde found no container of OCS in this directory",
                        "name under directory.worker a domain controller of the forest's root domain, and let the account"
                                + " of its task read there");
            }
            var warnings = inPart.isEmpty()
                    ? List.<String>of()
                    : List.of("ldifde wrote only a part of the values of: " + String.join(", ", inPart));
            var recorded = new Recorded(read, containers, files, secrets, notes, millis, 0);
            return new Output.Captured(
                    artefacts,
                    Json.node(recorded),
                    Map.of("client", command.words().get(0)),
                    Level.FULL,
                    null,
                    warnings);
        }
    }
}
