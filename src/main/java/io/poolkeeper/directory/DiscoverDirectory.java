// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.site.DirectorySource;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.Unattended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Looks what the domain controller holds of OCS: naming contexts, containers, pools, servers, and what its clock says. */
public final class DiscoverDirectory implements StepHandler {
    private final Supplier<DomainController> controller;
    private final Catalogue catalogue;
    private final List<String> hosts;

    /** Looks at the domain controller of a site. */
    public DiscoverDirectory(Site site) {
        this(
                () -> DomainController.of(site),
                site.catalogue(),
                site.pools().stream()
                        .flatMap(pool -> pool.servers().stream())
                        .map(Pool.Server::fqdn)
                        .toList());
    }

    private DiscoverDirectory(Supplier<DomainController> controller, Catalogue catalogue, List<String> hosts) {
        this.controller = controller;
        this.catalogue = catalogue;
        this.hosts = hosts;
    }

    /**
     * Looks at a domain controller that no site file names yet.
     *
     * @throws StepFault if it does not answer
     */
    public static Inventory.Directory first(DirectorySource source, Catalogue catalogue) {
        return new DiscoverDirectory(() -> DomainController.at(source), catalogue, List.of())
                .ask(DomainController.CONNECT, new Unattended(DomainController.RESPONSE));
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        var found = ask(shorter(work.timeLeft(), DomainController.CONNECT), work);
        return new Output.Discovered(new Inventory(Map.of(), List.of(), found));
    }

    /**
     * Looks, and says in the answer why it could not if it could not.
     *
     * @param timeout for connecting, and for each answer; at most 5 s are used
     */
    public Inventory.Directory look(Duration timeout) {
        var shorter = shorter(timeout, DomainController.CONNECT);
        try {
            return ask(shorter, new Unattended(shorter));
        } catch (StepFault e) {
            return new Inventory.Directory(
                    Instant.now(), String.valueOf(e.getMessage()), e.hint(), "", "", List.of(), 0, null);
        }
    }

    private Inventory.Directory ask(Duration connect, Work work) {
        if (connect.isZero() || connect.isNegative()) {
            throw new PermanentFault("no time is left to ask the domain controller", "allow the run more time");
        }
        var asked = controller.get();
        try (var line = asked.open(connect, shorter(work.timeLeft(), DomainController.RESPONSE))) {
            var connection = line.ldap();
            var root = RootDse.of(connection, asked);
            var templates = catalogue.directory().stream()
                    .flatMap(entry -> entry.containers().stream())
                    .distinct()
                    .toList();
            var containers = Containers.existing(connection, asked, root, templates);
            var deployment = new DeploymentReader(connection, asked.faults(), work).read(root, containers, hosts);
            return new Inventory.Directory(
                    Instant.now(),
                    null,
                    null,
                    root.domain(),
                    root.configuration(),
                    containers,
                    root.skewSeconds(),
                    deployment,
                    TombstoneLifetime.days(connection, root));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
