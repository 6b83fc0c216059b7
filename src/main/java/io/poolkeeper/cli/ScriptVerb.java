// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.plan.Expectations;
import io.poolkeeper.plan.HostScript;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.plan.RecordedInventory;
import io.poolkeeper.plan.ScriptExport;
import io.poolkeeper.plan.Survey;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code script}: the plan as scripts for Windows' and SQL Server's own tools. */
@Command(
        name = "script",
        description = {
            "Writes the plan as a manual procedure: a .sql per database, batch files, a Task Scheduler task.",
            "With --host: what runs on a host without Java (workers.NAME.handOff)."
        })
final class ScriptVerb extends SiteVerb {
    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The folder to write to: new, or empty.")
    private Path to = Path.of("");

    @Option(names = "--at", paramLabel = "TIME", description = "When the task starts each day (default: 23:00).")
    private LocalTime at = LocalTime.of(23, 0);

    @Option(
            names = "--host",
            paramLabel = "FQDN",
            description = "Write what runs on this host, whose worker works by hand-off; or name the worker.")
    private @Nullable String host;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            description = "With --host: its job folder as the host sees it (default: workers.NAME.handOff).")
    private @Nullable String folder;

    @Override
    public Integer call() {
        var site = site();
        var target = to.toAbsolutePath().normalize();
        var files = host == null ? plan(site) : host(site, host);
        write(target, files);
        files.keySet().forEach(file -> out().println(target.resolve(file)));
        return ExitCode.OK.code();
    }

    private Map<String, String> host(Site site, String named) {
        var worker = HostScript.worker(site, named)
                .orElseThrow(() -> new WrongUsage("no worker by hand-off is on " + named
                        + ". HINT: name the host of one, or the worker: "
                        + site.workers().values().stream()
                                .filter(Site.Worker::isHandOff)
                                .map(Site.Worker::name)
                                .collect(Collectors.joining(", "))));
        try {
            var seen = Optional.ofNullable(folder)
                    .or(() -> worker.handOff().map(Path::toString))
                    .orElseThrow();
            if (!seen.matches("(?:[A-Za-z]:|[\\\\]).*")) {
                throw new WrongUsage(seen + " is no path of Windows. HINT: name the job folder as the host sees it"
                        + " with --folder, e.g. --folder \\\\nas\\handoff\\" + worker.name());
            }
            return new HostScript(site, worker, seen, new RecordedInventory(site).read()).files();
        } catch (StepFault e) {
            throw new NotStarted(e.getMessage() + ". HINT: " + e.hint(), e);
        }
    }

    private Map<String, String> plan(Site site) {
        var expectations = Expectations.of(site, new Survey(site).now(), Instant.now());
        var plan = new Planner().backup("script", "script", Level.FULL, expectations, Map.of());
        return new ScriptExport(site, plan, at).files();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(
                text.startsWith(String.valueOf(HostScript.UNICODE))
                        ? StandardCharsets.UTF_16LE
                        : StandardCharsets.UTF_8);
    }

    private static void write(Path target, Map<String, String> files) {
        try {
            Disk.createFolders(target);
            try (var there = Files.list(target)) {
                if (there.findAny().isPresent()) {
                    throw new NotStarted(target + " is not empty. HINT: name a new folder with --to");
                }
            }
            for (var file : files.entrySet()) {
                Disk.write(target.resolve(file.getKey()), bytes(file.getValue()));
            }
        } catch (IOException e) {
            throw new NotStarted(target + " cannot be written: " + e.getMessage(), e);
        }
    }
}
