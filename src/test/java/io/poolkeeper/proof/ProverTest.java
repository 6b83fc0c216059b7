// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.set.DirectoryAge;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProverTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String MONDAY = "2026-11-23T010000Z-nightly-aaaa";
    private static final String TUESDAY = "2026-11-24T010000Z-nightly-bbbb";
    private static final PartId SHARE = PartId.parse("share:meeting-content");
    private static final PartId LDIF = PartId.parse("directory:ocs");
    private static final PartId AD = PartId.parse("directory:ad");
    private static final PartId RTC = PartId.parse("database:ocs2007-rtc/rtc");

    @TempDir
    Path folder;

    private Site site;
    private Vault vault;

    @BeforeEach
    void open() {
        site = TestSites.standard(folder);
        vault = Vault.of(site);
    }

    @Test
    void promisesNothingFromAnEmptyVault() {
        assertThat(line()).isEqualTo("NOT RESTORABLE: the vault holds no set");
    }

    @Test
    void promisesNothingFromSetsOfSinglePartsOnly() throws IOException {
        set(MONDAY, false, full(SHARE));
        found(MONDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);

        assertThat(line()).startsWith("NOT RESTORABLE: the vault holds sets of single parts only");
    }

    @Test
    void namesARequiredPartThatNobodyVerified() throws IOException {
        set(MONDAY, true, full(SHARE), full(RTC));
        found(MONDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);

        assertThat(line())
                .isEqualTo("NOT RESTORABLE: database:ocs2007-rtc/rtc: nobody has verified it in set " + MONDAY);
    }

    @Test
    void takesThePointOfTheOldestPartAndSaysThatNothingWasMeasured() throws IOException {
        set(MONDAY, true, full(SHARE), full(RTC));
        found(MONDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);
        found(MONDAY, RTC, Verdict.PROVEN, Depth.CONTENT, 0);
        set(TUESDAY, false, full(RTC));
        found(TUESDAY, RTC, Verdict.PROVEN, Depth.CONTENT, 0);

        assertThat(line())
                .startsWith("Restorable to 02:00 yesterday, time not measured. Not proven: " + RTC
                        + " has no evidence of depth restored");
    }

    @Test
    void isProvenByTheOldestProofOfTheAskedDepth() throws IOException {
        set(TUESDAY, true, full(SHARE), full(RTC));
        for (var part : List.of(SHARE, RTC)) {
            found(TUESDAY, part, Verdict.PROVEN, Depth.CONTENT, 0);
            found(TUESDAY, part, Verdict.PROVEN, Depth.RESTORED, 3600);
        }

        var proof = prove();

        assertThat(proof.to()).isEqualTo("2026-11-24T01:00:00Z");
        assertThat(proof.inSeconds()).isEqualTo(3600);
        assertThat(proof.expires()).isEqualTo(proof.proven().plus(Duration.ofDays(7)));
        assertThat(proof.line()).startsWith("Restorable to 02:00 today in 60 min. Proven ");
    }

    @Test
    void fallsBackOnAnOlderSetWhenTheNewestIsDamaged() throws IOException {
        set(MONDAY, true, full(SHARE));
        found(MONDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);
        set(TUESDAY, true, full(SHARE));
        found(TUESDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);
        found(TUESDAY, SHARE, Verdict.SUSPECT, Depth.MEDIA, 0);

        assertThat(line()).startsWith("Restorable to 02:00 yesterday");
    }

    @Test
    void namesWhatIsOlderThanItMayBe() throws IOException {
        set(MONDAY, true, full(SHARE), full(RTC));
        found(MONDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);
        found(MONDAY, RTC, Verdict.PROVEN, Depth.CONTENT, 0);
        set(TUESDAY, true, full(SHARE), full(RTC));
        found(TUESDAY, RTC, Verdict.PROVEN, Depth.CONTENT, 0); // the share was captured, and nobody looked whether well

        assertThat(new Prover(site, vault).older(Duration.ofHours(26), NOW))
                .singleElement()
                .satisfies(old -> assertThat(old)
                        .contains(SHARE.toString(), "is of 2026-11-23T02:00+01:00, 31 h old; at most 26 h is allowed"));
        assertThat(new Prover(site, vault).older(Duration.ofHours(32), NOW)).isEmpty();
    }

    @Test
    void namesAPartWithoutAnyGoodCopyHoweverOldItMayBe() throws IOException {
        set(MONDAY, true, full(SHARE));
        found(MONDAY, SHARE, Verdict.SUSPECT, Depth.CONTENT, 0);

        assertThat(new Prover(site, vault).older(Duration.ofDays(999), NOW))
                .singleElement()
                .satisfies(old -> assertThat(old).startsWith(SHARE + " has no good copy: SUSPECT"));
    }

    @Test
    void doesNotPromiseWhatBuildsOnADamagedSet() throws IOException {
        set(MONDAY, true, full(SHARE));
        found(MONDAY, SHARE, Verdict.SUSPECT, Depth.MEDIA, 0);
        set(TUESDAY, true, part(SHARE, TUESDAY, Level.INCREMENTAL, MONDAY));
        found(TUESDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);

        assertThat(line()).startsWith("NOT RESTORABLE: share:meeting-content");
    }

    @Test
    void doesNotLoseAProofToALaterLookThatCouldNotConclude() throws IOException {
        set(TUESDAY, true, full(SHARE));
        found(TUESDAY, SHARE, Verdict.PROVEN, Depth.CONTENT, 0);
        found(TUESDAY, SHARE, Verdict.UNKNOWN, Depth.MEDIA, 0);

        assertThat(line()).startsWith("Restorable to 02:00 today");
    }

    @Test
    void doesNotLetALogBackupDecideWhatIsRequired() throws IOException {
        set(MONDAY, true, full(SHARE), full(RTC));
        found(MONDAY, RTC, Verdict.PROVEN, Depth.CONTENT, 0);
        set(TUESDAY, false, part(RTC, TUESDAY, Level.LOG, MONDAY));
        found(TUESDAY, RTC, Verdict.PROVEN, Depth.CONTENT, 0);

        assertThat(line()).contains("NOT RESTORABLE").contains("share:meeting-content");
    }

    @Test
    void goesBackToWhenAnotherProductsBackupWasFinishedAndPromisesNoTimeForIt() throws IOException {
        set(TUESDAY, true, full(SHARE), observed(RTC, "2026-11-23T20:15:00Z"));
        for (var part : List.of(SHARE, RTC)) {
            found(TUESDAY, part, Verdict.PROVEN, Depth.RESTORED, 3600);
        }

        var proof = prove();

        assertThat(proof.to()).isEqualTo("2026-11-23T20:15:00Z");
        assertThat(proof.inSeconds()).isNull();
    }

    @Test
    void saysThatMediaAloneProvesNoContent() throws IOException {
        set(TUESDAY, true, observed(SHARE, "2026-11-23T20:15:00Z"));
        found(TUESDAY, SHARE, Verdict.PROVEN, Depth.MEDIA, 0);

        assertThat(line()).isEqualTo("NOT RESTORABLE: " + SHARE + ": PROVEN at depth media alone in set " + TUESDAY);
    }

    @Test
    void knowsNoRestorableBackupOfADirectoryThatIsExportedAsLdifAlone() throws IOException {
        set(TUESDAY, true, full(SHARE), full(LDIF));

        assertThat(prove().directory()).startsWith("no restorable backup of Active Directory is known");
    }

    @Test
    void saysNothingOfADirectoryThatTheSiteDoesNotHave() throws IOException {
        set(TUESDAY, true, full(SHARE));

        assertThat(prove().directory()).isNull();
    }

    @Test
    void tellsTheAgeOfTheNewestBackupOfTheDirectoryAgainstTheRecordedTombstoneLifetime() throws IOException {
        set(MONDAY, true, observed(AD, "2026-11-22T20:00:00Z", 180), full(LDIF));
        set(TUESDAY, true, full(SHARE), full(LDIF));

        assertThat(prove().directory()).contains(AD + " by observed is 1 d 12 h old", "tombstone lifetime is 180 days");
    }

    @Test
    void doesNotCountABackupOfTheDirectoryThatIsGoneInWhateverSetItIsKnown() throws IOException {
        set(MONDAY, true, observed(AD, "2026-11-22T20:00:00Z", 180));
        set(TUESDAY, true, observed(AD, "2026-11-22T20:00:00Z", 180));
        found(TUESDAY, AD, Verdict.SUSPECT, Depth.MEDIA, 0);

        assertThat(prove().directory()).startsWith("no restorable backup");
    }

    @Test
    void countsABackupOfTheDirectoryThatNobodyCouldLookInto() throws IOException {
        set(TUESDAY, true, observed(AD, "2026-09-01T20:00:00Z", 60));
        found(TUESDAY, AD, Verdict.UNKNOWN, Depth.MEDIA, 0);

        assertThat(prove().directory()).startsWith("EXPIRED: ");
    }

    private static PartOf observed(PartId part, String finished) {
        return observed(part, finished, 60);
    }

    private static PartOf observed(PartId part, String finished, int tombstoneDays) {
        return set -> {
            var copy = part(part, set, Level.FULL, null).in(set);
            var seen = JsonNodeFactory.instance.objectNode();
            new ObservedBackup(Instant.parse(finished), "'nightly' by sa", "C:\\backup\\rtc.bak").write(seen);
            seen.put("name", "rtc.bak");
            seen.put(DirectoryAge.RECORDED, tombstoneDays);
            return new Manifest.Part(
                    part,
                    part.kind(),
                    null,
                    copy.disposition(),
                    copy.reason(),
                    Method.OBSERVED,
                    Outcome.OK,
                    null,
                    null,
                    Level.FULL,
                    null,
                    List.of(),
                    copy.started(),
                    copy.finished(),
                    Map.of(),
                    seen,
                    List.of());
        };
    }

    private Restorability prove() {
        return new Prover(site, vault).at(NOW);
    }

    private String line() {
        return prove().line();
    }

    private interface PartOf {
        Manifest.Part in(String set);
    }

    private static PartOf full(PartId part) {
        return set -> part(part, set, Level.FULL, null).in(set);
    }

    private static PartOf part(PartId part, String in, Level level, @Nullable String base) {
        return set -> new Manifest.Part(
                part,
                part.kind(),
                null,
                Disposition.REQUIRED,
                "a test",
                Method.ARCHIVE,
                Outcome.OK,
                null,
                null,
                level,
                base,
                List.of(new Output.Artefact("x/" + in, 1000, "0".repeat(64))),
                started(set),
                started(set).plusSeconds(60),
                Map.of(),
                null,
                List.of());
    }

    private static Instant started(String set) {
        return Instant.parse(set.substring(0, 13) + ":" + set.substring(13, 15) + ":" + set.substring(15, 17) + "Z");
    }

    private void set(String id, boolean whole, PartOf... parts) throws IOException {
        var held = new ArrayList<Manifest.Part>();
        for (var part : parts) {
            held.add(part.in(id));
        }
        var manifest = new Manifest(
                id,
                site.name(),
                "ocs-2007-r2",
                "nightly",
                id,
                whole,
                Level.FULL,
                site.hash(),
                started(id),
                started(id).plusSeconds(60),
                0,
                held);
        Files.createDirectories(vault.set(id));
        Files.writeString(vault.set(id).resolve(Manifest.FILE), manifest.text());
    }

    private int minute;

    private void found(String set, PartId part, Verdict verdict, Depth depth, double seconds) throws IOException {
        var at = started(set).plusSeconds(60L * ++minute);
        var damages =
                verdict == Verdict.SUSPECT ? List.of(new Output.Damage("x", "is damaged")) : List.<Output.Damage>of();
        var reason = verdict == Verdict.UNKNOWN ? "nobody could look" : null;
        vault.addEvidence(new Evidence(
                set,
                "verify",
                set + "-" + minute,
                at,
                List.of(new Evidence.Finding(part, verdict, depth, at, damages, reason, 1000, seconds)),
                null));
    }
}
