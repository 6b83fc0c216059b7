// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.cli.Poolkeeper;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Ledger;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A watched share of a coordinator in a process of its own: what changes in it is in the vault soon, whatever comes between. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final PartId PART = PartId.parse("share:meetings");
    private static final PartId EXPORTED = PartId.parse("settings:cwa/cwa.ocs.lab");

    @TempDir
    static Path folder;

    private static Path share;
    private static Path siteFile;
    private static Vault vault;
    private static ProductProcess serve;

    @BeforeAll
    static void start() throws IOException {
        share = Files.createDirectories(folder.resolve("share"));
        Files.writeString(share.resolve("first.txt"), "first");
        Files.createDirectories(folder.resolve("cwa"));
        siteFile = Files.writeString(folder.resolve("site.yaml"), """
                site: watch-it
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                shares:
                  meetings:
                    path: share
                    role: meeting-content
                    pool: pool
                    watch: {quiet: PT1S, notOftenerThan: PT1S, scan: PT12H}
                  metadata: {path: share, role: meeting-metadata, pool: pool}
                observed:
                  - {part: 'settings:cwa/cwa.ocs.lab', folder: cwa, files: '*.xml', watch: {quiet: PT1S}}
                plans:
                  nightly: {level: full, cron: "0 0 0 1 1 ? 2099"}
                """);
        vault = Vault.of(SiteFile.read(siteFile));
        serve = serve();
    }

    @AfterAll
    static void stop() {
        serve.close();
    }

    @Test
    @Order(1)
    void aShareThatWasNeverCapturedIsCapturedAtOnce() throws IOException {
        awaitSets(1);

        assertThat(held(newest()).level()).isEqualTo(Level.FULL);
    }

    @Test
    @Order(2)
    void aNewFileStartsAnIncrementalRunOfThatPartAlone() throws IOException {
        var before = newest().set();
        Files.writeString(share.resolve("second.txt"), "second");

        awaitSets(2);

        var set = newest();
        assertThat(set.parts()).extracting(Manifest.Part::part).containsExactly(PART);
        assertThat(held(set).level()).isEqualTo(Level.INCREMENTAL);
        assertThat(held(set).base()).isEqualTo(before);
        assertThat(read(set)).isEqualTo(1);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ask("status", set.run()).path("summary").isObject());
        var run = ask("status", set.run()).path("summary");
        assertThat(run.path("trigger").asText()).isEqualTo("change");
        assertThat(run.path("key").asText()).isEqualTo("change:meetings@" + before);
        assertThat(run.path("expected").asInt()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void aBurstOfWritesIsOneRun() throws IOException {
        Files.createDirectory(share.resolve("burst"));
        for (var i = 0; i < 200; i++) {
            Files.writeString(share.resolve("burst/" + i + ".txt"), "burst " + i);
        }

        awaitSets(3);

        assertThat(read(newest())).isEqualTo(200);
        Awaitility.await().during(Duration.ofSeconds(6)).atMost(LONG).until(() -> sets().size() == 3);
    }

    @Test
    @Order(4)
    void whatChangedWhileItWasDownIsFoundWhenItStarts() throws Exception {
        serve.terminate();
        serve.await(Duration.ofSeconds(40));
        Files.delete(share.resolve("first.txt"));

        serve = serve();
        awaitSets(4);

        assertThat(held(newest()).recorded().path("deleted").asInt()).isEqualTo(1);
    }

    @Test
    @Order(5)
    void aShareThatVanishesIsToldAndCapturedAgainWhenItIsBack() throws IOException {
        var away = folder.resolve("away");
        Files.move(share, away);
        Files.writeString(away.resolve("gone.txt"), "written while the share was away");
        awaitLog("share:meetings cannot be watched");
        assertThat(serve.isRunning()).isTrue();

        Files.move(away, share);
        Files.writeString(share.resolve("back.txt"), "back");

        awaitSets(5);
        assertThat(read(newest())).isEqualTo(2);
        assertThat(ask("check").path("message_type").asText()).isEqualTo("check");
    }

    @Test
    @Order(6)
    void settingsThatSomebodyExportsStartARunOfThatPartAlone() throws IOException {
        Files.writeString(folder.resolve("cwa/first.xml"), "<cwa><port>443</port></cwa>");
        awaitSets(6);

        var set = newest();
        assertThat(set.parts()).extracting(Manifest.Part::part).containsExactly(EXPORTED);
        assertThat(set.part(EXPORTED).orElseThrow().outcome()).isEqualTo(Outcome.OK);
        Files.writeString(folder.resolve("cwa/second.xml"), "<cwa><port>444</port></cwa>");
        awaitSets(7);
        assertThat(newest().part(EXPORTED).orElseThrow().recorded().path("name").asText())
                .isEqualTo("second.xml");
        Awaitility.await().during(Duration.ofSeconds(6)).atMost(LONG).until(() -> sets().size() == 7);
    }

    private static ProductProcess serve() {
        var started = ProductProcess.start(folder.resolve("said"), Map.of(), siteFile, "serve");
        Awaitility.await().atMost(LONG).until(() -> started.out().startsWith("serving watch-it"));
        return started;
    }

    private static void awaitSets(int count) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(sets()).hasSize(count));
    }

    private static void awaitLog(String text) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> log().contains(text));
    }

    private static String log() throws IOException {
        try (var files = Files.list(folder.resolve("state/log"))) {
            var text = new StringBuilder();
            for (var file : files.toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    private static List<String> sets() {
        try {
            return vault.ledger().entries().stream()
                    .map(Ledger.Entry::line)
                    .map(Ledger.Line::set)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest newest() throws IOException {
        var sets = sets();
        return vault.manifest(sets.get(sets.size() - 1));
    }

    private static Manifest.Part held(Manifest set) {
        return set.part(PART).orElseThrow();
    }

    private static int read(Manifest set) {
        return held(set).recorded().path("read").asInt();
    }

    /** The last line that a verb prints. */
    private static JsonNode ask(String... verb) {
        var args = new java.util.ArrayList<>(List.of(verb));
        args.addAll(List.of("-c", siteFile.toString(), "--json"));
        var out = new StringWriter();
        Poolkeeper.run(new PrintWriter(out), new PrintWriter(new StringWriter()), args.toArray(new String[0]));
        var lines = out.toString().lines().toList();
        return Json.tree(lines.get(lines.size() - 1));
    }
}
