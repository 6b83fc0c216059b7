// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.notify.News;
import io.poolkeeper.run.ChangeRuns;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.run.RunStore;
import io.poolkeeper.run.Runs;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String PART = "settings:cwa/cwa.ocs.lab";

    @TempDir
    Path folder;

    private Site site;
    private RunStore store;
    private Runs runs;
    private Triggers triggers;
    private Outbox outbox;
    private ExportChanges changes;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("cwa"));
        Files.writeString(folder.resolve("site.yaml"), """
                site: lab
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                observed:
                  - {part: 'settings:cwa/cwa.ocs.lab', folder: cwa, files: '*.xml', watch: {quiet: PT30S}}
                plans:
                  logs: {level: log}
                  nightly: {level: full}
                notify:
                  email: {host: mail.ocs.lab, from: p@ocs.lab, to: [a@ocs.lab]}
                  rules: [{on: [failed], to: [email]}]
                """);
        site = SiteFile.read(folder.resolve("site.yaml"));
        store = RunStore.inMemory(UUID.randomUUID().toString());
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        runs = new Runs(store, clock);
        triggers = new Triggers(site, runs, clock);
        outbox = new Outbox(store, clock);
        changes = new ExportChanges(site, Vault.of(site), new ChangeRuns(store), outbox, new News(site), clock);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void asksForNothingWhereNothingWasLeft() throws IOException {
        assertThat(changes.due(PART)).isEmpty();

        left("notes.txt", "not an export", NOW.minusSeconds(60));

        assertThat(changes.due(PART)).isEmpty();
    }

    @Test
    void asksForARunOfThePartAloneWithAKeyThatNamesTheExport() throws IOException {
        left("cwa.xml", "<cwa/>", NOW.minusSeconds(60));

        var trigger = changes.due(PART).orElseThrow();

        assertThat(trigger)
                .isEqualTo(new Messages.Trigger(
                        "nightly",
                        "change:settings:cwa/cwa.ocs.lab@cwa.xml@2026-11-23T11:59:00Z",
                        List.of(PART),
                        "change"));
        var run = runs.find(triggers.accept(trigger, "queue").run()).orElseThrow();
        assertThat(run.request().level()).isEqualTo(Level.INCREMENTAL);
        assertThat(changes.due(PART)).as("it was asked for").isEmpty();
    }

    @Test
    void waitsUntilTheFileIsQuiet() throws IOException {
        left("cwa.xml", "<cwa/>", NOW.minusSeconds(29));

        assertThat(changes.due(PART)).isEmpty();
    }

    @Test
    void waitsForARunOfThePlanThatIsGoingOn() throws IOException {
        var going = triggers.accept(new Messages.Trigger("nightly", "a", null, "me"), "queue")
                .run();
        left("cwa.xml", "<cwa/>", NOW.minusSeconds(60));

        assertThat(runs.find(going)).isPresent();
        assertThat(changes.due(PART)).isEmpty();
    }

    @Test
    void asksAgainForANewerOne() throws IOException {
        left("cwa.xml", "<cwa/>", NOW.minusSeconds(60));
        var first = changes.due(PART).orElseThrow();
        left("cwa.xml", "<cwa changed='1'/>", NOW.minusSeconds(50));

        assertThat(changes.due(PART).orElseThrow().key()).isNotEqualTo(first.key());
    }

    @Test
    void tellsOnceOfAFolderThatIsGone() throws IOException {
        Files.delete(folder.resolve("cwa"));

        assertThat(changes.due(PART)).isEmpty();
        assertThat(changes.due(PART)).isEmpty();

        assertThat(outbox.due())
                .singleElement()
                .satisfies(news -> assertThat(news.message())
                        .contains("settings:cwa/cwa.ocs.lab of lab cannot be watched")
                        .contains("correct folder under observed"));
    }

    @Test
    void tellsOnceOfAVaultThatCannotBeReadHoweverOftenItLooks() throws IOException {
        left("cwa.xml", "<cwa/>", NOW.minusSeconds(60));
        Files.writeString(Files.createDirectories(folder.resolve("vault/lab")).resolve("sets.jsonl"), "no ledger\n");

        assertThat(changes.due(PART)).isEmpty();
        assertThat(changes.due(PART)).isEmpty();

        assertThat(outbox.due())
                .singleElement()
                .satisfies(news -> assertThat(news.message()).contains("the vault cannot be read", "verify its sets"));
        Files.delete(folder.resolve("vault/lab/sets.jsonl"));
        assertThat(changes.due(PART)).isPresent();
    }

    private void left(String name, String text, Instant at) throws IOException {
        var file = Files.writeString(folder.resolve("cwa").resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
