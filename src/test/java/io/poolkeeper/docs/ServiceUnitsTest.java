// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The units of systemd in broker/. */
class ServiceUnitsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "poolkeeper.service, serve",
        "poolkeeper-worker@.service, worker --name %i",
        "poolkeeper-broker.service, broker"
    })
    void startOneVerbAsAUserOfItsOwnAndWriteWhereTheyMust(String unit, String verb) throws IOException {
        assertThat(Files.readAllLines(Path.of("broker", unit)))
                .contains(
                        "ExecStart=/opt/poolkeeper/poolkeeper " + verb,
                        "User=poolkeeper",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict",
                        "Restart=on-failure",
                        "RestartPreventExitStatus=16 64");
    }

    @Test
    void passSystemdsOwnCheckAndSoDoTheTimersOfThePage() throws Exception {
        var files = new ArrayList<String>();
        for (var unit : List.of("poolkeeper.service", "poolkeeper-worker@.service", "poolkeeper-broker.service")) {
            files.add(copy(unit, Files.readString(Path.of("broker", unit))));
        }
        for (var unit : unitsOfThePage()) {
            var name = unit.lines().findFirst().orElseThrow().replaceFirst("^# .*/", "");
            files.add(copy(name, unit));
        }
        assertThat(files).hasSize(5);
        if (!Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
            files.forEach(ServiceUnitsTest::hasNothingButSectionsAndKeys);
            return;
        }
        var command = new ArrayList<>(List.of("/usr/bin/systemd-analyze", "verify", "--man=no"));
        command.addAll(files);

        var verify = new ProcessBuilder(command).redirectErrorStream(true).start();

        var said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEmpty(); // what it does not know it only ignores, aloud
        assertThat(verify.waitFor()).isZero();
    }

    /** With programs that are there: it looks for them. */
    private String copy(String name, String text) throws IOException {
        var program = Path.of("poolkeeper").toAbsolutePath().toString();
        return Files.writeString(
                        folder.resolve(name),
                        text.replace("/opt/poolkeeper/poolkeeper", program)
                                .replace(
                                        "WorkingDirectory=/opt/poolkeeper",
                                        "WorkingDirectory=" + Path.of("").toAbsolutePath()))
                .toString();
    }

    private static List<String> unitsOfThePage() {
        var fence = Page.of("docs/schedulers.md").fences().stream()
                .filter(block -> block.heading().equals("systemd timer"))
                .findFirst()
                .orElseThrow();
        return List.of(String.join("\n", fence.lines()).split("\n\n(?=# /etc/)"));
    }

    private static void hasNothingButSectionsAndKeys(String file) {
        try {
            assertThat(Files.readAllLines(Path.of(file)))
                    .allMatch(line -> line.matches("|#.*|\\[(Unit|Service|Timer|Install)]|[A-Z][A-Za-z]+=.*"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
