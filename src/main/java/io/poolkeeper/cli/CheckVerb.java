// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.app.Preflight;
import io.poolkeeper.notify.Table;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Workers;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import io.poolkeeper.web.RemoteCoordinator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: whether a backup would find all that it needs, found out by doing it. */
@Command(
        name = "check",
        description = "Looks whether a backup would find all that it needs; 4 with warnings, 16 if it would fail.")
final class CheckVerb extends SiteVerb {
    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long all of it may take, such as PT30S (default: PT90S).")
    private Duration timeout = Preflight.PATIENCE;

    @Override
    public Integer call() throws InterruptedException {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new WrongUsage("--timeout must be longer than nothing. HINT: e.g. PT30S");
        }
        var site = site();
        var started = Instant.now();
        var findings = new Preflight(site, timeout, () -> heard(site)).run();
        var exit = exit(findings);
        if (json()) {
            findings.forEach(finding -> print(site, finding));
            print(site, findings, started, exit);
        } else {
            out().print(text(site, findings));
            out().flush();
        }
        return exit.code();
    }

    private static Optional<List<Workers.Heard>> heard(Site site) {
        try {
            return Coordinators.find(site).map(CoordinatorApi::workers);
        } catch (RemoteCoordinator.Unreachable e) {
            return Optional.empty();
        }
    }

    static ExitCode exit(List<Finding> findings) {
        if (count(findings, State.PROBLEM) > 0) {
            return ExitCode.NOT_STARTED;
        }
        return findings.stream().allMatch(finding -> finding.state() == State.OK) ? ExitCode.OK : ExitCode.WARNING;
    }

    private static long count(List<Finding> findings, State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }

    private void print(Site site, Finding finding) {
        line(JsonNodeFactory.instance
                .objectNode()
                .put("message_type", "finding")
                .put("version", 1)
                .put("site", site.name())
                .put("about", finding.about())
                .put("state", finding.state().word())
                .put("what", finding.what())
                .put("hint", finding.hint()));
    }

    private void print(Site site, List<Finding> findings, Instant started, ExitCode exit) {
        line(JsonNodeFactory.instance
                .objectNode()
                .put("message_type", "check")
                .put("version", 1)
                .put("site", site.name())
                .put("started", started.toString())
                .put("finished", Instant.now().toString())
                .put("exit", exit.code())
                .put("ok", count(findings, State.OK))
                .put("warning", count(findings, State.WARNING))
                .put("problem", count(findings, State.PROBLEM))
                .put("unknown", count(findings, State.UNKNOWN)));
    }

    private static String text(Site site, List<Finding> findings) {
        var table = new Table("ABOUT", "STATE", "WHAT");
        findings.forEach(finding -> table.row(finding.about(), finding.state().word(), finding.what()));
        var hints = findings.stream()
                .filter(finding -> finding.hint() != null)
                .map(finding -> finding.about() + " HINT: " + finding.hint() + "\n")
                .distinct()
                .collect(Collectors.joining());
        var counts = Stream.of(State.values())
                .map(state -> count(findings, state) + " " + state.word())
                .collect(Collectors.joining(", "));
        return table.text() + "\n" + hints + (hints.isEmpty() ? "" : "\n") + site.name() + ": " + counts + "\n";
    }
}
