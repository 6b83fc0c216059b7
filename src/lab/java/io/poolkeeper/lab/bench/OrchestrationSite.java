// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A site of many small parts, on a broker of its own on this machine.
 *
 * @param folder holds its site file, {@code site.yaml}
 * @param port where its broker listens
 */
record OrchestrationSite(Path folder, int port) {
    /** The user that may do everything on the broker. */
    static final String USER = "coordinator";

    static final String PASSWORD = "measured";

    private static final String SITE = """
            site: bench
            product: ocs-2007-r2
            timeZone: UTC
            state: {dir: state}
            vault: {path: vault}
            acceptRisk: [{risk: vault-beside-source, reason: a measurement, owner: nobody}]
            proof: {others: media}
            workers: {local: {}}
            pools:
              - name: bench
                edition: standard
                servers: [{fqdn: bench.ocs.lab, roles: [mediation], worker: local, os: 2008r2}]
            broker:
              url: 'failover:(tcp://127.0.0.1:%d)'
              user: coordinator
              password: 'file:password'
              serve: {listen: ['tcp://127.0.0.1:%d']}
            plans:
              steps: {kind: backup, level: full}
            """;

    /** Parts whose step looks at one file of four bytes, and does nothing else. */
    static OrchestrationSite empty(Path folder, int port, int parts) throws IOException {
        return write(
                folder,
                port,
                parts,
                "observed:\n",
                "  - {part: 'share:s%05d', folder: left, files: one.txt, maxAge: P30D}\n");
    }

    /** Parts whose step starts a program that sleeps. */
    static OrchestrationSite sleeping(Path folder, int port, int parts, int seconds) throws IOException {
        return write(
                folder,
                port,
                parts,
                "shares:\n",
                "  s%05d: {path: left, role: meeting-content, pool: bench, command: {backup: [sleep, '" + seconds
                        + "'], result: left, copies: true}}\n");
    }

    private static OrchestrationSite write(Path folder, int port, int parts, String heading, String part)
            throws IOException {
        Files.createDirectories(folder.resolve("left"));
        Files.writeString(folder.resolve("left/one.txt"), "one\n");
        var password = Files.writeString(folder.resolve("password"), PASSWORD).toFile();
        if (!password.setReadable(false, false) || !password.setReadable(true, true)) {
            throw new IOException(password + " cannot be made private. HINT: name a folder on another file system");
        }
        var text = new StringBuilder(SITE.formatted(port, port)).append(heading);
        for (var number = 0; number < parts; number++) {
            text.append(String.format(Locale.ROOT, part, number));
        }
        Files.writeString(folder.resolve("site.yaml"), text);
        return new OrchestrationSite(folder, port);
    }

    String file() {
        return folder.resolve("site.yaml").toString();
    }
}
