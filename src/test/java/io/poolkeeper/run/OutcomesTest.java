// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.plan.Expectation;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");

    @TempDir
    Path folder;

    private final List<Expectation> expectations = new ArrayList<>();
    private final List<StepResult> results = new ArrayList<>();

    @Test
    void isInOrderWhenEveryPartIsCapturedAndProven() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        part("database:x/rtcdyn", Disposition.TRANSIENT, null, null);
        published();

        var outcome = sum();

        assertThat(outcome.exit()).isEqualTo(ExitCode.OK);
        assertThat(outcome.count(Outcome.OK)).isEqualTo(1);
        assertThat(outcome.count(Outcome.EXCUSED)).isEqualTo(1);
    }

    @Test
    void isAnInternalErrorWhenAPartHasNoResultAtAll() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        part("share:lost", Disposition.REQUIRED, null, null);
        published();

        var outcome = sum();

        assertThat(outcome.exit()).isEqualTo(ExitCode.INTERNAL);
        assertThat(outcome.failure()).contains("share:lost");
    }

    @Test
    void isAnInternalErrorWhenAStepWasAnsweredTwiceForGood() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        published();
        results.add(results.get(0));

        assertThat(sum().exit()).isEqualTo(ExitCode.INTERNAL);
        assertThat(sum().failure()).contains("answered twice").contains("capture-01 of share:a");
    }

    @Test
    void isAnInternalErrorWhenAResultIsAboutAPartThatNobodyExpected() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        published();
        results.add(result("capture-09", "share:stranger", Outcome.OK, null));

        assertThat(sum().exit()).isEqualTo(ExitCode.INTERNAL);
    }

    @Test
    void isPartialWhenARequiredPartFailedAndAWarningWhenAnOptionalOneDid() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        part("share:b", Disposition.OPTIONAL, Outcome.FAILED, null);
        published();
        assertThat(sum().exit()).isEqualTo(ExitCode.WARNING);

        part("share:c", Disposition.RECOMMENDED, Outcome.FAILED, null);
        assertThat(sum().exit()).isEqualTo(ExitCode.PARTIAL);
    }

    @Test
    void hasNoSetWhenNothingWasPublishedAndNoPartIsOk() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, null);

        var outcome = sum();

        assertThat(outcome.exit()).isEqualTo(ExitCode.NO_SET);
        assertThat(outcome.set()).isNull();
        assertThat(outcome.parts().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcome.parts().get(0).cause()).contains("the set was not published");
    }

    @Test
    void hasNoSetWhenOnlyUnimportantPartsWereCaptured() {
        part("share:a", Disposition.REQUIRED, Outcome.FAILED, null);
        part("share:b", Disposition.OPTIONAL, Outcome.OK, Verdict.PROVEN);
        published();

        assertThat(sum().exit()).isEqualTo(ExitCode.NO_SET);
    }

    @Test
    void saysDamageBeforeFailureAndDoubtAfterIt() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.UNKNOWN);
        published();
        assertThat(sum().exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(sum().parts().get(0).outcome()).isEqualTo(Outcome.WARNING);

        part("share:b", Disposition.REQUIRED, Outcome.FAILED, null);
        assertThat(sum().exit()).isEqualTo(ExitCode.PARTIAL);

        part("share:c", Disposition.REQUIRED, Outcome.OK, Verdict.SUSPECT);
        assertThat(sum().exit()).isEqualTo(ExitCode.DAMAGE);
    }

    @Test
    void takesACheckThatFailedAsDoubtNeverAsGood() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, null);
        published();
        results.add(result("verify-01", "share:a", Outcome.FAILED, null));

        assertThat(sum().parts().get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(sum().exit()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void takesAPublishedPartThatNobodyVerifiedAsDoubt() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, null);
        published();

        var part = sum().parts().get(0);
        assertThat(part.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(part.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(part.cause()).isEqualTo("was not verified");
        assertThat(sum().exit()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void takesAPublishedSetThatNobodyVerifiedAsDoubt() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        published();
        results.removeIf(result -> result.step().equals("verify-set"));

        assertThat(sum().exit()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void partsThatDoNotFitEachOtherAreAWarningThatNamesThem() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        published();
        coherence(Verdict.SUSPECT, List.of(new Output.Damage("settings:x", "names pool y")), "2 users");

        assertThat(sum().exit()).isEqualTo(ExitCode.WARNING);
        assertThat(sum().parts().get(0).outcome()).isEqualTo(Outcome.OK);
        assertThat(sum().notes())
                .containsExactly(
                        "WARNING: the parts of the set do not fit each other: settings:x names pool y; 2 users");
    }

    @Test
    void partsOfWhichOneSideIsMissingAreUnknownAndChangeNoExitCode() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        published();
        coherence(Verdict.UNKNOWN, List.of(), "the set holds no user data");

        assertThat(sum().exit()).isEqualTo(ExitCode.OK);
        assertThat(sum().notes())
                .containsExactly("UNKNOWN whether the parts of the set fit each other: the set holds no user data");
    }

    @Test
    void partsThatCouldNotBeReadForAComparisonAreInDoubt() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        published();
        results.add(result("cohere-set", "set:s", Outcome.FAILED, null));

        assertThat(sum().exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(sum().notes().toString()).contains("UNKNOWN whether", "a cause");
    }

    private void coherence(Verdict verdict, List<Output.Damage> mismatches, String told) {
        results.add(result(
                "cohere-set",
                "set:s",
                Outcome.OK,
                new Output.Judged(verdict, Depth.CONTENT, mismatches, told, 0, null)));
    }

    @Test
    void countsWhatNobodyDecidedAboutAsAWarning() {
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);
        part("database:x/unknown", Disposition.UNDECIDED, null, null);
        part("share:absent", Disposition.ABSENT, null, null);
        published();

        var outcome = sum();

        assertThat(outcome.exit()).isEqualTo(ExitCode.WARNING);
        assertThat(outcome.expected()).isEqualTo(2);
        assertThat(outcome.accountedFor()).isTrue();
    }

    @Test
    void aBackupOfTheDirectoryThatSoonMustNotBeRestoredIsAWarningWithAHint() {
        directory(Duration.ofDays(44), 60);
        assertThat(sum().exit()).isEqualTo(ExitCode.OK);

        directory(Duration.ofDays(46), 60);
        var part = sum().parts().get(0);

        assertThat(sum().exit()).isEqualTo(ExitCode.WARNING);
        assertThat(part.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(part.cause()).contains("E:\\ad", "46 d 0 h old and expires in 14 d 0 h", "lifetime is 60 days");
        assertThat(part.hint()).contains("backed up now");

        directory(Duration.ofDays(46), 180);
        assertThat(sum().exit()).isEqualTo(ExitCode.OK);

        directory(Duration.ofDays(200), 180);
        assertThat(sum().parts().get(0).cause()).startsWith("EXPIRED: ");
    }

    @Test
    void theManifestKeepsTheTombstoneLifetimeWithThePartsOfTheDirectory() {
        directory(Duration.ofDays(1), 180);
        part("share:a", Disposition.REQUIRED, Outcome.OK, Verdict.PROVEN);

        var manifest = new ManifestOf(TestSites.standard(folder), run("backup"), results).manifest(expectations);

        assertThat(manifest.parts().get(0).recorded().path("tombstoneDays").asInt())
                .isEqualTo(180);
        assertThat(manifest.parts().get(1).recorded().has("tombstoneDays")).isFalse();
    }

    /** A run that found such a backup of another product, and such a lifetime. */
    private void directory(Duration old, int tombstoneDays) {
        expectations.clear();
        results.clear();
        var recorded = JsonNodeFactory.instance.objectNode();
        new ObservedBackup(NOW.minus(old), "Commvault", "E:\\ad").write(recorded);
        results.add(result(
                "capture-01",
                "directory:ad",
                Outcome.OK,
                new Output.Captured(List.of(), recorded, Map.of(), Level.FULL, null, List.of())));
        part("directory:ad", Disposition.REQUIRED, null, Verdict.PROVEN);
        expectations.set(
                0,
                new Expectation(
                        PartId.parse("directory:ad"),
                        Disposition.REQUIRED,
                        Method.OBSERVED,
                        null,
                        "a test",
                        "local",
                        null,
                        null,
                        List.of()));
        var found = new Inventory.Directory(NOW, null, null, "DC=x", "CN=c", List.of(), 0, null, tombstoneDays);
        results.add(result(
                "discover-01",
                "source:directory",
                Outcome.OK,
                new Output.Discovered(new Inventory(Map.of(), List.of(), found))));
        published();
    }

    private void part(String part, Disposition disposition, @Nullable Outcome captured, @Nullable Verdict verdict) {
        expectations.add(RunsLab.expectation(part, disposition));
        var number = expectations.size();
        if (captured != null) {
            var artefact = new Output.Artefact("shares/x/full-0001.zip", 10, "0".repeat(64));
            var output = captured == Outcome.FAILED
                    ? null
                    : new Output.Captured(
                            List.of(artefact), Json.node(Map.of()), Map.of(), Level.FULL, null, List.of());
            results.add(result("capture-0" + number, part, captured, output));
        }
        if (verdict != null) {
            var damages = verdict == Verdict.SUSPECT
                    ? List.of(new Output.Damage("a.zip", "is damaged"))
                    : List.<Output.Damage>of();
            results.add(result(
                    "verify-0" + number,
                    part,
                    Outcome.OK,
                    new Output.Judged(
                            verdict,
                            Depth.CONTENT,
                            damages,
                            verdict == Verdict.UNKNOWN ? "cannot be read" : null,
                            10,
                            null)));
        }
    }

    private void published() {
        results.add(result("publish", "set:s", Outcome.OK, new Output.Published("s", 10)));
        results.add(result(
                "verify-set",
                "set:s",
                Outcome.OK,
                new Output.Judged(Verdict.PROVEN, Depth.CONTENT, List.of(), null, 10, null)));
    }

    @Test
    void aRestoreOfWhichEveryPartHasAWarningRestoredSomething() {
        expectations.add(RunsLab.expectation("share:updates", Disposition.REQUIRED));
        results.add(result(
                "restore-01",
                "share:updates",
                Outcome.WARNING,
                new Output.Judged(
                        Verdict.PROVEN, Depth.RESTORED, List.of(), null, 10, "/somewhere", List.of("owner not set"))));

        assertThat(sum("restore").exit()).isEqualTo(ExitCode.WARNING);
    }

    private static StepResult result(String step, String part, Outcome outcome, @Nullable Output output) {
        return new StepResult(
                "run",
                step,
                1,
                "local",
                PartId.parse(part),
                outcome,
                outcome == Outcome.OK ? null : "a cause",
                null,
                false,
                output,
                NOW,
                NOW);
    }

    private RunOutcome sum() {
        return sum("backup");
    }

    private RunOutcome sum(String kind) {
        return Outcomes.of(run(kind), expectations, results, NOW);
    }

    private Run run(String kind) {
        var request = new Request(
                kind,
                "nightly",
                Level.FULL,
                "cli",
                "k",
                "me",
                List.of(),
                null,
                Depth.CONTENT,
                false,
                null,
                NOW,
                Duration.ofHours(1));
        var expected = (int) expectations.stream()
                .filter(part -> part.disposition().expected())
                .count();
        return new Run("run", request, "s", NOW, NOW, expected, null, null, null, null, null, null);
    }
}
