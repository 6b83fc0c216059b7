// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.notify.News;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.ChangeRuns;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Outbox;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.RunStore;
import io.poolkeeper.run.Runs;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Publisher;
import io.poolkeeper.set.Vault;
import io.poolkeeper.share.CaptureShare;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private Site site;
    private RunStore store;
    private Runs runs;
    private Triggers triggers;
    private Outbox outbox;
    private ShareChanges changes;

    private static final class MovingClock extends Clock {
        private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("share"));
        Files.writeString(folder.resolve("share/a.txt"), "a");
        Files.writeString(folder.resolve("secret"), "x");
        Files.writeString(folder.resolve("site.yaml"), """
                site: lab
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                shares:
                  meetings: {path: share, role: meeting-content, pool: pool, watch: {notOftenerThan: PT15M}}
                plans:
                  logs: {level: log}
                  nightly: {level: full}
                notify:
                  email: {host: mail.ocs.lab, from: p@ocs.lab, to: [a@ocs.lab]}
                  rules: [{on: [failed], to: [email]}]
                """);
        site = SiteFile.read(folder.resolve("site.yaml"));
        store = RunStore.inMemory(UUID.randomUUID().toString());
        runs = new Runs(store, clock);
        triggers = new Triggers(site, runs, clock);
        outbox = new Outbox(store, clock);
        changes = changes();
    }

    private ShareChanges changes() {
        return new ShareChanges(site, Vault.of(site), new ChangeRuns(store), outbox, new News(site), PATIENCE, clock);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void looksAtNothingUnlessItIsWoken() {
        assertThat(changes.due("meetings")).isEmpty();
    }

    @Test
    void asksForAnIncrementalRunOfThePartAlone() {
        changes.wake("meetings");

        var trigger = changes.due("meetings").orElseThrow();

        assertThat(trigger)
                .isEqualTo(
                        new Messages.Trigger("nightly", "change:meetings@none", List.of("share:meetings"), "change"));
        var run = runs.find(triggers.accept(trigger, "queue").run()).orElseThrow();
        assertThat(run.request().level()).isEqualTo(Level.INCREMENTAL);
        assertThat(run.request().source()).isEqualTo("change");
        assertThat(run.request().parts()).containsExactly("share:meetings");
    }

    @Test
    void whateverAsksForTheSameIncrementStartsOneRun() {
        changes.wake("meetings");
        var other = changes();
        other.wake("meetings");

        var asked = changes.due("meetings").orElseThrow();
        var alsoAsked = other.due("meetings").orElseThrow();
        var first = triggers.accept(asked, "queue");
        close(first.run());

        assertThat(first).isInstanceOf(Accepted.Started.class);
        assertThat(triggers.accept(alsoAsked, "queue")).isEqualTo(new Accepted.Known(first.run()));
    }

    @Test
    void aChangeKeepsNoOtherRunOfThePlanFromStarting() {
        changes.wake("meetings");
        triggers.accept(changes.due("meetings").orElseThrow(), "queue");

        assertThat(runs.accept(request("timer", "nightly@x"))).isInstanceOf(Accepted.Started.class);
        assertThat(runs.accept(request("timer", "nightly@y"))).isInstanceOf(Accepted.Refused.class);
    }

    @Test
    void isNoRecoveryOfAPlanThatFailed() {
        close(runs.accept(request("timer", "nightly@x")).run());
        clock.now = clock.now.plusSeconds(1);
        changes.wake("meetings");
        var change = runs.find(triggers.accept(changes.due("meetings").orElseThrow(), "queue")
                        .run())
                .orElseThrow();

        assertThat(runs.before(change)).isEmpty();
    }

    @Test
    void isSilentWhenTheVaultHoldsTheShareAsItIs() throws IOException {
        captured("set-1");
        clock.now = clock.now.plus(Duration.ofMinutes(20));
        changes.wake("meetings");
        assertThat(changes.due("meetings")).isEmpty();

        Files.writeString(folder.resolve("share/b.txt"), "b");
        changes.wake("meetings");

        assertThat(changes.due("meetings").orElseThrow().key()).isEqualTo("change:meetings@set-1");
    }

    @Test
    void waitsUntilTheNewestSetIsOldEnoughAlsoAfterARestart() throws IOException {
        captured("set-1");
        Files.writeString(folder.resolve("share/b.txt"), "b");
        changes.wake("meetings");
        assertThat(changes.due("meetings")).isEmpty();

        var restarted = changes();
        restarted.wake("meetings");
        clock.now = clock.now.plus(Duration.ofMinutes(14));
        assertThat(restarted.due("meetings")).isEmpty();

        clock.now = clock.now.plus(Duration.ofMinutes(2));
        assertThat(restarted.due("meetings")).isPresent();
        assertThat(changes.due("meetings"))
                .as("what it heard before is not lost")
                .isPresent();
    }

    @Test
    void anEventDuringARunOfThePlanFiresAfterwards() {
        var nightly = runs.accept(request("timer", "nightly@x")).run();
        changes.wake("meetings");
        assertThat(changes.due("meetings")).isEmpty();

        close(nightly);

        assertThat(changes.due("meetings")).isPresent();
    }

    @Test
    void asksAgainIfNobodyHeardTheQuestion() {
        changes.wake("meetings");
        var asked = changes.due("meetings").orElseThrow();
        assertThat(changes.due("meetings")).isEmpty();

        clock.now = clock.now.plus(PATIENCE);

        assertThat(changes.due("meetings")).contains(asked);
    }

    @Test
    void aRunThatFailedIsTriedAgainWhenItIsNextLookedAt() {
        changes.wake("meetings");
        close(triggers.accept(changes.due("meetings").orElseThrow(), "queue").run());
        assertThat(changes.due("meetings")).isEmpty();
        clock.now = clock.now.plus(Duration.ofMinutes(16));
        assertThat(changes.due("meetings")).as("nothing was heard since").isEmpty();

        changes.wake("meetings");

        assertThat(changes.due("meetings").orElseThrow().key()).isEqualTo("change:meetings@none#2");
    }

    @Test
    void tellsOnceThatAShareIsGoneAndAgainAfterItWasBack() throws IOException {
        var away = folder.resolve("away");
        Files.move(folder.resolve("share"), away);
        changes.wake("meetings");
        assertThat(changes.due("meetings")).isEmpty();
        changes.wake("meetings");
        changes.due("meetings");
        assertThat(outbox.due())
                .singleElement()
                .satisfies(news -> assertThat(news.message())
                        .contains("NOT WATCHED")
                        .contains("share:meetings of lab cannot be watched")
                        .contains("HINT: "));

        Files.move(away, folder.resolve("share"));
        changes.wake("meetings");
        assertThat(changes.due("meetings")).isPresent();
        changes.ended("meetings", "the folder is gone");

        assertThat(outbox.due()).hasSize(2);
    }

    @Test
    void aShareThatNobodyWantsCapturedStartsNothing() throws IOException {
        var text = Files.readString(folder.resolve("site.yaml"));
        Files.writeString(
                folder.resolve("site.yaml"),
                text
                        + "dispositions: [{part: 'share:meetings', as: excluded, reason: r, owner: o, until: 2099-01-01}]\n");
        site = SiteFile.read(folder.resolve("site.yaml"));
        changes = changes();
        changes.wake("meetings");

        assertThat(changes.due("meetings")).isEmpty();
    }

    @Test
    void gathersWhatIsHeardAndWaitsAtMostSoLong() {
        var first = Changed.one("meetings", "a.txt", clock.now);
        var both =
                changes.gather(changes.gather(null, first), Changed.one("meetings", "b.txt", clock.now.plusSeconds(5)));

        assertThat(both).isEqualTo(new Changed("meetings", "a.txt", clock.now, 2));
        assertThat(changes.hasWaited(both, "PT1M")).isFalse();
        clock.now = clock.now.plusSeconds(60);
        assertThat(changes.hasWaited(both, "PT1M")).isTrue();
    }

    @Test
    void nobodyElseCanPassOffAWholeBackupAsAChange() {
        assertThatThrownBy(() -> triggers.accept(
                        new Messages.Trigger("nightly", "k", List.of("database:x/rtc"), "change"), "queue"))
                .isInstanceOf(MessageRefused.class);
        assertThatThrownBy(() -> triggers.accept(new Messages.Trigger("nightly", "k", null, "change"), "queue"))
                .isInstanceOf(MessageRefused.class);
    }

    private void captured(String set) {
        var part = PartId.parse("share:meetings");
        var step = new Step(
                "run-1",
                "capture-01",
                1,
                part,
                Action.CAPTURE,
                Method.ARCHIVE,
                Action.CAPTURE.effect(),
                "local",
                set,
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                Instant.now().plusSeconds(600),
                site.hash());
        var vault = Vault.of(site);
        var work = new TestWork(vault.folder(), vault.attempt(set, step.attemptName()), folder.resolve("sandbox"));
        var taken = (Output.Captured) new CaptureShare(site).handle(step, work);
        var now = Instant.now();
        var held = new Manifest.Part(
                part,
                Kind.SHARE,
                "meeting-content",
                Disposition.REQUIRED,
                null,
                Method.ARCHIVE,
                Outcome.OK,
                null,
                null,
                taken.level(),
                taken.base(),
                taken.artefacts(),
                now,
                now,
                taken.tools(),
                taken.recorded(),
                List.of());
        var manifest = new Manifest(
                set,
                site.name(),
                "ocs-2007-r2",
                "nightly",
                "run-1",
                true,
                Level.FULL,
                site.hash(),
                now,
                now,
                0,
                List.of(held));
        new Publisher(vault, site).publish(manifest, List.of(new Publisher.Won(step.attemptName(), taken.artefacts())));
    }

    private Request request(String source, String key) {
        return new Request(
                "backup",
                "nightly",
                Level.FULL,
                source,
                key,
                "a test",
                List.of(),
                null,
                Depth.CONTENT,
                false,
                null,
                clock.instant(),
                Duration.ofHours(3));
    }

    private void close(String run) {
        assertThat(runs.close(run, ExitCode.NO_SET, "{}", Map.of())).isTrue();
    }
}
