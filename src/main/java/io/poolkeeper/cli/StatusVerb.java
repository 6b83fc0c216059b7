// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.app.Triggers;
import io.poolkeeper.notify.ConsoleReport;
import io.poolkeeper.proof.Prover;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Cron;
import io.poolkeeper.site.Site;
import io.poolkeeper.web.RemoteCoordinator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: what can be restored, what is going on, and how the last run ended. */
@Command(
        name = "status",
        description = "Shows what can be restored, what is going on, and how the last run or the named one ended.")
final class StatusVerb extends SiteVerb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "A run's id.")
    private @Nullable String run;

    @Option(
            names = "--max-age",
            paramLabel = "DURATION",
            description =
                    "Ends with 32 if the newest good copy of a required part is older, by what the vault alone says:"
                            + " such as PT26H or P2D.")
    private @Nullable Duration maxAge;

    @Override
    public Integer call() throws IOException {
        try {
            return look();
        } catch (MalformedDocument e) {
            err().println("poolkeeper: the vault holds a damaged record: " + e.getMessage()
                    + ". HINT: 'verify' says which sets are whole; put the record back from a copy of the vault");
            return ExitCode.DAMAGE.code();
        }
    }

    private int look() throws IOException {
        var most = maxAge;
        if (most != null && (run != null || most.isNegative() || most.isZero())) {
            throw new WrongUsage(
                    run == null
                            ? "--max-age " + most + " is no age. HINT: write how old a copy may be, such as PT26H"
                            : "--max-age is about the site, not about run " + run + ". HINT: leave one of them out");
        }
        var site = site();
        var coordinator = Coordinators.find(site);
        var outline = new Outline(Vault.of(site));
        var wanted = run;
        if (wanted != null) {
            return one(wanted, answer(coordinator, api -> api.status(wanted)), outline.summary(wanted));
        }
        var recent = answer(coordinator, api -> api.recent(20));
        var going = recent.orElse(List.of()).stream()
                .filter(status -> status.closed() == null)
                .toList();
        return all(site, going, recent.isPresent(), outline.summaries());
    }

    /** What the coordinator says; empty if none is running, or the one that was killed left its address behind. */
    private <T> Optional<T> answer(Optional<CoordinatorApi> coordinator, Function<CoordinatorApi, T> question) {
        try {
            return coordinator.map(question);
        } catch (RemoteCoordinator.Unreachable e) {
            err().println("poolkeeper: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** That the vault does not know a run says nothing of one that is going on: only the coordinator knows that. */
    private int one(String wanted, Optional<Optional<RunStatus>> live, Optional<JsonNode> ended) {
        if (live.isEmpty() && ended.isEmpty()) {
            throw new RemoteCoordinator.Unreachable("the vault knows no run " + wanted
                    + " that has ended, and no coordinator answers. HINT: start 'serve' and ask again; it knows what"
                    + " became of runs that were going on");
        }
        var known = live.flatMap(Function.identity());
        return known.isPresent() ? one(known.get()) : one(ended);
    }

    /**
     * Plans whose newest run is older than their cron expression allows, by what the vault alone tells; a plan that never ran
     * was never promised.
     */
    private static List<String> late(Site site, List<RunStatus> going, List<JsonNode> summaries, Instant now) {
        var late = new ArrayList<String>();
        for (var plan : site.plans().values()) {
            var isGoing = going.stream().anyMatch(status -> status.plan().equals(plan.name()));
            var last = summaries.stream()
                    .filter(summary -> summary.path("plan").asText().equals(plan.name()))
                    .filter(summary -> !isOfAChange(summary))
                    .findFirst();
            if (plan.cron().isEmpty() || last.isEmpty() || isGoing) {
                continue;
            }
            var due = Cron.next(
                    plan.cron().get(),
                    site.zone(),
                    Instant.parse(last.get().path("started").asText()));
            due.filter(at -> at.plus(plan.deadline().orElse(Triggers.NO_DEADLINE))
                            .isBefore(now))
                    .ifPresent(at -> late.add("plan " + plan.name() + " was due at "
                            + at.atZone(site.zone()).toOffsetDateTime() + " and no run of it is known since"));
        }
        return late;
    }

    private int one(RunStatus status) {
        if (json()) {
            line(Json.node(status));
        } else if (status.summary() != null) {
            out().print(ConsoleReport.text(status.summary()));
        } else {
            out().print(text(status));
        }
        out().flush();
        return status.exit() == null ? ExitCode.OK.code() : status.exit();
    }

    private int one(Optional<JsonNode> summary) {
        var known = summary.orElseThrow(
                () -> new WrongUsage("there is no run " + run + ". HINT: 'status' shows the last one"));
        if (json()) {
            line(known);
        } else {
            out().print(ConsoleReport.text(known));
        }
        out().flush();
        return known.path("exit").asInt();
    }

    private static String text(RunStatus status) {
        var text = new StringBuilder("run " + status.run() + " is going on: " + stage(status)
                + status.done().size()
                + " steps done, expected parts: "
                + (status.expected() == null ? "not known yet" : status.expected()) + "\n");
        status.doing()
                .forEach(doing -> text.append("  ")
                        .append(doing.action().word())
                        .append(' ')
                        .append(doing.part())
                        .append(
                                doing.worker() == null
                                        ? " waits"
                                        : doing.total() > 0
                                                ? " " + Math.min(100, doing.progress() * 100 / doing.total()) + " %"
                                                : " ...")
                        .append('\n'));
        return text.toString();
    }

    /** The newest stage. */
    private static String stage(RunStatus status) {
        return status.stages().isEmpty()
                ? ""
                : "stage " + status.stages().get(status.stages().size() - 1).name() + ", ";
    }

    private int all(Site site, List<RunStatus> going, boolean served, List<JsonNode> summaries) {
        var now = Instant.now();
        var last = summaries.stream().findFirst();
        var late = late(site, going, summaries, now);
        var prover = new Prover(site, Vault.of(site));
        var restorability = prover.at(now);
        if (maxAge != null) {
            late.addAll(prover.older(maxAge, now));
        }
        if (json()) {
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "status")
                    .put("version", 1)
                    .put("site", site.name())
                    .put("coordinator", served);
            line.set("restorable", Json.node(restorability));
            line.set("going", Json.node(going));
            line.set("overdue", Json.node(late));
            line.set("last", last.orElse(null));
            line(line);
        } else {
            out().println(restorability.line());
            if (restorability.directory() != null) {
                out().println(restorability.directory());
            }
            out().println(served ? "A coordinator is running." : "No coordinator is running.");
            going.forEach(status -> out().print(text(status)));
            late.forEach(
                    plan -> out().println("OVERDUE: " + plan + ". HINT: is 'serve' running? 'trigger' starts it now"));
            last.ifPresentOrElse(
                    summary -> out().println("Last run: " + summary.path("run").asText() + " "
                            + summary.path("verdict").asText() + ", exit "
                            + summary.path("exit").asInt() + ", finished "
                            + summary.path("finished").asText()),
                    () -> out().println("No run has ended yet."));
        }
        out().flush();
        var codes = EnumSet.of(exit(last));
        codes.add(exit(summaries.stream()
                .filter(summary -> !isOfAChange(summary))
                .findFirst())); // a run of one share hides no failure of the whole
        if (!late.isEmpty()) {
            codes.add(ExitCode.OVERDUE);
        }
        return codes.contains(ExitCode.NOT_STARTED) && late.isEmpty()
                ? ExitCode.NOT_STARTED.code()
                : ExitCode.worst(codes).code();
    }

    private static ExitCode exit(Optional<JsonNode> summary) {
        return summary.map(known -> ExitCode.of(known.path("exit").asInt())).orElse(ExitCode.OK);
    }

    /** Whether a run captured a share alone, because that had changed. */
    private static boolean isOfAChange(JsonNode summary) {
        return summary.path("trigger").asText().equals("change");
    }
}
