// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.TestSites;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that make no sense: 64, one line that says why, and where to read on; nothing on stdout. */
class UsageTest {
    @TempDir
    Path folder;

    private String site = "";

    @BeforeEach
    void writeSite() {
        site = TestSites.standard(folder).file().toString();
    }

    static Stream<Arguments> commandLines() {
        return Stream.of(
                Arguments.of("plan --parts x", "Possible solutions: --part"),
                Arguments.of("backup nightly weekly", "Unmatched argument"),
                Arguments.of("backup --level sometimes", "sometimes"),
                Arguments.of("backup weekly", "the site file has no backup plan weekly. HINT: it has nightly"),
                Arguments.of("cancel", "Missing required parameter: 'RUN'"),
                Arguments.of("restore", "nothing says what to restore in place"),
                Arguments.of("restore --overwrite", "nothing says what to restore in place"),
                Arguments.of("restore --part rtc --overwrite --to x", "--to restores beside what is there"),
                Arguments.of("drill --set x --at 2026-11-27T02:14Z", "--set and --at say two things"),
                Arguments.of("drill --at yesterday", "'yesterday' is no time"),
                Arguments.of("verify --depth restored", "depth restored is what 'drill' does"),
                Arguments.of("trigger hourly", "the site file has no plan hourly. HINT: it has nightly"),
                Arguments.of("trigger nightly --timeout tomorrow", "tomorrow"),
                Arguments.of("show 2026-11-23T230000Z-nightly-7c1a", "there is no set 2026-11-23T230000Z-nightly-7c1a"),
                Arguments.of("show latest", "there is no set latest"),
                Arguments.of("plan --part database:nothing", "there is no part 'database:nothing'"));
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void endsWith64AndSaysWhy(String commandLine, String reason) {
        var ran = Ran.of((commandLine + " -c " + site).split(" "));

        assertThat(ran.exit()).as(ran.err()).isEqualTo(64);
        assertThat(ran.err()).contains(reason).contains("HINT: ").doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void suggestsTheVerbThatWasMeant() {
        var ran = Ran.of("bakcup");

        assertThat(ran.exit()).isEqualTo(64);
        assertThat(ran.err()).contains("bakcup").contains("Did you mean").contains("backup");
    }

    @Test
    void findsTheLabsVerbs() {
        var ran = Ran.of("bench", "shares", "--rounds", "0", "--dir", "unused");

        assertThat(ran.exit()).isEqualTo(64);
        assertThat(ran.err()).contains("bench: files, megabytes and rounds are at least 1");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config"})
    void wantsAVerb(String commandLine) {
        var ran = Ran.of(commandLine.isEmpty() ? new String[0] : commandLine.split(" "));

        assertThat(ran.exit()).isEqualTo(64);
        assertThat(ran.err()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "backup --help", "config show --help"})
    void answersOnStdoutWhenAsked(String commandLine) {
        var ran = Ran.of(commandLine.split(" "));

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isNotBlank();
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trigger nightly",
                "cancel 2026-11-23T230000Z-nightly-7c1a",
                "status 2026-11-23T230000Z-nightly-7c1a"
            })
    void endsWith40WhenNoCoordinatorRuns(String commandLine) {
        var ran = Ran.of((commandLine + " -c " + site).split(" "));

        assertThat(ran.exit()).isEqualTo(40);
        assertThat(ran.err()).containsPattern("no coordinator (is running|answers)");
    }
}
