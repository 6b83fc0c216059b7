// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.lab.Change;
import io.poolkeeper.lab.Fault;
import io.poolkeeper.lab.Lab;
import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.compare.Difference;
import io.poolkeeper.lab.model.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Goes through the demonstration: lab, backup, trial restore, comparison with what is live. */
final class Demo {
    private static final int INTERNAL = 70;
    private static final int DAMAGE = 20;
    private static final Set<String> MUTATED_KINDS = Set.of("database", "share", "directory", "settings");

    private final DemoOptions options;
    private final Path launcher;
    private final Consumer<String> story;
    private final Consumer<JsonNode> lines;

    /**
     * A demonstration.
     *
     * @param launcher the product's
     * @param story hears what is being done, sentence by sentence
     * @param lines hears the product's JSON lines
     */
    Demo(DemoOptions options, Path launcher, Consumer<String> story, Consumer<JsonNode> lines) {
        this.options = options;
        this.launcher = launcher;
        this.story = story;
        this.lines = lines;
    }

    /**
     * Runs it.
     *
     * @throws IOException if something that the demonstration itself needs fails
     */
    DemoResult run() throws IOException, InterruptedException, SQLException {
        story.accept("starting a lab site, " + options.edition().name().toLowerCase(java.util.Locale.ROOT)
                + " edition, in " + options.folder());
        try (var lab = Lab.start(
                new LabOptions(options.folder(), options.edition(), options.seed(), new Scale(options.scale())))) {
            return options.fault() == null ? inOrder(lab) : broken(lab);
        }
    }

    private DemoResult inOrder(Lab lab) throws IOException, InterruptedException, SQLException {
        var product = product(lab);
        story.accept("backing it up, and verifying what was captured");
        var backup = run(product, "backup");
        if (backup.exit() != 0) {
            return result(
                    lab,
                    backup.exit(),
                    summary(backup),
                    line(backup),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(backup.errors()));
        }
        var changes = options.mutate() ? lab.mutations().all() : List.<Change>of();
        changes.forEach(change -> story.accept("changed " + change.part() + " " + change.place()));
        story.accept("restoring every captured part into a sandbox");
        var drill = run(product, "drill", "--keep");
        story.accept("comparing every restored part with its live source");
        return compared(lab, summary(backup), drill, changes);
    }

    private DemoResult compared(Lab lab, ObjectNode backup, Product.Ended drill, List<Change> changes)
            throws IOException, InterruptedException {
        var scratch = Files.createDirectories(options.folder().resolve("scratch"));
        var sources = new LiveSources(lab, scratch);
        var compared = new LinkedHashMap<String, Integer>();
        var differences = new ArrayList<Difference>();
        var notes = new ArrayList<String>();
        for (var part : drill.summary().path("parts")) {
            if (part.path("where").isTextual()) {
                var found = sources.compare(
                        part.path("part").asText(), part.path("where").asText());
                compared.put(part.path("part").asText(), found.size());
                differences.addAll(found);
            }
        }
        merge(backup, drill.summary());
        for (var part : backup.path("parts")) {
            if (part.path("outcome").asText().equals("OK")
                    && !compared.containsKey(part.path("part").asText())) {
                notes.add(part.path("part").asText() + " was captured, but not restored and compared");
            }
        }
        var exit = exit(drill, changes, differences, notes);
        return result(lab, exit, backup, line(drill), compared, changes, differences, notes);
    }

    /** What the trial restore proved is a better verdict than the backup's own. */
    private static void merge(ObjectNode backup, JsonNode drill) {
        for (var proven : drill.path("parts")) {
            for (var part : backup.path("parts")) {
                if (part.path("part").equals(proven.path("part"))) {
                    ((ObjectNode) part).set("verdict", proven.path("verdict"));
                    ((ObjectNode) part).set("depth", proven.path("depth"));
                    ((ObjectNode) part).set("where", proven.path("where"));
                }
            }
        }
    }

    private int exit(Product.Ended drill, List<Change> changes, List<Difference> differences, List<String> notes) {
        if (drill.exit() != 0) {
            notes.add("the trial restore ended with " + drill.exit() + ": " + drill.errors());
            return drill.exit();
        }
        if (options.mutate()) {
            var asChanged = differences.size() == changes.size()
                    && MUTATED_KINDS.equals(Set.copyOf(differences.stream()
                            .map(difference -> kind(difference.part()))
                            .toList()));
            if (!asChanged) {
                notes.add("what was changed and what was found differ");
            }
            return asChanged && notes.isEmpty() ? 0 : INTERNAL;
        }
        if (!notes.isEmpty()) {
            return INTERNAL;
        }
        return differences.isEmpty() ? 0 : DAMAGE;
    }

    private static String kind(String part) {
        return part.substring(0, part.indexOf(':'));
    }

    /** One thing is broken before the backup; the rest must be captured all the same. */
    private DemoResult broken(Lab lab) throws IOException, InterruptedException {
        if (options.fullVault()) {
            return fullVault(lab);
        }
        var fault = Fault.valueOf(String.valueOf(options.fault())
                .toUpperCase(java.util.Locale.ROOT)
                .replace('-', '_'));
        var broken = lab.faults().inject(fault);
        story.accept("broken: " + broken.part() + " (" + options.fault() + ")");
        story.accept("backing it up all the same");
        var backup = run(product(lab), "backup");
        return result(lab, backup.exit(), summary(backup), line(backup), Map.of(), List.of(), List.of(), notes(backup));
    }

    private DemoResult fullVault(Lab lab) throws IOException, InterruptedException {
        FullVault.check(Files.createDirectories(options.folder().resolve("scratch")));
        story.accept("backing it up once, as a set that must survive");
        var first = run(product(lab), "backup");
        var vault = options.folder().resolve("vault");
        var mountPoint = Files.createDirectories(options.folder().resolve("scratch/small"));
        var product = product(lab);
        var set = first.summary().path("set").asText();
        story.accept("backing it up again while the vault has no space left, then verifying the first set there");
        var before = options.folder().resolve("scratch/before.sha256");
        var after = options.folder().resolve("scratch/after.sha256");
        var ended = product.execute(FullVault.command(
                vault,
                mountPoint,
                List.of(
                        FullVault.hashes(vault, set, before),
                        product.command("backup"),
                        FullVault.hashes(vault, set, after),
                        product.command("verify", "--set", set))));
        if (ended.summaries().size() != 2) {
            throw new IOException("the backup and the verification did not both end with a summary: " + ended.errors());
        }
        var second = ended.summaries().get(0);
        var survivor = ended.summaries().get(1);
        var notes = notes(ended);
        notes.add(
                "the set from before, " + set + ": " + survivor.path("verdict").asText() + ", exit "
                        + survivor.path("exit").asInt());
        var untouched = Files.size(before) > 0 && Files.readString(before).equals(Files.readString(after));
        notes.add("its files are " + (untouched ? "" : "not ") + "byte for byte what they were");
        var survived = untouched && survivor.path("exit").asInt() == 0;
        var exit = survived ? second.path("exit").asInt() : INTERNAL;
        return result(
                lab, exit, (ObjectNode) second, survivor.path("line").asText(), Map.of(), List.of(), List.of(), notes);
    }

    private static List<String> notes(Product.Ended ended) {
        return new ArrayList<>(ended.errors()
                .lines()
                .filter(line -> !line.contains(" steps done, "))
                .toList());
    }

    private Product product(Lab lab) {
        return new Product(launcher, lab.siteFile(), lines);
    }

    private Product.Ended run(Product product, String... verb) throws IOException, InterruptedException {
        var ended = product.run(verb);
        if (!ended.summary().path("message_type").asText().equals("summary")) {
            throw new IOException(
                    "'" + verb[0] + "' ended with " + ended.exit() + " and no summary: " + ended.errors());
        }
        return ended;
    }

    private static ObjectNode summary(Product.Ended ended) {
        return (ObjectNode) ended.summary();
    }

    private static String line(Product.Ended ended) {
        return ended.summary().path("line").asText();
    }

    private DemoResult result(
            Lab lab,
            int exit,
            ObjectNode backup,
            String line,
            Map<String, Integer> compared,
            List<Change> changes,
            List<Difference> differences,
            List<String> notes)
            throws IOException {
        return new DemoResult(
                exit,
                backup,
                line,
                compared,
                changes,
                differences,
                count(lab.folder().outbox("mail")),
                count(lab.folder().outbox("teams")),
                notes);
    }

    private static int count(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return (int) files.count();
        }
    }
}
