// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.plan.RecordedInventory;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCourseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private Site site;
    private BackupCourse course;

    @BeforeEach
    void prepare() {
        site = TestSites.in(
                folder, TestSites.STANDARD + "shares: {own: {path: share, role: meeting-compliance, pool: ocs2007}}\n");
        course = new BackupCourse(site, new Planner(), Vault.of(site), Clock.systemUTC());
    }

    @Test
    void aPlanAsksEverySource() {
        assertThat(sources("timer", List.of()))
                .containsExactly("source:sql/ocs2007-rtc", "source:shares", "source:directory");
    }

    @Test
    void aChangeOfAShareAsksNothingOfDatabasesAndDirectory() {
        assertThat(sources("change", List.of("share:own"))).containsExactly("source:shares");
    }

    @Test
    void aChangeOfAShareCapturesItAloneAndForgetsNothingOfTheOthers() {
        var instance = new Inventory.SqlInstance(
                "ocs2007-rtc", NOW, null, null, false, "9", "Express", 0, List.of(), List.of());
        new RecordedInventory(site).keep(new Inventory(Map.of("ocs2007-rtc", instance), List.of(), null));
        var run = run("change", List.of("share:own"));
        var asked = course.stage(0, run, List.of()).orElseThrow().steps().get(0);
        var found = new Inventory.Folder(
                "own", "meeting-compliance", "ocs2007", Edition.STANDARD, "local", "share", true, null, true, NOW);
        var answer = StepResult.done(
                asked, "local", new Output.Discovered(new Inventory(Map.of(), List.of(found), null)), NOW, NOW);

        var capture = course.stage(1, run, List.of(answer)).orElseThrow();

        assertThat(capture.steps())
                .extracting(Step::part)
                .extracting(Object::toString)
                .containsExactly("share:own");
        assertThat(capture.expectations().orElseThrow()).hasSize(1);
        assertThat(new RecordedInventory(site).read().sql()).containsKey("ocs2007-rtc");
    }

    private List<String> sources(String source, List<String> parts) {
        return course.stage(0, run(source, parts), List.of()).orElseThrow().steps().stream()
                .map(step -> step.part().toString())
                .toList();
    }

    private static Run run(String source, List<String> parts) {
        var request = new Request(
                "backup",
                "nightly",
                Level.INCREMENTAL,
                source,
                "key",
                source,
                parts,
                null,
                Depth.CONTENT,
                false,
                null,
                NOW,
                Duration.ofHours(1));
        return new Run("run-1", request, "run-1", NOW, NOW.plusSeconds(3600), null, null, null, null, null, null, null);
    }
}
