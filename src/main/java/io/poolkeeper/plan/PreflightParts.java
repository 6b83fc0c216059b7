// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Inventory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the plan of a full backup: what nobody decided about, and what is certain to fail. */
public final class PreflightParts {
    private final Site site;

    /** Looks at the parts of a site. */
    public PreflightParts(Site site) {
        this.site = site;
    }

    /** Which databases of an instance are captured, as the server spells them. */
    public Set<String> databases(Inventory.SqlInstance instance) {
        return captured(new Inventory(Map.of(instance.key(), instance), List.of(), null), Kind.DATABASE)
                .filter(part -> part.part().owner().equals(instance.key()))
                .map(part -> part.part().leaf())
                .collect(Collectors.toSet());
    }

    /** Whether a share is captured. */
    public boolean share(String key) {
        var found = new Inventory.Folder(
                key,
                role(key),
                null,
                io.poolkeeper.catalogue.Edition.STANDARD,
                Site.LOCAL,
                "",
                true,
                null,
                true,
                Instant.now());
        return captured(new Inventory(Map.of(), List.of(found), null), Kind.SHARE)
                .anyMatch(part -> part.part().leaf().equals(key));
    }

    private String role(String key) {
        return io.poolkeeper.share.ShareFolders.find(site, key)
                .map(io.poolkeeper.share.ShareFolder::role)
                .orElse("");
    }

    /** How the parts are captured that this host captures itself; what others find they tell. */
    public Set<Method> methods() {
        return expected(Inventory.EMPTY)
                .filter(part -> part.disposition().captured() && part.worker().equals(Site.LOCAL))
                .map(Expectation::method)
                .collect(Collectors.toSet());
    }

    private Stream<Expectation> captured(Inventory inventory, Kind kind) {
        return expected(inventory)
                .filter(part -> part.part().kind() == kind)
                .filter(part -> part.disposition().captured());
    }

    private Stream<Expectation> expected(Inventory inventory) {
        return Expectations.of(site, inventory, Instant.now()).stream();
    }

    /** Asks all sources and says what a run would be held to. */
    public void look(Findings findings) {
        judge(Expectations.of(site, new Survey(site).now(), Instant.now()), findings);
    }

    /** What the plan means. */
    static void judge(List<Expectation> parts, Findings findings) {
        for (var part : parts) {
            var about = part.part().toString();
            var hint = String.valueOf(part.hint());
            if (part.disposition() == Disposition.UNDECIDED) {
                findings.warning(
                        about,
                        DeploymentParts.isOne(part.part())
                                ? String.valueOf(part.cause())
                                : "nobody decided whether it is to be captured: " + part.reason(),
                        hint);
            } else if (part.disposition().captured() && part.cause() != null) {
                if (part.disposition() == Disposition.OPTIONAL) {
                    findings.warning(about, part.cause() + " (optional)", hint);
                } else {
                    findings.problem(
                            about, part.cause() + " (" + part.disposition().word() + ")", hint);
                }
            }
        }
        findings.ok(
                "plan",
                parts.size() + " parts expected, "
                        + parts.stream().filter(Expectation::toCapture).count() + " to capture");
    }
}
