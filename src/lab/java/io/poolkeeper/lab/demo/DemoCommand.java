// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.model.Edition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}. */
@Command(
        name = "demo",
        description =
                "Starts a lab site, backs it up, verifies, restores every part, compares it with the live source, and reports.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every part was captured, restored and found equal; with --mutate: exactly the changes were found",
            "8, 12:what the backup ended with under --fault",
            "16:the lab could not be started",
            "20:a restored part differs from its source",
            "64:the command line is wrong",
            "70:the demonstration did not show what it should"
        })
final class DemoCommand implements Callable<Integer> {
    private static final List<String> FAULTS =
            List.of("database-offline", "share-gone", "lcscmd-silent", "vault-full", "mail-down");

    @Option(
            names = "--edition",
            defaultValue = "standard",
            description = "standard: one server, as in the article; enterprise: a pool with every role.")
    private Edition edition = Edition.STANDARD;

    @Option(names = "--seed", defaultValue = "" + LabOptions.DEFAULT_SEED, description = "Decides all data.")
    private long seed;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "How much data; 1 is 200 users, 1,000 rows a database, 2,000 files and 50 MB a share.")
    private double scale;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the lab lives; kept afterwards. Without it a temporary folder serves, and is deleted.")
    private @Nullable Path folder;

    @Option(
            names = "--mutate",
            description =
                    "After the capture changes one row, one file, one attribute and one setting; exactly these must be found.")
    private boolean mutate;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "Breaks one thing first: database-offline, share-gone, lcscmd-silent, vault-full, mail-down.")
    private @Nullable String fault;

    @Option(names = "--json", description = "JSON lines, the last one the summary.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        if (fault != null && !FAULTS.contains(fault)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "demo: there is no fault " + fault + ". HINT: one of " + String.join(", ", FAULTS));
        }
        if (folder != null) {
            return run(folder.toAbsolutePath().normalize());
        }
        var temporary = Scratch.create(scale);
        var interrupted =
                new Thread(() -> deleteAtLast(temporary)); // a signal ends the process without the lines below
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return run(temporary);
        } finally {
            delete(temporary);
        }
    }

    private void deleteAtLast(Path temporary) {
        try {
            if (Files.exists(temporary)) {
                delete(temporary);
            }
        } catch (IOException e) {
            spec.commandLine().getErr().println("demo: delete " + temporary + " by hand: " + e);
        }
    }

    private int run(Path where) throws IOException, InterruptedException, SQLException {
        var err = spec.commandLine().getErr();
        var out = spec.commandLine().getOut();
        var launcher = Path.of(System.getProperty("poolkeeper.home", ""))
                .toAbsolutePath()
                .resolve("poolkeeper");
        var options = new DemoOptions(where, edition, seed, scale, mutate, fault);
        DemoResult result;
        try {
            result = new Demo(options, launcher, sentence -> say(err, sentence), line -> pass(out, line)).run();
        } catch (IOException e) {
            err.println("demo: " + e.getMessage());
            return 16;
        }
        out.println(json ? result.summary() : DemoReport.text(result).stripTrailing());
        if (folder != null && !json) {
            out.println("The lab's files stay in " + where);
        }
        out.flush();
        return result.exit();
    }

    private static void say(PrintWriter err, String sentence) {
        err.println("demo: " + sentence);
        err.flush();
    }

    private void pass(PrintWriter out, JsonNode line) {
        if (json) {
            out.println(line);
            out.flush();
        }
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
