// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.LabSite;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.docs.CommandsInPages.Command;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the command lines of README.md and docs/ in the order in which a reader meets them, against one small lab site. What
 * the pages leave to the reader is filled in: {@code site.yaml}, {@code SET} and {@code RUN} (the newest), folders.
 */
class DocsIT {
    @TempDir
    static Path folder;

    private static LabSite lab;
    private static final List<Background> RUNNING = new ArrayList<>();

    @BeforeAll
    static void start() {
        lab = LabSite.start(folder.resolve("site"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        stopBackground();
        lab.close();
    }

    /** A verb that runs until its block ends. */
    private record Background(Thread thread, StringWriter out) {}

    @TestFactory
    List<DynamicTest> everyCommandEndsAsItsPageSays() {
        var tests = new ArrayList<DynamicTest>();
        var block = "";
        for (var command : CommandsInPages.all()) {
            if (command.notRun().isPresent()) {
                continue;
            }
            if (!command.block().equals(block)) {
                tests.add(DynamicTest.dynamicTest(
                        "(a new block begins: " + command.block() + ")", DocsIT::stopBackground));
                block = command.block();
            }
            tests.add(DynamicTest.dynamicTest(command.toString(), () -> run(command)));
        }
        return tests;
    }

    private static void run(Command command) throws IOException {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = words(command);
        if (command.background()) {
            startInBackground(words, out, err);
            return;
        }
        var exit = Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), words);

        assertThat(exit).as("%s%n%s%n%s", command, out, err).isEqualTo(command.exit());
        assertThat(command.exit() == 0 ? out.toString() : err + out.toString())
                .as("says something")
                .isNotBlank();
    }

    private static void startInBackground(String[] words, StringWriter out, StringWriter err) {
        var thread = new Thread(
                () -> Poolkeeper.run(new PrintWriter(out), new PrintWriter(err), words), "in the background");
        thread.start();
        RUNNING.add(new Background(thread, out));
        Awaitility.await(words[0])
                .atMost(Duration.ofMinutes(1))
                .until(() -> !out.toString().isEmpty());
    }

    /** A person would press Ctrl+C. */
    private static void stopBackground() throws InterruptedException {
        for (var background : RUNNING) {
            background.thread().interrupt();
            background.thread().join(Duration.ofMinutes(1).toMillis());
            assertThat(background.thread().isAlive()).isFalse();
        }
        RUNNING.clear();
    }

    private static String[] words(Command command) throws IOException {
        var words = new ArrayList<String>();
        for (var word : command.words()) {
            words.add(filledIn(word.replaceAll("^'(.*)'$", "$1"))); // as a shell would
        }
        if (words.equals(List.of("demo"))) {
            words.addAll(List.of("--scale", "0.05"));
        }
        return words.toArray(new String[0]);
    }

    private static String filledIn(String word) throws IOException {
        if (word.equals("site.yaml")) {
            return lab.lab().siteFile().toString();
        }
        if (word.equals("SET") || word.equals("RUN")) { // a backup's set has its run's id
            var sets = Vault.of(lab.site()).sets();
            return sets.get(sets.size() - 1);
        }
        return word.matches("(LAB|DIR|BENCH)\\d?(/.*)?") ? folder.resolve(word).toString() : word;
    }
}
