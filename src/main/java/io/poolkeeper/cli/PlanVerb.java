// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.notify.Table;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.plan.Expectations;
import io.poolkeeper.plan.HostLevels;
import io.poolkeeper.plan.PartNames;
import io.poolkeeper.plan.Plan;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.plan.SilentHosts;
import io.poolkeeper.plan.Survey;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan}: what a backup would do, without doing any of it. */
@Command(
        name = "plan",
        description =
                "Shows what a backup would do, part by part; 4 if something is undecided, a source cannot be asked or a host"
                        + " is silent.")
final class PlanVerb extends SiteVerb {
    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Only this part; an id or a short form that is unique. May be repeated.")
    private List<String> parts = List.of();

    @Option(names = "--level", paramLabel = "LEVEL", description = "full, incremental or log (default: full).")
    private Level level = Level.FULL;

    @Override
    public Integer call() {
        var site = site();
        var inventory = new Survey(site).now();
        var whole = Expectations.of(site, inventory, Instant.now());
        var all = level == Level.LOG ? Expectations.withLog(site, whole, inventory) : whole;
        var wanted = parts.isEmpty()
                ? all
                : all.stream()
                        .filter(part -> PartNames.resolve(
                                        parts,
                                        all.stream().map(Expectation::part).toList())
                                .contains(part.part()))
                        .toList();
        var plan = new Planner().backup("plan", "plan", level, wanted, Map.of());
        var warnings = warnings(inventory);
        warnings.addAll(SilentHosts.warnings(site, wanted, Instant.now()));
        HostLevels.warning(site, wanted, level).ifPresent(warnings::add);
        if (json()) {
            print(site, plan, warnings);
        } else {
            out().print(text(site, plan, warnings));
            out().flush();
        }
        var open = wanted.stream()
                .anyMatch(part -> part.disposition() == Disposition.UNDECIDED
                        || (part.disposition().captured() && part.cause() != null));
        return open || !warnings.isEmpty() ? ExitCode.WARNING.code() : ExitCode.OK.code();
    }

    private static List<String> warnings(Inventory inventory) {
        var warnings = new ArrayList<String>();
        inventory.sql().values().stream()
                .filter(instance -> !instance.reachable())
                .forEach(instance -> warnings.add(instance.cause()
                        + (instance.recorded()
                                ? "; shown is what was found at " + instance.at()
                                : "; shown is what the site file asks for")
                        + ". HINT: " + instance.hint()));
        var directory = inventory.directory();
        if (directory != null && directory.cause() != null) {
            warnings.add(directory.cause() + ". HINT: " + directory.hint());
        }
        return warnings;
    }

    private void print(Site site, Plan plan, List<String> warnings) {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("message_type", "plan")
                .put("version", 1)
                .put("site", site.name())
                .put("expected", plan.expected());
        line.set("warnings", Json.node(warnings));
        line.set("parts", Json.node(plan.parts()));
        line.set("stages", Json.node(plan.stages()));
        line(line);
    }

    private static String text(Site site, Plan plan, List<String> warnings) {
        var text = new StringBuilder();
        text.append("Plan of ")
                .append(site.name())
                .append(", ")
                .append(site.catalogue().title())
                .append(": ")
                .append(plan.expected())
                .append(" parts expected, ")
                .append(plan.stages().get(0).steps().size())
                .append(" to capture\n\n");
        var table = new Table("PART", "DISPOSITION", "METHOD", "WORKER", "WHY");
        for (var part : plan.parts()) {
            var captured = part.disposition().captured();
            table.row(
                    part.part().toString(),
                    part.disposition().word(),
                    captured ? part.method().word() : "",
                    captured ? part.worker() : "",
                    part.cause() == null ? part.reason() : "! " + part.cause());
        }
        text.append(table.text()).append('\n');
        warnings.forEach(warning -> text.append("WARNING: ").append(warning).append('\n'));
        plan.parts().stream()
                .filter(part -> part.hint() != null)
                .forEach(part -> text.append(part.part())
                        .append(" HINT: ")
                        .append(part.hint())
                        .append('\n'));
        return text.toString();
    }
}
