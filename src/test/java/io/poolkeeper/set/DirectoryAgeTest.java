// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.set.DirectoryAge.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DirectoryAgeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");

    @Test
    void isGoodUntilThreeQuartersOfTheTombstoneLifetime() {
        assertThat(old(Duration.ofDays(135).minusSeconds(1), 180).state(NOW)).isEqualTo(State.GOOD);
        assertThat(old(Duration.ofDays(135), 180).state(NOW)).isEqualTo(State.EXPIRING);
        assertThat(old(Duration.ofDays(180).minusSeconds(1), 180).state(NOW)).isEqualTo(State.EXPIRING);
        assertThat(old(Duration.ofDays(180), 180).state(NOW)).isEqualTo(State.EXPIRED);
    }

    @Test
    void takesSixtyDaysWhereNobodyCouldAskAndSaysSo() {
        assertThat(old(Duration.ofDays(59), null).state(NOW)).isEqualTo(State.EXPIRING);
        assertThat(old(Duration.ofDays(60), null).told(NOW))
                .startsWith("EXPIRED: ")
                .contains("60 d 0 h old", "could not be read, 60 days are assumed", "must not be restored");
    }

    @Test
    void saysHowLongABackupMayStillBeRestored() {
        assertThat(old(Duration.ofDays(50), 60).told(NOW))
                .contains("directory:ad by observed is 50 d 0 h old and expires in 10 d 0 h")
                .contains("lifetime is 60 days");
    }

    @Test
    void takesABackupFromAClockThatIsAheadForANewOne() {
        assertThat(old(Duration.ofMinutes(-5), 60).state(NOW)).isEqualTo(State.GOOD);
        assertThat(old(Duration.ofMinutes(-5), 60).told(NOW)).contains("is 0 min old");
    }

    @Test
    void saysWhatIsMissingWhereNoneIsKnown() {
        var none = new DirectoryAge(null, "", 180);

        assertThat(none.state(NOW)).isEqualTo(State.NONE);
        assertThat(none.told(NOW))
                .isEqualTo("no restorable backup of Active Directory is known: LDIF cannot bring back GUIDs, SIDs or"
                        + " passwords");
    }

    @Test
    void takesNoLdifForARestorableBackupWhoeverMadeIt() {
        assertThat(DirectoryAge.bringsBack(Method.LDIF, null)).isFalse();
        assertThat(DirectoryAge.bringsBack(Method.IFM, recorded("x"))).isFalse();
        assertThat(DirectoryAge.bringsBack(Method.SYSTEM_STATE, recorded("x"))).isTrue();
        assertThat(DirectoryAge.bringsBack(Method.SAMBA_TOOL, null)).isTrue();
        assertThat(DirectoryAge.bringsBack(Method.OBSERVED, recorded("ocs.LDF")))
                .isFalse();
        assertThat(DirectoryAge.bringsBack(Method.COMMAND, recorded("ocs.ldif.gz")))
                .isFalse();
        assertThat(DirectoryAge.bringsBack(Method.OBSERVED, recorded("nightly", "a/domain.ldf", "a/schema.ldf")))
                .isFalse();
        assertThat(DirectoryAge.bringsBack(Method.OBSERVED, recorded("nightly", "a/domain.ldf", "a/dc1.vhd")))
                .isTrue();
        assertThat(DirectoryAge.bringsBack(Method.COMMAND, recorded("samba-backup.tar.bz2")))
                .isTrue();
    }

    private static JsonNode recorded(String name, String... files) {
        var recorded = JsonNodeFactory.instance.objectNode().put("name", name);
        for (var file : files) {
            recorded.withObject("/hashes").put(file, "x");
        }
        return recorded;
    }

    private static DirectoryAge old(Duration age, Integer days) {
        return new DirectoryAge(NOW.minus(age), "directory:ad by observed", days);
    }
}
