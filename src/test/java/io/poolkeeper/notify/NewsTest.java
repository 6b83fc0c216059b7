// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.proof.Restorability;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.PartOutcome;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.Run;
import io.poolkeeper.run.RunOutcome;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Changes;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "OK, [OK]",
        "WARNING, [WARNING]",
        "PARTIAL, [FAILED]",
        "NO_SET, [FAILED]",
        "DAMAGE, [SUSPECT]",
        "INCONCLUSIVE, [UNKNOWN]"
    })
    void beginsTheSubjectWithTheVerdict(ExitCode exit, String verdict) {
        assertThat(EmailMessage.of(report(exit, 1)).subject()).startsWith(verdict + " test-site backup nightly");
    }

    @Test
    void keepsTheCardBelowItsLimitHoweverMuchFailed() {
        var card = TeamsCard.of(report(ExitCode.PARTIAL, 500));

        assertThat(card.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(TeamsCard.MOST_BYTES);
        assertThat(card).contains("... and").contains(" more");
        var content = Json.tree(card).path("attachments").path(0).path("content");
        assertThat(content.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(content.path("version").asText()).isEqualTo("1.4");
    }

    @Test
    void neverLetsANameBecomeMarkup() {
        var mail = EmailMessage.of(report(ExitCode.PARTIAL, 1));

        assertThat(mail.html()).contains("&lt;script&gt;").doesNotContain("<script>");
        assertThat(mail.text()).contains("<script>");
    }

    @ParameterizedTest
    @CsvSource({"OK, false", "WARNING, false", "PARTIAL, true", "DAMAGE, true", "INCONCLUSIVE, true", "OVERDUE, true"})
    void tellsWhoeverWantsToHearOfFailuresOfEveryKindOfThem(ExitCode exit, boolean told) {
        assertThat(new News(site()).of(report(exit, 1)).containsKey("email")).isEqualTo(told);
    }

    @Test
    void tellsOfChangesInEveryShapeAndHowManyMoreThereAre() {
        var changes = Changes.of(
                "a-set",
                IntStream.range(0, 60)
                        .mapToObj(i -> "/S/V[" + i + "]: '<b>' -> 'c'")
                        .toList());
        var report = report(ExitCode.OK, List.of(part(1, changes), part(2, Changes.unknown("a-set", "it is damaged"))));

        assertThat(ConsoleReport.text(report).lines())
                .contains("CHANGED share:part-1 since set a-set", "  /S/V[49]: '<b>' -> 'c'", "  ... and 10 more")
                .contains("CHANGED? share:part-2 could not be compared with set a-set: it is damaged");
        assertThat(EmailMessage.of(report).html())
                .contains("/S/V[0]: &#39;&lt;b&gt;&#39; -&gt; &#39;c&#39;", "... and 10 more", "it is damaged");
        assertThat(TeamsCard.of(report)).contains("CHANGED share:part-1: /S/V", "... and 49 more changes");
        assertThat(SummaryJson.of(report)
                        .path("parts")
                        .path(0)
                        .path("changes")
                        .path("count")
                        .asInt())
                .isEqualTo(60);
    }

    @Test
    void keepsTheCardBelowItsLimitHoweverMuchChanged() {
        var changes = Changes.of("a-set", Collections.nCopies(50, "/" + "\u00e9".repeat(900) + ": 'a' -> 'b'"));
        var parts = IntStream.range(0, 100).mapToObj(i -> part(i, changes)).toList();

        assertThat(TeamsCard.of(report(ExitCode.OK, parts)).getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(TeamsCard.MOST_BYTES);
    }

    @Test
    void tellsOfChangesThoseWhoAskedForThemAlone() {
        var site = TestSites.in(folder, TestSites.STANDARD + """
                notify:
                  email: {host: 127.0.0.1, port: 25, tls: none, from: a@ocs.lab, to: [b@ocs.lab]}
                  rules: [{on: [changed], to: [email]}]
                """);
        var changed = part(1, Changes.of("a-set", List.of("/S/V: 'a' -> 'b'")));
        var same = part(1, Changes.of("a-set", List.of()));

        assertThat(new News(site).of(report(ExitCode.OK, List.of(changed)))).containsKey("email");
        assertThat(new News(site).of(report(ExitCode.OK, List.of(same)))).isEmpty();
    }

    private Site site() {
        return TestSites.in(folder, TestSites.STANDARD + """
                notify:
                  email: {host: 127.0.0.1, port: 25, tls: none, from: a@ocs.lab, to: [b@ocs.lab]}
                  rules: [{on: [failed], to: [email]}]
                """);
    }

    private Report report(ExitCode exit, int failed) {
        return report(exit, IntStream.range(0, failed).mapToObj(NewsTest::part).toList());
    }

    private Report report(ExitCode exit, List<PartOutcome> parts) {
        var request = new Request(
                "backup",
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
        var run = new Run("run", request, "s", NOW, NOW, parts.size(), null, null, null, null, null, null);
        var outcome = new RunOutcome(run, null, NOW, parts.size(), exit, null, List.of(), 0, parts);
        return new Report(
                site(),
                outcome,
                new Restorability(null, null, null, null, List.of(), "NOT RESTORABLE: " + "x".repeat(300), null),
                false);
    }

    private static PartOutcome part(int number) {
        return part(number, null);
    }

    private static PartOutcome part(int number, @Nullable Changes changes) {
        var part = PartId.parse("share:part-" + number);
        return new PartOutcome(
                part,
                part.kind(),
                null,
                Disposition.REQUIRED,
                "a test",
                Method.ARCHIVE,
                Outcome.FAILED,
                Verdict.UNCHECKED,
                null,
                "<script>alert(1)</script> " + "\u00e9".repeat(2000),
                "look at it",
                null,
                0,
                List.of(),
                List.of(),
                null,
                changes,
                NOW,
                NOW);
    }
}
