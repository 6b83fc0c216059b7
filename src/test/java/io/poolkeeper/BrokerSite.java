// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A site whose coordinator, broker and worker {@code files} are processes of their own and talk by TLS with certificates at
 * both ends, in one folder. The worker's share {@code gated} waits before a gate in its own command.
 */
public final class BrokerSite {
    public static final String PASSWORD = "changeit";

    /** So that what was killed counts as lost soon. */
    private static final String FAST =
            "-XX:TieredStopAtLevel=1 -Dpoolkeeper.heartbeat=PT1S -Dpoolkeeper.step.pause=PT1S -Dpoolkeeper.presence.period=500"
                    + " -Dpoolkeeper.watch.period=500";

    public final Path folder;
    public final Path file;
    public final int port;
    public final int amqp;
    private final Path closed;
    private final Path reached;

    private BrokerSite(Path folder) throws IOException {
        this.folder = folder;
        this.file = folder.resolve("site.yaml");
        this.port = freePort();
        this.amqp = freePort();
        this.closed = folder.resolve("gate-closed");
        this.reached = folder.resolve("gate-reached");
    }

    public static BrokerSite in(Path folder) throws IOException {
        var site = new BrokerSite(folder);
        Files.createDirectories(folder.resolve("here"));
        Files.createDirectories(folder.resolve("there"));
        Files.createDirectories(folder.resolve("gated"));
        Files.createDirectories(folder.resolve("secrets"));
        for (var user : List.of("coordinator", "files", "other", "control-m")) {
            Files.writeString(folder.resolve("secrets/" + user), "pw-" + user + "\n");
        }
        Files.writeString(folder.resolve("secrets/p12"), PASSWORD + "\n");
        Files.writeString(folder.resolve("here/one.txt"), "one");
        Files.writeString(folder.resolve("there/two.txt"), "two");
        Files.writeString(folder.resolve("gated/in.txt"), "in");
        site.certificates();
        site.write();
        return site;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void write() throws IOException {
        var out = folder.resolve("gated/out.txt");
        Files.writeString(folder.resolve("gated.sh"), """
                echo $PPID >>'%s'
                : >'%s'
                while [ -e '%s' ]; do sleep 0.1; done
                cp '%s' '%s'.$$
                mv '%s'.$$ '%s'
                """.formatted(
                        folder.resolve("starts"),
                        reached,
                        closed,
                        folder.resolve("gated/in.txt"),
                        out, // two attempts may write it: whoever reads it finds it whole
                        out,
                        out));
        Files.writeString(file, """
                site: far
                product: ocs-2007-r2
                timeZone: UTC
                state: {dir: state}
                vault: {path: vault}
                acceptRisk: [{risk: vault-beside-source, reason: a test, owner: nobody}]
                proof: {others: content}
                workers:
                  files: {user: files, password: 'file:secrets/files'}
                  other: {user: other, password: 'file:secrets/other'}
                broker:
                  url: 'failover:(ssl://localhost:%1$d)?maxReconnectDelay=500'
                  user: coordinator
                  password: file:secrets/coordinator
                  trust: certs/ca.pem
                  certificate: certs/client.p12
                  certificatePassword: file:secrets/p12
                  serve:
                    listen: ['ssl://127.0.0.1:%1$d', 'amqp://127.0.0.1:%2$d']
                    certificate: certs/broker.p12
                    certificatePassword: file:secrets/p12
                    clientAuthority: certs/ca.pem
                    schedulers:
                      control-m: {password: 'file:secrets/control-m'}
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation], os: 2008r2}]}
                shares:
                  here: {path: here, role: meeting-content, pool: p}
                  there: {path: there, role: meeting-metadata, pool: p, worker: files}
                  gated:
                    path: gated
                    role: update-files
                    pool: p
                    worker: files
                    command: {backup: [sh, gated.sh], verify: ['true'], result: gated/out.txt, collect: true}
                plans:
                  nightly: {kind: backup, parts: ['share:here', 'share:there']}
                  gated: {kind: backup, parts: ['share:gated']}
                """.formatted(port, amqp));
    }

    /** An authority, and certificates of it for the broker and its clients, by the JDK's own keytool. */
    private void certificates() throws IOException {
        var certs = Files.createDirectories(folder.resolve("certs"));
        keytool(
                "ca",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c",
                "-startdate",
                "-1d",
                "-validity",
                "30");
        keytool("ca", "-exportcert", "-rfc", "-file", certs.resolve("ca.pem").toString());
        for (var who : List.of("broker", "client")) {
            var request = certs.resolve(who + ".csr").toString();
            var signed = certs.resolve(who + ".pem").toString();
            keytool(who, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + who, "-validity", "30");
            keytool(who, "-certreq", "-file", request);
            keytool(
                    "ca",
                    "-gencert",
                    "-rfc",
                    "-startdate",
                    "-1d",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-infile",
                    request,
                    "-outfile",
                    signed,
                    "-validity",
                    "30");
            keytool(
                    who,
                    "-importcert",
                    "-noprompt",
                    "-trustcacerts",
                    "-alias",
                    "ca",
                    "-file",
                    certs.resolve("ca.pem").toString());
            keytool(who, "-importcert", "-noprompt", "-file", signed);
        }
    }

    private void keytool(String store, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        if (!command.contains("-alias")) {
            command.addAll(List.of("-alias", "key"));
        }
        command.addAll(
                List.of("-keystore", folder.resolve("certs/" + store + ".p12").toString(), "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    public ProductProcess start(String... verb) {
        return startWith("", Map.of(), verb);
    }

    /**
     * Starts a verb in a world of its own.
     *
     * @param options of its Java, besides those that make it fast
     * @param environment added to this process's own
     */
    public ProductProcess startWith(String options, Map<String, String> environment, String... verb) {
        return ProductProcess.start(folder.resolve("said"), fast(options, environment), file, verb);
    }

    /** Starts a verb of another installation, or with another site file. */
    public ProductProcess startAnother(Path launcher, Path siteFile, String... verb) {
        return ProductProcess.start(launcher, folder.resolve("said"), fast("", Map.of()), siteFile, verb);
    }

    private static Map<String, String> fast(String options, Map<String, String> environment) {
        var whole = new HashMap<>(environment);
        whole.put("JAVA_TOOL_OPTIONS", FAST + " " + options);
        return whole;
    }

    /** Adds lines to the site file, before anything is started. */
    public void add(String yaml) throws IOException {
        Files.writeString(file, yaml, StandardOpenOption.APPEND);
    }

    public void closeGate() throws IOException {
        Files.deleteIfExists(reached);
        Files.writeString(closed, "");
    }

    public void openGate() throws IOException {
        Files.deleteIfExists(closed);
    }

    public boolean isGateReached() {
        return Files.exists(reached);
    }

    /** Which processes started the gated share's command, oldest first. */
    public List<Long> starters() throws IOException {
        var file = folder.resolve("starts");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }
}
