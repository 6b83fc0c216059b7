// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.plan.Expectations;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.plan.ScriptExport;
import io.poolkeeper.plan.Survey;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code script}: the plan as scripts for Windows' and SQL Server's own tools. */
@Command(
        name = "script",
        description = "Writes the plan as a manual procedure: a .sql per database, batch files, a Task Scheduler task.")
final class ScriptVerb extends SiteVerb {
    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The folder to write to: new, or empty.")
    private Path to = Path.of("");

    @Option(names = "--at", paramLabel = "TIME", description = "When the task starts each day (default: 23:00).")
    private LocalTime at = LocalTime.of(23, 0);

    @Override
    public Integer call() {
        var site = site();
        var target = to.toAbsolutePath().normalize();
        var expectations = Expectations.of(site, new Survey(site).now(), Instant.now());
        var plan = new Planner().backup("script", "script", Level.FULL, expectations, Map.of());
        var files = new ScriptExport(site, plan, at).files();
        write(target, files);
        files.keySet().forEach(file -> out().println(target.resolve(file)));
        return ExitCode.OK.code();
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
                Disk.write(target.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new NotStarted(target + " cannot be written: " + e.getMessage(), e);
        }
    }
}
