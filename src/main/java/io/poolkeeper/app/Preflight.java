// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.database.PreflightDatabases;
import io.poolkeeper.directory.PreflightDirectory;
import io.poolkeeper.plan.PreflightParts;
import io.poolkeeper.plan.PreflightPlans;
import io.poolkeeper.run.Workers.Heard;
import io.poolkeeper.set.PreflightVault;
import io.poolkeeper.settings.PreflightSettings;
import io.poolkeeper.share.PreflightShares;
import io.poolkeeper.share.ShareFolder;
import io.poolkeeper.share.ShareFolders;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import io.poolkeeper.tool.PreflightCommands;
import io.poolkeeper.tool.PreflightShadow;
import io.poolkeeper.tool.PreflightWbadmin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at everything that a backup of a site will need, all at the same time, as the account that runs it. Starts no run, takes
 * no lock and leaves nothing behind; what does not answer in time is unknown.
 */
public final class Preflight {
    /** How long all of it may take; each look has shorter time-outs of its own. */
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Site site;
    private final PreflightParts parts;
    private final Duration patience;
    private final Supplier<Optional<List<Heard>>> heard;
    private final AtomicLong databases = new AtomicLong();
    private final List<Look> looks = new ArrayList<>();
    private final List<ShareFolder> folders = new CopyOnWriteArrayList<>();

    /** One look of its own thread, and what it has found so far. */
    private record Look(String about, Consumer<Findings> work, Findings found) {}

    /**
     * A pre-flight of a site.
     *
     * @param patience how long it may take
     * @param heard asks the running coordinator which workers it has heard of; empty if none answers
     */
    public Preflight(Site site, Duration patience, Supplier<Optional<List<Heard>>> heard) {
        this.heard = heard;
        this.site = site;
        this.patience = patience;
        this.parts = new PreflightParts(site);
    }

    /** What was found, in the order in which an administrator would mend it. */
    public List<Finding> run() throws InterruptedException {
        var found = await(List.of(new Look("shares", this::folders, new Findings())));
        add("state", findings -> PreflightState.look(site, findings));
        PreflightSecrets.of(site)
                .forEach((key, secret) -> add(key, findings -> PreflightSecrets.look(key, secret, findings)));
        vault();
        sql();
        shares();
        watched();
        site.directory().ifPresent(any -> add("directory", findings -> PreflightDirectory.look(site, findings)));
        add("settings", findings -> PreflightSettings.look(site, parts.methods(), findings));
        add("wbadmin", findings -> PreflightWbadmin.look(site, parts.methods(), findings));
        site.shares()
                .keySet()
                .forEach(key ->
                        add("shares." + key + ".command", findings -> PreflightCommands.look(site, key, findings)));
        site.shares()
                .values()
                .forEach(share -> add(
                        "shares." + share.key() + ".shadow", findings -> PreflightShadow.look(site, share, findings)));
        add("workers", findings -> new PreflightWorkers(site, Clock.systemUTC()).look(heard.get(), findings));
        add("parts", parts::look);
        notifications();
        add("plans", findings -> PreflightPlans.look(site, Instant.now(), findings));
        found.addAll(await(looks));
        var space = new Look(
                "vault", findings -> new PreflightVault(site).space(databases.get(), findings), new Findings());
        found.addAll(await(List.of(space)));
        return found;
    }

    private void add(String about, Consumer<Findings> work) {
        looks.add(new Look(about, work, new Findings()));
    }

    /** Looks for installations on this host's drives, one of which may hang. */
    private void folders(Findings findings) {
        folders.addAll(ShareFolders.of(site));
    }

    private void vault() {
        var sources = new LinkedHashMap<String, Path>();
        folders.forEach(share -> share.path().ifPresent(path -> sources.put("share:" + share.key(), path)));
        add("vault", findings -> new PreflightVault(site).look(Map.copyOf(sources), findings));
    }

    private void sql() {
        var preflight = new PreflightDatabases(site, parts::databases);
        site.sql()
                .values()
                .forEach(source ->
                        add("sql." + source.key(), findings -> databases.addAndGet(preflight.look(source, findings))));
        site.sources()
                .values()
                .forEach(
                        source -> add("sql." + source.key() + ".drill", findings -> preflight.drill(source, findings)));
    }

    private void shares() {
        folders.stream()
                .filter(share -> parts.share(share.key()))
                .forEach(share -> add("share:" + share.key(), findings -> PreflightShares.look(site, share, findings)));
    }

    private void watched() {
        site.shares().values().stream()
                .filter(share -> share.watch().isPresent())
                .forEach(share -> add(
                        "shares." + share.key() + ".watch",
                        findings -> PreflightShares.watched(share, parts.share(share.key()), findings)));
    }

    private void notifications() {
        add("notify", findings -> PreflightNotify.rules(site, findings));
        site.notifications()
                .email()
                .ifPresent(email -> add("notify.email", findings -> PreflightNotify.email(email, findings)));
        site.notifications()
                .teams()
                .ifPresent(teams -> add("notify.teams", findings -> PreflightNotify.teams(teams, findings)));
    }

    private List<Finding> await(List<Look> wanted) throws InterruptedException {
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "check");
            thread.setDaemon(true); // one that hangs in a dead mount must not keep the verb from ending
            return thread;
        });
        try {
            var calls = wanted.stream().map(Preflight::call).toList();
            var answers = threads.invokeAll(calls, patience.toMillis(), TimeUnit.MILLISECONDS);
            var found = new ArrayList<Finding>();
            for (var i = 0; i < answers.size(); i++) {
                found.addAll(result(wanted.get(i), answers.get(i)));
            }
            return found;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Boolean> call(Look look) {
        return () -> {
            look.work().accept(look.found());
            return true;
        };
    }

    private List<Finding> result(Look look, Future<Boolean> answer) throws InterruptedException {
        try {
            answer.get();
        } catch (CancellationException e) {
            look.found()
                    .unknown(
                            look.about(),
                            "gave no answer within " + patience.toSeconds() + " s",
                            "does the host, the share or the command behind it hang?");
        } catch (ExecutionException e) {
            look.found()
                    .unknown(
                            look.about(),
                            "an error of the program: " + e.getCause(),
                            "report it with the site file's part that it is about");
        }
        return look.found().all();
    }
}
