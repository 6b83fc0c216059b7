// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The product by its launcher, with a site file of one share. */
final class Poolkeeper implements Contender {
    private static final String SHARE = "content";

    private final Path launcher;

    Poolkeeper(Path launcher) {
        this.launcher = launcher;
    }

    @Override
    public String title() {
        return "poolkeeper";
    }

    @Override
    public Optional<String> version() throws IOException, InterruptedException {
        return Optional.of(Version.of(List.of(launcher.toString(), "--version")).orElse("") + ", Java "
                + Runtime.version().feature() + ", deflate, content verified");
    }

    @Override
    public void prepare(Path folder, Path tree) throws IOException {
        var one = Files.createDirectories(folder.resolve("one"));
        Files.writeString(one.resolve("file.txt"), "one");
        Files.writeString(folder.resolve("site.yaml"), site(tree, "vault", "state"));
        Files.writeString(folder.resolve("start.yaml"), site(one, "start-vault", "start-state"));
    }

    private static String site(Path tree, String vault, String state) {
        return """
                site: bench
                product: ocs-2007-r2
                timeZone: UTC
                state: {dir: %s}
                vault: {path: %s}
                acceptRisk: [{risk: vault-beside-source, reason: a measurement, owner: nobody}]
                proof: {others: content}
                workers: {local: {}}
                pools:
                  - name: bench
                    edition: standard
                    servers: [{fqdn: bench.ocs.lab, roles: [mediation], worker: local, os: 2008r2}]
                shares:
                  %s: {path: '%s', role: meeting-content, pool: bench}
                plans:
                  full: {kind: backup, level: full}
                  again: {kind: backup, level: incremental}
                """.formatted(state, vault, SHARE, tree);
    }

    @Override
    public Beside beside(Task task, Path folder) throws IOException, InterruptedException {
        if (task != Task.RUNNING) {
            return Beside.NONE;
        }
        var serve = Serving.start(launcher, folder, environment());
        try {
            runOnce(folder);
        } catch (IOException | InterruptedException e) {
            serve.close();
            throw e;
        }
        return serve;
    }

    /** A coordinator runs for months: what is measured is not the first run of its life. */
    private void runOnce(Path folder) throws IOException, InterruptedException {
        new Stopwatch(folder.resolve("first-run.log")).run(backup("again", site(folder)), environment(), folder);
    }

    @Override
    public Optional<List<String>> command(Task task, Path folder, Path tree, Path target) {
        return Optional.of(
                switch (task) {
                    case START -> backup("full", folder.resolve("start.yaml").toString());
                    case FULL -> backup("full", site(folder));
                    case AGAIN, RUNNING -> backup("again", site(folder));
                    case RESTORE ->
                        List.of(
                                launcher.toString(),
                                "restore",
                                "--part",
                                "share:" + SHARE,
                                "--to",
                                target.toString(),
                                "-c",
                                site(folder));
                });
    }

    private List<String> backup(String plan, String site) {
        return List.of(launcher.toString(), "backup", plan, "--part", "share:" + SHARE, "-c", site);
    }

    private static String site(Path folder) {
        return folder.resolve("site.yaml").toString();
    }

    /** The launcher does not look whether sources changed: that belongs to a clone, not to the product. */
    @Override
    public Map<String, String> environment() {
        return Map.of("POOLKEEPER_BUILD", "no");
    }

    @Override
    public Path restored(Path target, Path tree) {
        return target.resolve("share").resolve(SHARE);
    }
}
