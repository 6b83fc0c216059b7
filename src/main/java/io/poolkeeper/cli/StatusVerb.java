// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.notify.ConsoleReport;
import io.poolkeeper.proof.Prover;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status}: what can be restored, what is going on, and how the last run ended. */
@Command(
        name = "status",
        description = "Shows what can be restored, what is going on, and how the last run or the named one ended.")
final class StatusVerb extends SiteVerb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "A run's id.")
    private @Nullable String run;

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
        var site = site();
        var coordinator = Coordinators.find(site);
        var outline = new Outline(Vault.of(site));
        var wanted = run;
        if (wanted != null) {
            var live = coordinator.flatMap(api -> api.status(wanted));
            return live.isPresent() ? one(live.get()) : one(outline.summary(wanted));
        }
        var going = coordinator.map(api -> api.recent(20)).orElse(List.of()).stream()
                .filter(status -> status.closed() == null)
                .toList();
        return all(
                site,
                going,
                coordinator.isPresent(),
                outline.summaries().stream().findFirst());
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
        var text = new StringBuilder(
                "run " + status.run() + " is going on: " + status.done().size() + " steps done, expected parts: "
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

    private int all(Site site, List<RunStatus> going, boolean served, Optional<JsonNode> last) {
        var restorability = new Prover(site, Vault.of(site)).at(Instant.now());
        if (json()) {
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "status")
                    .put("version", 1)
                    .put("site", site.name())
                    .put("coordinator", served);
            line.set("restorable", Json.node(restorability));
            line.set("going", Json.node(going));
            line.set("last", last.orElse(null));
            line(line);
        } else {
            out().println(restorability.line());
            out().println(served ? "A coordinator is running." : "No coordinator is running.");
            going.forEach(status -> out().print(text(status)));
            last.ifPresentOrElse(
                    summary -> out().println("Last run: " + summary.path("run").asText() + " "
                            + summary.path("verdict").asText() + ", exit "
                            + summary.path("exit").asInt() + ", finished "
                            + summary.path("finished").asText()),
                    () -> out().println("No run has ended yet."));
        }
        out().flush();
        return last.map(summary -> summary.path("exit").asInt()).orElse(0);
    }
}
