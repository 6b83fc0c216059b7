// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.Coordinator;
import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.notify.ConsoleReport;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What the verbs share that start a run, follow it and report it. */
abstract class RunVerb extends SiteVerb {
    private static final int RECENT = 20;
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final Duration NEWS_PATIENCE = Duration.ofSeconds(10);

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Only this part; an id or a short form that is unique. May be repeated.")
    private List<String> parts = List.of();

    List<String> parts() {
        return parts;
    }

    /** What is asked for. */
    abstract Request request(Site site);

    @Override
    public Integer call() {
        var site = site();
        var request = request(site);
        try (var coordinators = Coordinators.open(site, Coordinator.Options.ONE_SHOT)) {
            return run(coordinators, request);
        }
    }

    private int run(Coordinators coordinators, Request request) {
        if (coordinators.isMine()) {
            endWhatWasLeft(coordinators.api());
        }
        var accepted = coordinators.api().request(request);
        if (accepted instanceof Accepted.Refused refused) {
            err().println("poolkeeper: refused: " + refused.reason() + ". HINT: wait for it, or stop it with 'cancel "
                    + refused.run() + "'");
            return ExitCode.REFUSED.code();
        }
        var status = follow(coordinators.api(), accepted.run());
        if (coordinators.isMine()) {
            waitForNews(coordinators.api(), accepted.run());
        }
        var summary = status.summary() == null ? JsonNodeFactory.instance.objectNode() : status.summary();
        if (json()) {
            line(summary);
        } else {
            out().print(ConsoleReport.text(summary));
            out().flush();
        }
        return status.exit() == null ? ExitCode.INTERNAL.code() : status.exit();
    }

    /** Runs that a killed process left are brought to their end first: this process works on them, and nobody else would. */
    private void endWhatWasLeft(CoordinatorApi api) {
        for (var left : api.recent(RECENT)) {
            if (left.closed() == null) {
                err().println("poolkeeper: run " + left.run()
                        + " was left by a process that ended; it is brought to its end first");
                err().flush();
                follow(api, left.run(), status -> {});
            }
        }
    }

    private RunStatus follow(CoordinatorApi api, String run) {
        try (var progress = json() ? new JsonProgress(this) : ConsoleProgress.on(err())) {
            return follow(api, run, progress::show);
        }
    }

    private static RunStatus follow(CoordinatorApi api, String run, Consumer<RunStatus> listener) {
        while (true) {
            var asked = System.nanoTime();
            var status =
                    api.status(run).orElseThrow(() -> new IllegalStateException("the coordinator forgot run " + run));
            listener.accept(status);
            if (status.closed() != null) {
                return status;
            }
            LockSupport.parkNanos(pause(System.nanoTime() - asked));
        }
    }

    /** Of a run with thousands of steps each answer costs the coordinator time that its steps would have. */
    private static long pause(long answering) {
        return Math.max(SHORTEST_PAUSE, Math.min(answering * 10, LONGEST_PAUSE));
    }

    /** News that is not told by now waits in the outbox for the next coordinator; the run's outcome stands. */
    private void waitForNews(CoordinatorApi api, String run) {
        var until = Instant.now().plus(NEWS_PATIENCE);
        var untold = api.untold(run);
        while (untold.stream().anyMatch(line -> line.endsWith("not sent yet"))
                && Instant.now().isBefore(until)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            untold = api.untold(run);
        }
        untold.forEach(line -> err().println("poolkeeper: not told yet, kept in the outbox: " + line));
    }
}
