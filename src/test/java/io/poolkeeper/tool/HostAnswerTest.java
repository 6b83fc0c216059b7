// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.tool.HostText.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAnswerTest {
    private static final String GOOD = """
            version=1
            job=dbimpexp
            run=r1
            step=capture-01
            attempt=1
            state=done
            exit=0
            started=2026-11-27T16:05:26Z
            ended=2026-11-27T16:06:26Z
            file1=export.xml
            size1=4
            """.replace("\n", "\r\n");

    @TempDir
    Path folder;

    private HostAnswer read(String text) throws Unreadable, IOException {
        return HostAnswer.read(Files.writeString(folder.resolve("r1.capture-01-1.done"), text));
    }

    @Test
    void saysWhatBecameOfAJob() throws Exception {
        var answer = read(GOOD);

        assertThat(answer.state()).isEqualTo(HostAnswer.State.DONE);
        assertThat(answer.job()).isEqualTo("dbimpexp");
        assertThat(answer.files()).isEqualTo(Map.of("export.xml", 4L));
    }

    @Test
    void readsTheUnsignedExitCodesOfWindowsAsTheyAre() throws Exception {
        assertThat(read(GOOD.replace("exit=0", "exit=3221225786")).exit()).isEqualTo(-1073741510);
        assertThat(read(GOOD.replace("exit=0", "exit=-5")).exit()).isEqualTo(-5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "C:",
                "C:x",
                "x:stream",
                "nul",
                "CON.xml",
                "com1.txt",
                "-rf",
                "..\\..\\x",
                "/etc/passwd",
                "a b"
            })
    void refusesAFileThatIsNoPlainName(String name) {
        assertThatThrownBy(() -> read(GOOD.replace("export.xml", name))).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "version=1,version=2",
        "state=done,state=perhaps",
        "attempt=1,attempt=one",
        "exit=0,exit=99999999999",
        "size1=4,size1=-4",
        "ended=2026-11-27T16:06:26Z,ended=today",
        "job=dbimpexp,job=a b",
        "job=dbimpexp,job=%PATH%",
        "run=r1,version=1",
        "step=capture-01,more=1"
    })
    void refusesWhatNoScriptWrites(String good, String bad) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad))).isInstanceOf(Unreadable.class);
    }

    @Test
    void readsNoMoreThanAnAnswerCanHold() {
        assertThatThrownBy(() -> read("a=" + "x\r\na=".repeat(1 << 20)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void followsNoLinks() throws IOException {
        var real = Files.writeString(folder.resolve("real"), GOOD);
        var link = Files.createSymbolicLink(folder.resolve("link.done"), real);

        assertThatThrownBy(() -> HostAnswer.read(link))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("no plain file");
    }

    @Test
    void collectsExactlyTheBytesThatWereTold() throws Exception {
        var desk = new HandOffFolder(folder.resolve("desk"));
        var into = Files.createDirectories(folder.resolve("into"));
        Files.createDirectories(desk.files("r1"));
        Files.writeString(desk.files("r1").resolve("export.xml"), "<a/>");

        desk.collect("r1", read(GOOD), into, new Unattended(Duration.ofMinutes(1)));

        assertThat(into.resolve("export.xml")).hasContent("<a/>");
    }

    @ParameterizedTest
    @CsvSource({"<a>..</a>, more bytes in place of 4", "<a, 2 bytes in place of 4", "'', 0 bytes in place of 4"})
    void refusesAFileOfAnotherSize(String text, String words) throws Exception {
        var desk = new HandOffFolder(folder.resolve("desk"));
        var into = Files.createDirectories(folder.resolve("into"));
        Files.createDirectories(desk.files("r1"));
        Files.writeString(desk.files("r1").resolve("export.xml"), text);
        var answer = read(GOOD);

        assertThatThrownBy(() -> desk.collect("r1", answer, into, new Unattended(Duration.ofMinutes(1))))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining(words);
    }

    @Test
    void collectsThroughNoLink() throws Exception {
        var desk = new HandOffFolder(folder.resolve("desk"));
        var into = Files.createDirectories(folder.resolve("into"));
        Files.createDirectories(desk.files("r1"));
        var secret = Files.writeString(folder.resolve("secret"), "abcd");
        Files.createSymbolicLink(desk.files("r1").resolve("export.xml"), secret);
        var answer = read(GOOD);

        assertThatThrownBy(() -> desk.collect("r1", answer, into, new Unattended(Duration.ofMinutes(1))))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("is not there");
        assertThat(into).isEmptyDirectory();
    }
}
