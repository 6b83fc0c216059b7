// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.Names;
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
import io.poolkeeper.tool.SafeEnvironment;
import io.poolkeeper.tool.Tool;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Has a tool of this domain controller write what it can into an empty folder, judges the files and not the exit code alone, and
 * copies them into the set: {@code ifm} by ntdsutil, {@code samba-tool} by itself. Both hold the secrets of the domain; the folder
 * is deleted afterwards, whatever happened. Of a snapshot only a note is taken: {@link CaptureSnapshot}.
 */
public final class CaptureByController implements StepHandler {
    private static final int BUFFER = 1 << 16;

    /** What a host without Java calls the files of ntdsutil, to where they lie below its folder. */
    private static final Map<String, String> FROM_HOST = Map.of(
            "ntds.dit", "Active Directory/ntds.dit",
            "SYSTEM", "registry/SYSTEM",
            "SECURITY", "registry/SECURITY");

    private final Site site;
    private final HandOff handOff;

    /**
     * Captures the directory of a site.
     *
     * @param handOff has it done where the domain controller has no Java
     */
    public CaptureByController(Site site, HandOff handOff) {
        this.site = site;
        this.handOff = handOff;
    }

    /** What a domain controller without Java does for method {@code ifm}; its files get names without blanks. */
    public static HostJob hostJob(Site site, PartId part) {
        var tool = Tool.ntdsutil(site);
        var commands = new ArrayList<Command>();
        commands.add(Command.of(
                tool,
                List.of("activate instance ntds", "ifm", "create full " + HostJob.FOLDER + "\\ifm", "quit", "quit")));
        new TreeMap<>(FROM_HOST)
                .forEach((name, path) -> commands.add(Command.ofCmd(
                        "move",
                        "/y",
                        HostJob.FOLDER + "\\ifm\\" + path.replace('/', '\\'),
                        HostJob.FOLDER + "\\" + name)));
        return new HostJob("ifm", part, List.copyOf(commands));
    }

    @Override
    public Output handle(Step step, Work work) {
        if (step.method() == Method.SNAPSHOT) {
            return new CaptureSnapshot(site, Clock.systemUTC()).handle(step, work);
        }
        var folder = work.sandbox();
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
        var tool = tool(step.method());
        var there = site.worksByHandOff(step.worker());
        if (!there && !tool.startable()) {
            throw new PermanentFault(
                    "there is no program " + tool.program() + " on this host that this account may start",
                    "name under directory.worker the worker that runs on the domain controller, and under " + tool.key()
                            + " its program");
        }
        var ended = there
                ? onHost(step, folder, work)
                : new ToolRun(new SafeEnvironment(site))
                        .run(tool.name(), tool.with(arguments(step.method(), folder)), Tool.folder(site), work);
        if (ended.exit() != 0) {
            throw new PermanentFault(
                    tool.name() + " ended with " + ended.exit() + ": " + ended.lastWords(),
                    "run it by hand on the domain controller: may the account do it, and is there room?");
        }
        var files = files(folder);
        var faults = ControllerFiles.faults(step.method(), files, work);
        if (!faults.isEmpty()) {
            throw new PermanentFault(
                    tool.name() + " ended with 0, but what it left is not whole: "
                            + faults.stream()
                                    .map(fault -> (fault.file() + " " + fault.what()).strip())
                                    .collect(Collectors.joining("; "))
                            + ". It printed: " + ended.lastWords(),
                    "run it by hand on the domain controller and look at its messages");
        }
        return captured(step, files, work);
    }

    private ToolRun.Ended onHost(Step step, Path folder, Work work) throws IOException {
        var ended = handOff.run("ifm", step, folder, work).tool();
        for (var file : FROM_HOST.entrySet()) {
            var left = folder.resolve(file.getKey());
            if (Files.exists(left)) {
                var place = folder.resolve(file.getValue());
                Disk.createFolders(Disk.parent(place));
                Files.move(left, place);
            }
        }
        return ended;
    }

    private Tool tool(Method method) {
        return method == Method.IFM ? Tool.ntdsutil(site) : Tool.sambaTool(site);
    }

    /** ntdsutil takes each argument for a line of its own dialogue, in which a blank ends a path. */
    private static List<String> arguments(Method method, Path folder) {
        if (method != Method.IFM) {
            return List.of("domain", "backup", "offline", "--targetdir=" + folder);
        }
        if (folder.toString().contains(" ")) {
            throw new PermanentFault(
                    "ntdsutil cannot write into " + folder + ": there is a blank in that path",
                    "set state.dir to a path without blanks");
        }
        return List.of("activate instance ntds", "ifm", "create full " + folder, "quit", "quit");
    }

    /** By encoded path, sorted. */
    private static Map<String, Path> files(Path folder) throws IOException {
        var found = new TreeMap<String, Path>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                found.put(
                        StreamSupport.stream(folder.relativize(file).spliterator(), false)
                                .map(Path::toString)
                                .map(Names::encode)
                                .collect(Collectors.joining("/")),
                        file);
            }
        }
        return found;
    }

    private static Output.Captured captured(Step step, Map<String, Path> files, Work work) throws IOException {
        var artefacts = new ArrayList<Artefact>();
        var total = 0L;
        for (var file : files.values()) {
            total += Files.size(file);
        }
        var done = 0L;
        for (var file : files.entrySet()) {
            var path = "directory/" + Names.encode(step.part().name()) + "/" + file.getKey();
            try (var in = Files.newInputStream(file.getValue());
                    var copy = new ArtefactWriter(work.attemptFolder(), path)) {
                var buffer = new byte[BUFFER];
                for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    work.checkCancelled();
                    copy.write(buffer, 0, n);
                    done += n;
                    work.progress(done, total, "bytes");
                }
                artefacts.add(copy.finish());
            }
        }
        var recorded =
                JsonNodeFactory.instance.objectNode().put("files", files.size()).put("bytes", done);
        return new Output.Captured(artefacts, recorded, Map.of(), Level.FULL, null, List.of());
    }
}
