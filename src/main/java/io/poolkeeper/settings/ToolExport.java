// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HostJob;
import io.poolkeeper.tool.SafeEnvironment;
import io.poolkeeper.tool.Tool;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Has a tool write one XML file into a folder of its own, looks at the file whatever the exit code says, and copies it into
 * the set. The folder is made first, because LCSCmd fails without it, and is gone afterwards.
 */
final class ToolExport {
    /** What a host without Java calls the file that it exports. */
    static final String FROM_HOST = "export.xml";

    private final Tool tool;
    private final String program;
    private final Exporter exporter;

    private ToolExport(Tool tool, String program, Exporter exporter) {
        this.tool = tool;
        this.program = program;
        this.exporter = exporter;
    }

    /** Exports by a tool of a site on this host. */
    ToolExport(Site site, Tool tool) {
        this(
                tool,
                tool.configured().isEmpty() ? "" : tool.program(),
                (order, file, work) -> new ToolRun(new SafeEnvironment(site))
                        .run(tool.name(), tool.with(order.arguments().apply(file)), parent(file), work));
    }

    /** Exports where a step wants it: on this host, or on one without Java. */
    static ToolExport of(Site site, Tool tool, HandOff handOff, Step step) {
        if (!site.worksByHandOff(step.worker())) {
            return new ToolExport(site, tool);
        }
        var program = tool.configured().isEmpty() ? "" : tool.configured().get(0);
        return new ToolExport(tool, program, (order, file, work) -> {
            var ended = handOff.run(order.job(), step, parent(file), work).tool();
            var left = file.resolveSibling(FROM_HOST);
            if (Files.exists(left)) {
                Files.move(left, file);
            }
            return ended;
        });
    }

    private static Path parent(Path file) {
        return Disk.parent(file);
    }

    /** Has the file of an order written. */
    @FunctionalInterface
    private interface Exporter {
        ToolRun.Ended write(Order order, Path file, Work work) throws IOException;
    }

    /**
     * What a host without Java is told once, for its own list of jobs.
     *
     * @param tool as it is configured for that host
     */
    static HostJob hostJob(Order order, Tool tool, PartId part) {
        var arguments = order.arguments().apply(Path.of(FROM_HOST)).stream()
                .map(word -> word.replace(FROM_HOST, HostJob.FOLDER + "\\" + FROM_HOST))
                .toList();
        return new HostJob(order.job(), part, List.of(HostJob.Command.of(tool, arguments)));
    }

    /**
     * What is wanted.
     *
     * @param job what a host without Java calls it
     * @param path of the artefact within the set
     * @param arguments made from the file that the tool shall write
     * @param words what a good file should mention
     * @param check adds warnings, or throws if the file is not what was wanted
     */
    record Order(
            String job,
            String path,
            Function<Path, List<String>> arguments,
            Collection<String> words,
            BiConsumer<XmlReading, List<String>> check) {}

    /**
     * Exports.
     *
     * @throws StepFault if the tool fails without a good file, or writes none
     */
    Captured export(Order order, Work work) {
        tool.with(List.of()); // refused before a folder is made
        var folder = work.attemptFolder().resolve(".tool");
        var file = folder.resolve(order.path().substring(order.path().lastIndexOf('/') + 1));
        try {
            Disk.delete(folder);
            Disk.createFolders(folder);
            try {
                var ended = exporter.write(order, file, work);
                return take(order, file, ended, work);
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }

    /**
     * Exports into a folder that is there, for a comparison.
     *
     * @return the file, which is what was wanted
     * @throws StepFault if the tool fails without a good file, or writes none
     */
    Path into(Path folder, Order order, Work work) {
        var file = folder.resolve(order.path().substring(order.path().lastIndexOf('/') + 1));
        try {
            var ended = exporter.write(order, file, work);
            order.check().accept(read(order, file, ended), new ArrayList<>());
            return file;
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }

    private Captured take(Order order, Path file, ToolRun.Ended ended, Work work) throws IOException {
        var reading = read(order, file, ended);
        var warnings = new ArrayList<String>();
        if (ended.exit() != 0) {
            warnings.add("%s ended with %d, although its file is good: %s"
                    .formatted(tool.name(), ended.exit(), ended.lastWords()));
        }
        order.check().accept(reading, warnings);
        var artefact = copy(file, order.path(), work);
        return new Captured(
                List.of(artefact),
                Json.node(reading.facts()),
                Map.of(tool.name(), program, "exit", String.valueOf(ended.exit())),
                Level.FULL,
                null,
                warnings);
    }

    private XmlReading read(Order order, Path file, ToolRun.Ended ended) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw fault(ended, "wrote nothing");
        }
        if (Files.size(file) == 0) {
            throw fault(ended, "wrote an empty file");
        }
        try {
            return XmlReading.of(file, order.words());
        } catch (XmlReading.Malformed e) {
            throw fault(ended, "wrote a file that " + e.what());
        }
    }

    /** A tool that says it failed may not fail the next time; one that thinks all is well will do the same again. */
    private StepFault fault(ToolRun.Ended ended, String what) {
        var message = "%s ended with %d and %s".formatted(tool.name(), ended.exit(), what);
        if (ended.exit() == 0) {
            return new PermanentFault(
                    message + said(ended),
                    "run the same command by hand on the server, and look into the log that " + tool.name()
                            + " leaves in its temporary folder");
        }
        return new TransientFault(
                message + said(ended),
                "may this account use " + tool.name() + "? It needs RTCUniversalServerAdmins and local administrator");
    }

    private static String said(ToolRun.Ended ended) {
        return ended.lastWords().isEmpty() ? "" : ": " + ended.lastWords();
    }

    private static Artefact copy(Path file, String path, Work work) throws IOException {
        try (var artefact = new ArtefactWriter(work.attemptFolder(), path)) {
            Files.copy(file, artefact);
            return artefact.finish();
        }
    }
}
