// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.database.DiscoverDatabases;
import io.poolkeeper.directory.DiscoverDirectory;
import io.poolkeeper.share.DiscoverShares;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Discovery without broker and routes, for {@code plan}: every source is asked at the same time. */
public final class Survey {
    /** How long a source may take to answer; then what was recorded about it serves. */
    public static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Site site;

    /** Surveys a site. */
    public Survey(Site site) {
        this.site = site;
    }

    /** What there is now; what cannot be asked is as it was recorded, and says so. */
    public Inventory now() {
        var questions = new ArrayList<Callable<Inventory>>();
        var databases = new DiscoverDatabases(site);
        var recorded = new RecordedInventory(site).read();
        site.sources()
                .values()
                .forEach(source -> questions.add(() -> {
                    var instance =
                            site.askedByHost(source) ? ofHost(source, recorded) : databases.look(source, PATIENCE);
                    return new Inventory(Map.of(instance.key(), instance), List.of(), null);
                }));
        questions.add(() -> new Inventory(Map.of(), new DiscoverShares(site).look(), null));
        if (site.directory().isPresent()) {
            questions.add(() -> new Inventory(Map.of(), List.of(), new DiscoverDirectory(site).look(PATIENCE)));
        }
        return ask(questions).orRecorded(recorded);
    }

    /** Only a run has its host ask. */
    private static Inventory.SqlInstance ofHost(SqlSource source, Inventory recorded) {
        var before = recorded.sql().get(source.key());
        return before != null
                ? before
                : new Inventory.SqlInstance(
                        source.key(),
                        Instant.now(),
                        "host " + source.worker() + " is asked for the databases of sql." + source.key()
                                + " when a run begins, and has not been asked yet",
                        "run 'backup' once, then 'script --host' for the databases that it found",
                        false,
                        "",
                        "",
                        0,
                        List.of());
    }

    private static Inventory ask(List<Callable<Inventory>> questions) {
        var threads = Executors.newFixedThreadPool(Math.max(1, questions.size()), task -> {
            var thread = new Thread(task, "survey");
            thread.setDaemon(true);
            return thread;
        });
        try {
            var found = Inventory.EMPTY;
            for (var answer : threads.invokeAll(questions)) {
                found = found.with(answer.get());
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the sources", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a source's question failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
