// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check} where nothing is there, or where what is there never answers. */
class CheckVerbTest {
    @TempDir
    Path folder;

    private ServerSocket silent;

    @BeforeEach
    void openSilentServer() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
    }

    private static Map<String, JsonNode> byAbout(Ran ran) {
        return ran.lines().stream()
                .filter(line -> line.path("message_type").asText().equals("finding"))
                .collect(
                        Collectors.toMap(line -> line.path("about").asText(), line -> line, (first, second) -> second));
    }

    @Test
    @Timeout(60)
    void endsInTimeAndCallsUnknownWhatNeverAnswers() {
        var yaml = TestSites.STANDARD
                .replace("127.0.0.1:1;", "127.0.0.1:" + silent.getLocalPort() + ";")
                .replace("127.0.0.1:3'", "127.0.0.1:" + silent.getLocalPort() + "'")
                .replace("password: file:secrets/ldap", "password: {cmd: [sleep, '600']}");
        var site = TestSites.in(folder, yaml).file().toString();
        var before = System.nanoTime();

        var ran = Ran.of("check", "-c", site, "--json", "--timeout", "PT2S");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        assertThat(ran.lines().subList(0, ran.lines().size() - 1))
                .allSatisfy(line -> assertThat(Schemas.check("finding", line)).isEmpty());
        assertThat(byAbout(ran).get("sql.ocs2007-rtc").path("state").asText()).isEqualTo("unknown");
        assertThat(byAbout(ran).get("directory.password").path("state").asText())
                .isEqualTo("unknown");
        assertThat(byAbout(ran).get("directory.password").path("what").asText()).isEqualTo("gave no answer within 2 s");
    }

    @Test
    void putsTheHintsBeneathTheTable() {
        var ran = Ran.of("check", "-c", TestSites.standard(folder).file().toString());

        assertThat(ran.exit()).isEqualTo(16);
        assertThat(ran.out()).startsWith("ABOUT ");
        assertThat(ran.out().indexOf("sql.ocs2007-rtc HINT: nothing listens at"))
                .isGreaterThan(ran.out().indexOf("directory "));
        assertThat(ran.out()).contains("problem").doesNotContain("secret of sql");
    }

    @Test
    void endsWith16AtOnceWhenTheSiteFileIsWrong() {
        var ran = Ran.of("check", "-c", folder.resolve("nothing.yaml").toString());

        assertThat(ran.exit()).isEqualTo(16);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OK, OK", "WARNING, WARNING", "UNKNOWN, WARNING", "PROBLEM, NOT_STARTED"})
    void endsAsTheWorstFindingSaysAndNeverTakesUnknownForGood(State state, ExitCode exit) {
        var good = new Finding("a", State.OK, "is good", null);

        assertThat(CheckVerb.exit(List.of(good, new Finding("b", state, "is", null))))
                .isEqualTo(exit);
    }
}
