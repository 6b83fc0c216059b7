// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.DispositionRule;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every part that the catalogue knows or discovery found, each with its disposition: the total that a run is held to. A
 * pure function; the planner that makes steps from it cannot make a part disappear.
 */
public final class Expectations {
    private Expectations() {}

    /**
     * All parts of a site, sorted by kind and name.
     *
     * @param now decides whether a decision of the site file still holds
     */
    public static List<Expectation> of(Site site, Inventory inventory, Instant now) {
        var all = new ArrayList<Expectation>();
        all.addAll(new DirectoryParts(site).all());
        all.addAll(new DatabaseParts(site, inventory).all());
        all.addAll(new ShareParts(site, inventory).all());
        all.addAll(new SettingsParts(site).all());
        var today = LocalDate.ofInstant(now, site.zone());
        return all.stream()
                .map(expectation -> decided(site, expectation, all, today))
                .sorted(Comparator.comparing(Expectation::part))
                .toList();
    }

    /**
     * Those that a log backup is about: databases to be captured that have a log to back up, and those of instances that
     * nobody could ask, so that they fail and are not forgotten.
     */
    public static List<Expectation> withLog(List<Expectation> all, Inventory inventory) {
        return all.stream()
                .filter(expectation -> expectation.part().kind() == Kind.DATABASE)
                .filter(expectation -> expectation.disposition().captured())
                .filter(expectation -> hasLog(
                        expectation.part(),
                        inventory.sql().get(expectation.part().owner())))
                .toList();
    }

    /** master has full backups only, whatever its recovery model says (4212). */
    private static boolean hasLog(PartId part, Inventory.@Nullable SqlInstance instance) {
        if (part.leaf().equalsIgnoreCase("master")) {
            return false;
        }
        return instance == null
                || instance.databases().isEmpty()
                || instance.databases().stream()
                        .anyMatch(database -> database.name().equalsIgnoreCase(part.leaf())
                                && !database.recoveryModel().equalsIgnoreCase("SIMPLE"));
    }

    private static Expectation decided(Site site, Expectation found, List<Expectation> all, LocalDate today) {
        return rule(site, found.part(), all)
                .map(rule -> rule.holdsOn(today) ? found.decided(rule.as(), why(rule, found)) : ended(rule, found))
                .orElse(found);
    }

    private static Optional<DispositionRule> rule(Site site, PartId part, List<Expectation> all) {
        var ids = all.stream().map(Expectation::part).toList();
        return site.dispositions().stream()
                .filter(rule -> PartNames.find(rule.part(), ids).contains(part))
                .findFirst();
    }

    private static String why(DispositionRule rule, Expectation found) {
        var reason = rule.reason().orElse(found.reason());
        return reason
                + rule.by().map(by -> " (made again by " + by + ")").orElse("")
                + rule.owner()
                        .map(owner -> " (decided by " + owner
                                + rule.until().map(day -> " until " + day).orElse("") + ")")
                        .orElse("");
    }

    private static Expectation ended(DispositionRule rule, Expectation found) {
        return new Expectation(
                found.part(),
                found.disposition(),
                found.method(),
                found.role(),
                found.reason() + "; the site file's decision '" + rule.as().word() + "' ended on "
                        + rule.until().map(LocalDate::toString).orElse("?"),
                found.worker(),
                found.cause(),
                found.hint(),
                found.dependsOn());
    }
}
