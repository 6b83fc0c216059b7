// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.proof.Coherence.Directory;
import io.poolkeeper.proof.Coherence.Facts;
import io.poolkeeper.proof.Coherence.Settings;
import io.poolkeeper.proof.Coherence.Share;
import io.poolkeeper.proof.Coherence.SiteNames;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoherenceTest {
    private static final PartId USERS = PartId.parse("settings:userdata/pool1");
    private static final PartId POOL = PartId.parse("settings:global-pool/pool1");
    private static final PartId DIRECTORY = PartId.parse("directory:ocs");
    private static final PartId SHARE = PartId.parse("share:meetings");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** A set in which everything fits, to be spoilt in one place. */
    private static final class Made {
        private final Set<String> users = many();
        private final Set<String> addresses = many();
        private final Set<String> poolsOfDirectory = new HashSet<>(Set.of("pool1", "pool1.ocs.lab"));
        private final Set<String> serversOfDirectory = new HashSet<>(Set.of("fe1.ocs.lab", "fe2.ocs.lab"));
        private final Set<String> serversOfSite = new HashSet<>(Set.of("fe1.ocs.lab", "fe2.ocs.lab"));
        private String location = "\\\\Files.ocs.lab\\meetings\\content";
        private @Nullable String unc =
                Coherence.unc("files.ocs.lab", "Meetings", "/").orElseThrow();
        private Instant shareAt = NOON;

        private static Set<String> many() {
            return IntStream.range(0, 10_000)
                    .mapToObj(i -> "user" + i + "@ocs.lab")
                    .collect(Collectors.toCollection(HashSet::new));
        }

        Coherence.Result result() {
            return Coherence.of(facts());
        }

        Facts facts() {
            return new Facts(
                    Map.of(USERS, NOON, POOL, NOON.plusSeconds(5), SHARE, shareAt),
                    Duration.ofHours(4),
                    Map.of(USERS, users),
                    Map.of(
                            POOL,
                            new Settings(
                                    Set.of("pool1.ocs.lab"),
                                    Set.of("fe1.ocs.lab", "fe2.ocs.lab"),
                                    Map.of("meeting-content", Set.of(location)))),
                    new Directory(DIRECTORY, addresses, poolsOfDirectory, serversOfDirectory),
                    new SiteNames(Set.of("pool1"), serversOfSite, List.of(new Share(SHARE, "meeting-content", unc))),
                    List.of());
        }
    }

    private static void finds(Made made, PartId part, String... words) {
        var result = made.result();

        assertThat(result.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(result.mismatches()).singleElement().satisfies(found -> {
            assertThat(found.file()).isEqualTo(part.toString());
            assertThat(found.what()).contains(words);
        });
    }

    @Test
    void aSetWhosePartsFitIsProvenAndSaysWhatWasCompared() {
        var result = new Made().result();

        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.mismatches()).isEmpty();
        assertThat(result.told()).isEqualTo("10000 users; 1 pools; 2 servers; 1 share locations; captured within 5 s");
    }

    @Test
    void namesTheOneOfTenThousandUsersWhoHasNoObject() {
        var made = new Made();
        made.addresses.remove("user7777@ocs.lab");

        finds(made, USERS, "user user7777@ocs.lab has no object in directory:ocs");
    }

    @Test
    void namesAPoolThatTheDirectoryDoesNotHold() {
        var made = new Made();
        made.poolsOfDirectory.clear();

        finds(made, POOL, "pool pool1.ocs.lab", "directory:ocs does not hold it");
    }

    @Test
    void namesAServerThatTheSiteFileDoesNotName() {
        var made = new Made();
        made.serversOfSite.remove("fe2.ocs.lab");

        finds(made, POOL, "server fe2.ocs.lab", "the site file does not");
    }

    @Test
    void namesAServerThatTheDirectoryDoesNotHold() {
        var made = new Made();
        made.serversOfDirectory.remove("fe1.ocs.lab");

        finds(made, POOL, "server fe1.ocs.lab", "directory:ocs does not hold it");
    }

    @Test
    void namesAShareThatIsNoPartOfThePlan() {
        var made = new Made();
        made.location = "\\\\other.ocs.lab\\meetings";

        finds(made, POOL, "\\\\other.ocs.lab\\meetings for meeting-content");
    }

    @Test
    void comparesTheRoleAloneOfAShareWhosePlaceTheSiteFileDoesNotTell() {
        var made = new Made();
        made.location = "\\\\other.ocs.lab\\meetings";
        made.unc = null;

        assertThat(made.result().verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void namesThePartThatIsOlderThanTheOthersMayBe() {
        var made = new Made();
        made.shareAt = NOON.minus(Duration.ofHours(5));

        finds(made, SHARE, "2026-11-23T07:00:00Z", POOL.toString(), "PT4H");
    }

    @Test
    void findsEachOfFiveFaultsAndNothingElse() {
        var made = new Made();
        made.addresses.remove("user3@ocs.lab");
        made.poolsOfDirectory.clear();
        made.serversOfSite.remove("fe1.ocs.lab");
        made.location = "\\\\other\\x";
        made.shareAt = NOON.minus(Duration.ofDays(1));

        assertThat(made.result().mismatches())
                .extracting(Damage::file)
                .containsExactlyInAnyOrder(
                        USERS.toString(), POOL.toString(), POOL.toString(), POOL.toString(), SHARE.toString());
    }

    @Test
    void whatOneSideDoesNotHoldIsUnknownAndSaysWhich() {
        var facts = new Made().facts();

        var noDirectory = Coherence.of(new Facts(
                facts.points(), facts.skew(), facts.users(), facts.settings(), null, facts.site(), List.of()));
        var noUsers = Coherence.of(new Facts(
                facts.points(),
                facts.skew(),
                Map.of(),
                facts.settings(),
                facts.directory(),
                facts.site(),
                List.of(USERS)));
        var noSettings = Coherence.of(new Facts(
                facts.points(), facts.skew(), facts.users(), Map.of(), facts.directory(), facts.site(), List.of()));

        assertThat(List.of(noDirectory, noUsers, noSettings))
                .extracting(Coherence.Result::verdict)
                .containsOnly(Verdict.UNKNOWN);
        assertThat(noDirectory.told()).contains("no LDIF of the directory");
        assertThat(noUsers.told()).contains("no user data", USERS + " is not in the set");
        assertThat(noSettings.told()).contains("no settings by LCSCmd");
    }

    @Test
    void settingsThatNameNothingInAKnownWayAreUnknownAndNotGood() {
        var facts = new Made().facts();

        var result = Coherence.of(new Facts(
                facts.points(),
                facts.skew(),
                facts.users(),
                Map.of(POOL, new Settings(Set.of(), Set.of(), Map.of())),
                facts.directory(),
                facts.site(),
                List.of()));

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.told()).contains("pools were not", "servers were not", "shares were not");
    }

    @Test
    void aMismatchCountsAlthoughAnotherSideIsMissing() {
        var facts = new Made().facts();

        var result = Coherence.of(new Facts(
                Map.of(USERS, NOON, SHARE, NOON.minus(Duration.ofDays(9))),
                facts.skew(),
                facts.users(),
                facts.settings(),
                null,
                facts.site(),
                List.of()));

        assertThat(result.verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(result.mismatches()).extracting(Damage::file).containsExactly(SHARE.toString());
    }
}
