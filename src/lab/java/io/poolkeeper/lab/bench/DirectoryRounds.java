// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Exports the same from the same server by the product and by ldapsearch, in turns, and compares what both wrote.
 *
 * <p>ldapsearch is started once for each partition and its times are added; it writes plain text, the product gzip.
 */
final class DirectoryRounds {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the product exports of the domain, said again: a catalogue that says something else shows as a difference. */
    private static final String OBJECTS = "(|(msRTCSIP-PrimaryUserAddress=*)(&(objectClass=group)(cn=RTC*))"
            + "(&(objectCategory=person)(|(cn=RTCService)(cn=RTCComponentService)(cn=RTCGuestAccessUser)(cn=CWAService)))"
            + "(&(objectClass=serviceConnectionPoint)(|(objectClass=msRTCSIP-Server)(objectClass=msRTCSIP-MCU)"
            + "(objectClass=msRTCSIP-WebComponents)(objectClass=msRTCSIP-MediationServer)"
            + "(objectClass=msRTCSIP-ApplicationServer)(objectClass=msRTCSIP-ConnectionPoint))))";

    private static final String SCHEMA = "(|(cn=ms-RTC-SIP-*)(lDAPDisplayName=msRTCSIP-*))";

    private static final int EXPORTS_BEFORE = 2;

    private final Path launcher;
    private final DirectoryServer server;
    private final Path folder;
    private final Consumer<String> story;

    /**
     * Prepares.
     *
     * @param folder empty; everything happens in it
     * @param story hears what is being done
     */
    DirectoryRounds(Path launcher, DirectoryServer server, Path folder, Consumer<String> story) {
        this.launcher = launcher;
        this.server = server;
        this.folder = folder;
        this.story = story;
    }

    /**
     * Measures.
     *
     * @throws IOException if a command fails, or the two exports differ
     */
    List<DirectoryRound> run(int rounds) throws IOException, InterruptedException {
        var measured = new ArrayList<DirectoryRound>();
        for (var number = 1; number <= rounds; number++) {
            measured.add(round(number));
        }
        return measured;
    }

    private DirectoryRound round(int number) throws IOException, InterruptedException {
        var home = Files.createDirectories(folder.resolve("round-" + number));
        Files.writeString(home.resolve("site.yaml"), server.site());
        Measured peer = null;
        if (number % 2 == 0) {
            peer = ldapsearch(home);
        }
        var whole = backup(home);
        if (peer == null) {
            peer = ldapsearch(home);
        }
        var set = sets(home).get(0);
        var ours = contents(set.resolve("directory"), ".ldif.gz");
        var theirs = contents(home, ".ldif");
        if (!ours.equals(theirs)) {
            throw new IOException(
                    ("the product exported %s, ldapsearch %s: not the same. HINT: did somebody change the directory? Does"
                                    + " a group have more than 1,500 members? ldapsearch asks for no more")
                            .formatted(ours, theirs));
        }
        var recorded = recorded(set);
        var running = running(number);
        var round = new DirectoryRound(
                whole,
                recorded.path("readMillis").asLong() / 1e3,
                recorded.path("countMillis").asLong() / 1e3,
                running.export(),
                peer,
                running.peer(),
                ours.entries());
        story.accept(
                ("round %d, %s: export %.2f s, counted in %.2f s, whole process %.2f s and %.0f MB; in a coordinator"
                                + " %.2f s; ldapsearch %.2f s and %.2f s")
                        .formatted(
                                number,
                                ours,
                                round.export(),
                                round.count(),
                                whole.seconds(),
                                whole.megabytes(),
                                round.running(),
                                peer.seconds(),
                                round.runningPeer().seconds()));
        return round;
    }

    private Measured backup(Path home) throws IOException, InterruptedException {
        var command = List.of(
                launcher.toString(),
                "backup",
                "full",
                "--part",
                "directory:ocs",
                "-c",
                home.resolve("site.yaml").toString());
        return new Stopwatch(home.resolve("output.log")).run(command, environment(), home);
    }

    private record Running(double export, Measured peer) {}

    /** A coordinator runs for months: what is measured is not the first export of its life. */
    private Running running(int number) throws IOException, InterruptedException {
        var home = Files.createDirectories(folder.resolve("running-" + number));
        Files.writeString(home.resolve("site.yaml"), server.site());
        var coordinator = Serving.start(launcher, home, environment());
        try {
            for (var before = 0; before < EXPORTS_BEFORE; before++) {
                backup(home);
            }
            var known = sets(home);
            Measured peer = null;
            if (number % 2 == 0) {
                peer = ldapsearch(home);
            }
            backup(home);
            if (peer == null) {
                peer = ldapsearch(home);
            }
            var last = sets(home);
            last.removeAll(known);
            return new Running(recorded(last.get(0)).path("readMillis").asLong() / 1e3, peer);
        } finally {
            coordinator.close();
        }
    }

    /** The launcher does not look whether sources changed: that belongs to a clone, not to the product. */
    private static Map<String, String> environment() {
        return Map.of("POOLKEEPER_BUILD", "no");
    }

    private Measured ldapsearch(Path home) throws IOException, InterruptedException {
        var partitions = home.resolve("partitions.txt");
        new Stopwatch(partitions).run(server.partitions(), server.environment(), home);
        var configuration = named(partitions, "configurationNamingContext");
        var all = List.of(
                search(home, "configuration", "CN=RTC Service,CN=Services," + configuration, "(objectClass=*)"),
                search(home, "domain", named(partitions, "defaultNamingContext"), OBJECTS),
                search(home, "schema", named(partitions, "schemaNamingContext"), SCHEMA));
        return new Measured(
                all.stream().mapToDouble(Measured::seconds).sum(),
                all.stream().mapToDouble(Measured::megabytes).max().orElse(0));
    }

    private Measured search(Path home, String name, String base, String filter)
            throws IOException, InterruptedException {
        return new Stopwatch(home.resolve(name + ".ldif"))
                .run(server.ldapsearch(base, filter), server.environment(), home);
    }

    private static String named(Path answer, String attribute) throws IOException {
        try (var lines = Files.lines(answer)) {
            return lines.filter(line -> line.startsWith(attribute + ": "))
                    .map(line -> line.substring(attribute.length() + 2))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the server names no " + attribute));
        }
    }

    private static List<Path> sets(Path home) throws IOException {
        try (var files = Files.walk(home.resolve("vault"))) {
            var found = new ArrayList<Path>();
            files.filter(file -> file.endsWith("manifest.json"))
                    .map(Path::getParent)
                    .forEach(found::add);
            if (found.isEmpty()) {
                throw new IOException("the product published no set. HINT: look into " + home.resolve("output.log"));
            }
            return found;
        }
    }

    private static JsonNode recorded(Path set) throws IOException {
        return JSON.readTree(set.resolve("manifest.json").toFile())
                .path("parts")
                .path(0)
                .path("recorded");
    }

    private static LdifContents contents(Path folder, String ending) throws IOException {
        try (var files = Files.list(folder)) {
            var all = LdifContents.NONE;
            for (var file : files.filter(one -> one.toString().endsWith(ending)).toList()) {
                all = all.plus(LdifContents.of(file));
            }
            return all;
        }
    }
}
