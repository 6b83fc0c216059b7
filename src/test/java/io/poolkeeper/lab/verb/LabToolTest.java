// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.poolkeeper.lab.Lab;
import io.poolkeeper.lab.LabOptions;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.Scale;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabToolTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stopWhatATestLeftRunning() {
        run("stop", "--dir", folder.resolve("lab").toString());
    }

    @Test
    void isFoundByTheCommandLineOfTheProduct() {
        assertThat(ServiceLoader.load(ToolProvider.class))
                .anyMatch(tool -> tool instanceof LabTool && tool.name().equals("lab"));
    }

    @Test
    void startsALabInTheBackgroundAndStopsIt() throws IOException {
        var dir = folder.resolve("lab").toString();

        assertThat(run("start", "--dir", dir, "--edition", "enterprise", "--scale", "0.01"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("enterprise edition", dir + "/site.yaml", "poolkeeper backup -c", "lab stop");
        assertThat(run("status", "--dir", dir)).isZero();
        assertThat(run("start", "--dir", dir)).isEqualTo(16);
        assertThat(err.toString()).contains("runs here already", "HINT: poolkeeper lab stop");

        assertThat(run("stop", "--dir", dir)).isZero();
        assertThat(run("status", "--dir", dir)).isEqualTo(16);
        assertThat(run("stop", "--dir", dir)).isZero();
        assertThat(folder.resolve("lab/lab.json")).doesNotExist();
        assertThat(Files.readString(folder.resolve("lab/lab.log"))).contains("ready", "stopped");
    }

    @Test
    void saysTheResultAsALineOfJsonWithoutSecrets() throws IOException {
        var dir = folder.resolve("lab");

        assertThat(run("start", "--dir", dir.toString(), "--scale", "0.01", "--json"))
                .as(err.toString())
                .isZero();

        var line = new ObjectMapper().readTree(out.toString());
        assertThat(line.path("site").asText())
                .isEqualTo(dir.resolve("site.yaml").toString());
        assertThat(line.path("message_type").asText()).isEqualTo("summary");
        var secret = new ObjectMapper()
                .readTree(dir.resolve("lab.json").toFile())
                .at("/ldap/password")
                .asText();
        assertThat(secret).isNotEmpty();
        assertThat(out.toString()).doesNotContain(secret);
        assertThat(ProcessHandle.of(line.path("pid").asLong())
                        .orElseThrow()
                        .info()
                        .commandLine()
                        .orElse(""))
                .doesNotContain(secret);
        assertThat(Files.readString(dir.resolve("lab.log"))).doesNotContain(secret);
    }

    @Test
    void leavesAFolderAloneThatHoldsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "draft");

        assertThat(run("start", "--dir", folder.toString())).isEqualTo(16);
        assertThat(err.toString()).contains(folder.toString(), "not empty and not a lab", "HINT");
        assertThat(folder).isDirectoryContaining("glob:**thesis.txt");
        assertThat(folder.resolve("lab.log")).doesNotExist();
    }

    @Test
    void doesNotTakeALabOfAnotherProcessForGone() throws IOException {
        try (var lab = Lab.start(new LabOptions(folder.resolve("mine"), Edition.STANDARD, 1, new Scale(0.01)))) {
            assertThat(run("status", "--dir", lab.folder().path().toString())).isZero();
        }
        assertThat(run("status", "--dir", folder.resolve("mine").toString())).isEqualTo(16);
    }

    @Test
    void explainsAWrongCommandLine() {
        assertThat(run()).isEqualTo(64);
        assertThat(run("begin")).isEqualTo(64);
        assertThat(run("start", "--edition", "premium")).isEqualTo(64);
        assertThat(run("start", "--dir", folder.toString(), "--scale", "0")).isEqualTo(64);
        assertThat(run("stop", "--force")).isEqualTo(64);

        assertThat(err.toString()).contains("start, stop or status", "premium", "above 0", "--force");
    }

    @Test
    void tellsItsExitCodesInItsHelp() {
        assertThat(run("start", "--help")).isZero();
        assertThat(out.toString()).contains("--scale", "16", "not started");
    }

    private int run(String... arguments) {
        return new LabTool().run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
