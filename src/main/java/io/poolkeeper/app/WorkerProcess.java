// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.tool.HandOff;
import java.time.Clock;
import java.util.Optional;

/**
 * A worker as a process of its own: it takes the steps of its queue from the site's broker and does them with its own copy of
 * the site file. It keeps nothing: what it was doing when it dies is found by its lease.
 */
public final class WorkerProcess implements AutoCloseable {
    private final Started started;

    private WorkerProcess(Started started) {
        this.started = started;
    }

    /**
     * Starts it.
     *
     * @param name a key of {@code workers} in the site file
     * @throws NotStarted if the site file has no such worker or no broker
     * @throws BrokerUnreachable if the broker gives no connection
     */
    public static WorkerProcess start(Site site, String name) {
        var said = said(site, name);
        var broker = site.broker()
                .orElseThrow(() -> new NotStarted(site.file().getFileName()
                        + " names no broker, so no steps come to a worker of its own. HINT: add broker.url"));
        var started = new Started();
        try {
            LogFile.in(site.state().dir().resolve("worker-" + name).resolve("log"));
            var settings = Settings.read();
            var vault = said.vault()
                    .map(path -> new Vault(path.resolve(site.name())))
                    .orElseGet(() -> Vault.of(site));
            var worker =
                    new Worker(name, site, vault, settings.heartbeat(), Clock.systemUTC(), run -> Optional.empty());
            var connections = BrokerConnections.ofWorker(broker, said);
            connections.probe();
            var workflow = new Workflow(site, settings, connections);
            workflow.bind("messages", new Messages());
            workflow.bind("delivery", new Delivery());
            workflow.bind("parking", new HandBack());
            workflow.bind("worker", worker);
            workflow.bind("publishSet", (StepHandler) (step, work) -> {
                throw new PermanentFault(
                        "worker " + name + " publishes no sets", "only the coordinator does: who sent this step?");
            });
            Handlers.of(site, Clock.systemUTC(), HandOff.NONE).forEach(workflow::bind);
            started.add(() -> {
                worker.stopAll();
                workflow.close();
            });
            workflow.start(Workflow.Role.WORKER, name);
            return new WorkerProcess(started);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Site.Worker said(Site site, String name) {
        var said = site.workers().get(name);
        if (said == null || name.equals(Site.LOCAL)) {
            throw new NotStarted("there is no worker " + name + " of its own in "
                    + site.file().getFileName()
                    + ". HINT: name it under workers; it has "
                    + String.join(", ", site.workers().keySet()) + ", and local is inside the coordinator");
        }
        if (said.isHandOff()) {
            throw new NotStarted(
                    "worker " + name + " works by hand-off: its host has no Java, and the coordinator does its steps."
                            + " HINT: 'script --host' writes what runs there");
        }
        return said;
    }

    @Override
    public void close() {
        started.close();
    }
}
