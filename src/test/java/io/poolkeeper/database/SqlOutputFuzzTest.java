// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.Mutated;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.PermanentFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** What sqlcmd prints and what SQL Server answers, spoiled. */
class SqlOutputFuzzTest {
    private static final String OUTPUT = """
            Msg 3014, Level 0, State 1, Server S, Line 1
            BACKUP DATABASE successfully processed 10 pages in 0.1 seconds.

            name\tstate\tsize
            ----\t-----\t----
            rtc\tONLINE\t12
            a
            b\tONLINE\tNULL

            Msg 3201, Level 16, State 1, Server S, Line 1
            Cannot open backup device 'C:\\x.bak'. Operating system error 5(Access is denied.).
            Msg 3013, Level 16, State 1, Server S, Line 1
            BACKUP DATABASE is terminating abnormally.
            """;

    @Provide
    Arbitrary<String> outputs() {
        return Mutated.of(OUTPUT);
    }

    @Property(tries = 1000)
    void isReadOrAnError(@ForAll("outputs") String printed) {
        var output = new SqlcmdOutput(printed);
        assertThat(output.messages())
                .allSatisfy(message -> assertThat(message.number()).isNotNegative());
        assertThat(output.numbers()).hasSizeLessThanOrEqualTo(output.messages().size());
        assertThat(output.lastWords().length()).isLessThan(500);
        var error = output.error();
        if (error != null) {
            assertThat(SqlFaults.sort("backing up", error).getMessage()).isNotBlank();
        }
        try {
            assertThat(output.rows()).allSatisfy(row -> assertThat(row).isNotNull());
        } catch (SQLException e) {
            assertThat(e.getMessage()).startsWith("sqlcmd printed");
        }
    }

    @Example
    void megabytesOfOutputAreReadInAMoment() {
        var head = "a\tb\tc\n-\t-\t-\n";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (var piece :
                    new String[] {"x\n", "x", "\t", "1,2,3,", "Msg 1, Level 16, State 1, Line 1\n", "-\t-\n", OUTPUT}) {
                var output = new SqlcmdOutput(head + piece.repeat((1 << 20) / piece.length()));
                output.messages();
                output.error();
                try {
                    output.rows();
                } catch (SQLException e) {
                    assertThat(e.getMessage().length()).isLessThan(5_000);
                }
            }
        });
    }

    @Property(tries = 1000)
    void noAnswerOfAServerIsANumberThatItDoesNotSay(@ForAll String text) throws SQLException {
        var row = new Row(new TreeMap<>(Map.of("value", text)));
        try {
            row.number("value");
            row.flag("value");
        } catch (SQLException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(row.text("value")).isNotNull();
    }

    private static final Map<String, Object> HISTORY = Map.ofEntries(
            Map.entry("database_name", "rtc"),
            Map.entry("id", "1"),
            Map.entry("device", "C:\\x.bak"),
            Map.entry("uuid", "u"),
            Map.entry("type", "D"),
            Map.entry("first_lsn", "1"),
            Map.entry("position", "1"),
            Map.entry("finished", "2026-11-23 22:15:03.123"),
            Map.entry("utc_now", "2026-11-24 22:15:03"),
            Map.entry("server_now", "2026-11-24 23:15:03"),
            Map.entry("time_zone", "4"),
            Map.entry("device_type", "2"),
            Map.entry("is_damaged", "0"));

    @Example
    void theHistoryIsUnderstood() {
        assertThat(ObservedSet.of("rtc", List.of(HISTORY))).hasSize(1);
    }

    @Provide
    Arbitrary<Map<String, Object>> histories() {
        return Arbitraries.of(HISTORY.keySet())
                .flatMap(column -> Mutated.of(String.valueOf(HISTORY.get(column)))
                        .map(value -> {
                            var changed = new TreeMap<>(HISTORY);
                            changed.put(column, value);
                            return changed;
                        }));
    }

    @Property(tries = 1000)
    void historyOfAServerIsUnderstoodOrAFault(@ForAll("histories") Map<String, Object> row) {
        try {
            assertThat(ObservedSet.of("rtc", List.of(row))).hasSizeLessThan(2);
        } catch (PermanentFault e) {
            assertThat(e.getMessage()).startsWith("msdb has a backup of rtc that is not understood");
        }
    }

    @Property(tries = 500)
    void historyOfAManifestIsReadWhateverItHolds(@ForAll String text, @ForAll long number) {
        var history =
                (ObjectNode) Json.node(Map.of("uuid", text, "type", number, "first_lsn", text, "last_lsn", number));

        assertThat(BackupFacts.read(history).lastLsn()).isNotNegative();
    }
}
