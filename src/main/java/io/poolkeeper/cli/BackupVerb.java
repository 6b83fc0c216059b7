// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.Triggers;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Request;
import io.poolkeeper.site.PlanConfig;
import io.poolkeeper.site.Site;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}: captures, publishes and verifies a set. */
@Command(name = "backup", description = "Backs up the site, publishes the set, verifies it, and reports.")
final class BackupVerb extends RunVerb {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLAN",
            description = "A plan of the site file (default: its only backup plan, or 'nightly').")
    private @Nullable String plan;

    @Option(names = "--level", paramLabel = "LEVEL", description = "full, incremental or log (default: the plan's).")
    private @Nullable Level level;

    @Override
    Request request(Site site) {
        var chosen = plan(site);
        var asked = level == null ? chosen.map(PlanConfig::level).orElse(Level.FULL) : level;
        var parts = parts().isEmpty() ? chosen.map(PlanConfig::parts).orElse(parts()) : parts();
        return Requests.of(
                "backup",
                chosen.map(PlanConfig::name).orElse("backup"),
                asked,
                parts,
                null,
                Depth.CONTENT,
                false,
                null,
                chosen.flatMap(PlanConfig::deadline).orElse(Triggers.NO_DEADLINE));
    }

    private Optional<PlanConfig> plan(Site site) {
        var backups = site.plans().values().stream()
                .filter(candidate -> candidate.kind().equals("backup"))
                .toList();
        if (plan != null) {
            return Optional.of(backups.stream()
                    .filter(candidate -> candidate.name().equals(plan))
                    .findFirst()
                    .orElseThrow(() -> new WrongUsage("the site file has no backup plan " + plan + ". HINT: it has "
                            + String.join(
                                    ", ", backups.stream().map(PlanConfig::name).toList()))));
        }
        if (backups.size() <= 1) {
            return backups.stream().findFirst();
        }
        return Optional.of(backups.stream()
                .filter(candidate -> candidate.name().equals("nightly"))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("the site file has several backup plans. HINT: name one of "
                        + String.join(
                                ", ", backups.stream().map(PlanConfig::name).toList()))));
    }
}
