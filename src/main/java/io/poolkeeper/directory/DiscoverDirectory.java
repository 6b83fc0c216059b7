// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Looks what the domain controller holds of OCS: naming contexts, containers, and what its clock says. */
public final class DiscoverDirectory implements StepHandler {
    private final Site site;

    /** Looks at the domain controller of a site. */
    public DiscoverDirectory(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        var found = ask(shorter(work.timeLeft(), DomainController.CONNECT));
        return new Output.Discovered(new Inventory(Map.of(), List.of(), found));
    }

    /**
     * Looks, and says in the answer why it could not if it could not.
     *
     * @param timeout for connecting, and for each answer; at most 5 s are used
     */
    public Inventory.Directory look(Duration timeout) {
        try {
            return ask(shorter(timeout, DomainController.CONNECT));
        } catch (StepFault e) {
            return new Inventory.Directory(
                    Instant.now(), String.valueOf(e.getMessage()), e.hint(), "", "", List.of(), 0);
        }
    }

    private Inventory.Directory ask(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new PermanentFault("no time is left to ask the domain controller", "allow the run more time");
        }
        var controller = DomainController.of(site);
        try (var line = controller.open(timeout, timeout)) {
            var connection = line.ldap();
            var root = RootDse.of(connection, controller);
            var templates = site.catalogue().directory().stream()
                    .flatMap(entry -> entry.containers().stream())
                    .distinct()
                    .toList();
            var containers = Containers.existing(connection, controller, root, templates);
            return new Inventory.Directory(
                    Instant.now(),
                    null,
                    null,
                    root.domain(),
                    root.configuration(),
                    containers,
                    root.skewSeconds(),
                    TombstoneLifetime.days(connection, root));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
