// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import io.poolkeeper.step.Findings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What facts about databases mean, with figures that no lab has. */
class DatabaseJudgeTest {
    private static final long GB = 1L << 30;
    private static final Map<String, Boolean> ALL =
            Map.of(DatabaseFacts.BACKUP, true, DatabaseFacts.BACKUP_LOG, true, DatabaseFacts.DEFINITION, true);

    @TempDir
    Path folder;

    private final Findings findings = new Findings();
    private SqlSource source;

    @BeforeEach
    void read() {
        source = Objects.requireNonNull(TestSites.standard(folder).sql().get("ocs2007-rtc"));
    }

    private static ServerFacts server(String version, int engineEdition) {
        return new ServerFacts("OCS2007\\RTC", version, "Express Edition", engineEdition, 0);
    }

    private static DatabaseFacts database(long bytes) {
        return new DatabaseFacts("rtc", "ONLINE", "SIMPLE", "CHECKSUM", bytes, ALL, null);
    }

    private DatabaseJudge judge(boolean logPlan) {
        return new DatabaseJudge(source, server("9.00.5000.00", 4), logPlan, findings);
    }

    @ParameterizedTest
    @CsvSource({
        "9.00.5000.00, 4, 3221225472, none",
        "9.00.5000.00, 4, 3500000000, WARNING",
        "9.00.5000.00, 4, 4294967296, PROBLEM",
        "10.0.6000.29, 4, 4294967296, PROBLEM",
        "10.50.6000.34, 4, 4294967296, none",
        "10.50.6000.34, 4, 9000000000, WARNING",
        "16.0.1000.6, 4, 10737418240, PROBLEM",
        "17.0.1000.7, 4, 10737418240, none",
        "9.00.5000.00, 2, 4294967296, none"
    })
    void knowsHowLargeADatabaseOfAnExpressEditionMayBe(String version, int engine, long bytes, String state) {
        new DatabaseJudge(source, server(version, engine), false, findings).cap(database(bytes));

        assertThat(findings.all())
                .extracting(finding -> finding.state().name())
                .containsExactlyElementsOf(state.equals("none") ? List.of() : List.of(state));
    }

    @Test
    void saysTheFiguresOfTheLimit() {
        judge(false).cap(database(3_500_000_000L));

        assertThat(findings.all().get(0).what())
                .contains("3.3 GB of the 4.0 GB")
                .contains("9.00.5000.00");
    }

    @ParameterizedTest
    @CsvSource({"9, OK", "6, WARNING", "4, PROBLEM"})
    void comparesTheFreeSpaceWithTheLargestAndTheSum(long free, State state) {
        var rtc = database(5 * GB);
        var config = new DatabaseFacts("RTCConfig", "ONLINE", "SIMPLE", "CHECKSUM", 2 * GB, ALL, null);

        judge(false).room(List.of(rtc, config), free * GB);

        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.what())
                    .contains(free + ".0 GB free")
                    .contains("7.0 GB")
                    .contains("rtc with 5.0 GB");
        });
    }

    @Test
    void doesNotGuessASizeThatTheLoginMayNotSee() {
        judge(false).room(List.of(database(5 * GB), database(0)), 100 * GB);

        assertThat(findings.all()).extracting(Finding::state).containsExactly(State.UNKNOWN);
    }

    @Test
    void doesNotTakeSilenceAboutARightForTheRight() {
        judge(false).captured(new DatabaseFacts("rtc", "ONLINE", "SIMPLE", "CHECKSUM", GB, Map.of(), null));

        assertThat(findings.all()).extracting(Finding::state).containsExactly(State.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"FULL, 6, false, OK", "FULL, 8, false, WARNING", "FULL, 8, true, OK", "SIMPLE, 8, false, OK"})
    void warnsOfALogThatNobodyBacksUp(String model, long days, boolean logPlan, State state) {
        judge(logPlan).captured(new DatabaseFacts("rtc", "ONLINE", model, "CHECKSUM", GB, ALL, Duration.ofDays(days)));

        assertThat(findings.all()).extracting(Finding::state).containsExactly(state);
    }

    @ParameterizedTest
    @CsvSource({
        "9.00.5000.00, 15.0.2000.5, OK",
        "10.50.6000.34, 10.0.6000.29, PROBLEM",
        "15.0.2000.5, 10.50.6000.34, PROBLEM",
        "15.0.4322.2, 15.0.2000.5, OK"
    })
    void wantsAnInstanceForDrillsThatIsNotOlder(String from, String to, State state) {
        new DrillJudge(source, source, true, findings)
                .judge(server(from, 2), new ServerFacts("DRILL", to, "Developer Edition", 3, 0));

        assertThat(findings.all()).extracting(Finding::state).containsExactly(state);
    }

    @ParameterizedTest
    @CsvSource({
        "'Cannot open backup device ''C:\\a(1)\\b.bak''. Operating system error 5(Access is denied.).', 5",
        "'Das Medium ''C:\\a(1)\\b.bak'' kann nicht geöffnet werden. Betriebssystemfehler 53(Der Netzwerkpfad).', 53",
        "'Cannot open backup device. Operating system error 5(failed to retrieve text. Reason: 15105).', 5"
    })
    void readsTheNumberOfWindowsErrorInAnyLanguage(String text, int number) {
        assertThat(OsErrors.in(new SQLException(text, "S0001", 3201), "C:\\a(1)\\b.bak"))
                .hasValue(number);
    }

    @Test
    void readsNoNumberWhereThereIsNone() {
        assertThat(OsErrors.in(new SQLException("BACKUP 5(x) denied", "S0001", 262), "C:\\b.bak"))
                .isEmpty();
    }
}
