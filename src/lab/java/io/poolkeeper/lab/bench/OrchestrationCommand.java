// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench orchestration}. */
@Command(
        name = "orchestration",
        description = "Hands out and gathers many small steps beside a bare JMS loop on the same broker.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:everything was measured, whether or not the budgets were kept",
            "16:a process failed, a step was not done, or the folder cannot be used",
            "64:the command line is wrong"
        })
final class OrchestrationCommand implements Callable<Integer> {
    private static final double RATE = 0.7;
    private static final int SLEEP_SECONDS = 5;
    private static final double WALL_SECONDS = 7;
    private static final double MEGABYTES = 300;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "Where it happens: new or empty. Its files stay.")
    private Path dir = Path.of("");

    @Option(names = "--steps", defaultValue = "1000", description = "How many empty steps a run has.")
    private int steps;

    @Option(names = "--rounds", defaultValue = "3", description = "How often their rate is measured.")
    private int rounds;

    @Option(names = "--sleepers", defaultValue = "60", description = "How many steps sleep 5 s side by side.")
    private int sleepers;

    @Option(
            names = "--flight",
            defaultValue = "10000",
            description = "How many steps are in flight when the coordinator's memory is measured.")
    private int flight;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (steps < 1 || rounds < 1 || sleepers < 1 || flight < 1) {
            throw new ParameterException(spec.commandLine(), "bench: all numbers are at least 1");
        }
        try {
            var launcher = Path.of(System.getProperty("poolkeeper.home", ""))
                    .toAbsolutePath()
                    .resolve("poolkeeper");
            var bench = new Orchestration(launcher, EmptyFolder.of(dir), this::say);
            var measured = bench.rates(steps, rounds);
            var wall = bench.sleepers(sleepers, SLEEP_SECONDS);
            var most = bench.megabytes(flight);
            spec.commandLine().getOut().print(report(measured, wall, most));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("bench: " + e.getMessage());
            return 16;
        }
    }

    private String report(List<Orchestration.Round> measured, double wall, double most) {
        var ratio = figures(measured, Orchestration.Round::ratio);
        return String.format(
                Locale.ROOT,
                """
                | | measured | budget | |
                |---|---:|---:|---|
                | %,d empty steps, steps/s | %s | | |
                | the bare loop with the same transactions, messages/s | %s | | |
                | of that the worker's part alone, messages/s | %s | | |
                | rate beside the bare loop | %s | at least %.2f | %s |
                | %d steps that sleep %d s, s | %.2f | at most %.0f | %s |
                | coordinator with %,d steps in flight, MB | %.0f | at most %.0f | %s |
                """,
                steps,
                text(figures(measured, round -> steps / round.product()), "%.0f"),
                text(figures(measured, round -> steps / round.bare().all()), "%.0f"),
                text(figures(measured, round -> steps / round.bare().working()), "%.0f"),
                text(ratio, "%.2f"),
                RATE,
                kept(ratio.median() >= RATE),
                sleepers,
                SLEEP_SECONDS,
                wall,
                WALL_SECONDS,
                kept(wall <= WALL_SECONDS),
                flight,
                most,
                MEGABYTES,
                kept(most < MEGABYTES));
    }

    private static Figures figures(List<Orchestration.Round> rounds, ToDoubleFunction<Orchestration.Round> figure) {
        return Figures.of(rounds.stream().mapToDouble(figure).toArray()).orElseThrow();
    }

    private static String text(Figures figures, String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                figures.median(),
                figures.least(),
                figures.most());
    }

    private static String kept(boolean kept) {
        return kept ? "kept" : "MISSED";
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println("bench: " + sentence);
        spec.commandLine().getErr().flush();
    }
}
