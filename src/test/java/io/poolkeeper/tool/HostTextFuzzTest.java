// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Mutated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/** What a host without Java leaves, spoiled: it says what stands in it, or is called unreadable. */
class HostTextFuzzTest {
    private static final String DONE = """
            version=1
            job=ldifde
            run=2026-11-27T230000Z-nightly-7c1a
            step=capture-02
            attempt=1
            state=done
            exit=5
            started=2026-11-27T23:05:26Z
            ended=2026-11-27T23:06:26Z
            file1=configuration-1.ldf
            size1=81345
            file2=domain-1.ldf
            size2=4
            file3=output.txt
            size3=0
            """.replace("\n", "\r\n");
    private static final String ALIVE = """
            version=1
            release=1.0
            commands=8f0c1d2e3a4b5c6d
            utc=2026-11-27T16:05:26Z
            can1=lcscmd-machine
            can2=dbimpexp
            """.replace("\n", "\r\n");
    private static final String VALUE = "[A-Za-z0-9._:-]{1,250}";

    private static Path folder = Path.of("");

    @BeforeContainer
    static void make() throws IOException {
        folder = Files.createTempDirectory("host-text");
        Files.createDirectories(folder.resolve("out"));
    }

    @AfterContainer
    static void remove() throws IOException {
        for (var file : List.of("answer.done", "out/alive.txt", "out", "")) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    private static Optional<HostAnswer> answer(byte[] bytes) throws IOException {
        try {
            return Optional.of(HostAnswer.read(Files.write(folder.resolve("answer.done"), bytes)));
        } catch (HostText.Unreadable e) {
            assertThat(e.what()).isNotBlank().hasSizeLessThan(700);
            return Optional.empty();
        }
    }

    private static Optional<HostSign> sign(byte[] bytes) throws IOException {
        Files.write(folder.resolve("out/alive.txt"), bytes);
        try {
            return HostSign.read(new HandOffFolder(folder));
        } catch (HostText.Unreadable e) {
            assertThat(e.what()).isNotBlank().hasSizeLessThan(700);
            return Optional.empty();
        }
    }

    private static List<String> lines(byte[] bytes) {
        return Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1));
    }

    @Provide
    Arbitrary<byte[]> answers() {
        return Mutated.of(DONE.getBytes(StandardCharsets.US_ASCII));
    }

    @Property(tries = 1500)
    void anAnswerSaysWhatStandsInItOrIsUnreadable(@ForAll("answers") byte[] bytes) throws IOException {
        answer(bytes).ifPresent(answer -> {
            var lines = lines(bytes);
            assertThat(lines)
                    .contains("version=1", "job=" + answer.job(), "run=" + answer.run(), "step=" + answer.step())
                    .filteredOn(line -> line.startsWith("exit="))
                    .singleElement()
                    .satisfies(line -> assertThat(Long.parseLong(line.substring("exit=".length())))
                            .as("an exit code that is not 0 never becomes 0")
                            .isIn((long) answer.exit(), Integer.toUnsignedLong(answer.exit())));
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("attempt="))
                    .singleElement()
                    .satisfies(line -> assertThat(Long.parseLong(line.substring("attempt=".length())))
                            .isIn((long) answer.attempt(), Integer.toUnsignedLong(answer.attempt())));
            assertThat(lines.stream().filter(line -> line.matches("(?i)file[0-9]+=.*")))
                    .as("no file is passed over")
                    .hasSize(answer.files().size());
            assertThat(answer.files()).allSatisfy((name, size) -> {
                assertThat(name).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,120}");
                assertThat(folder.resolve(name).getParent()).isEqualTo(folder);
                assertThat(size).isNotNegative();
            });
        });
    }

    @Provide
    Arbitrary<byte[]> signs() {
        return Mutated.of(ALIVE.getBytes(StandardCharsets.US_ASCII));
    }

    @Property(tries = 1000)
    void aSignOfLifeSaysWhatStandsInItOrIsUnreadable(@ForAll("signs") byte[] bytes) throws IOException {
        sign(bytes).ifPresent(sign -> {
            assertThat(lines(bytes)).contains("version=1");
            assertThat(sign.commands()).matches(VALUE + "|\\?");
            assertThat(sign.release()).matches(VALUE + "|\\?");
            assertThat(sign.can())
                    .allSatisfy(job -> assertThat(lines(bytes)).anyMatch(line -> line.matches("can[0-9]+=" + job)));
            assertThat(sign.skew()).isNotNull();
        });
    }

    @Example
    void theyAreReadableAsTheyShouldBe() throws IOException {
        assertThat(answer(DONE.getBytes(StandardCharsets.US_ASCII)))
                .hasValueSatisfying(answer -> assertThat(answer.files()).hasSize(3));
        assertThat(sign(ALIVE.getBytes(StandardCharsets.US_ASCII)))
                .hasValueSatisfying(sign -> assertThat(sign.can()).containsExactly("lcscmd-machine", "dbimpexp"));
    }

    @Example
    void anExitCodeThatIsTooLargeIsNotZero() throws IOException {
        for (var number : new String[] {"4294967296", "-4294967296", "8589934592", "-2147483649"}) {
            assertThat(answer(DONE.replace("exit=5", "exit=" + number).getBytes(StandardCharsets.US_ASCII)))
                    .as(number)
                    .isEmpty();
        }
    }

    @Example
    void aFileBehindAGapIsNotPassedOver() throws IOException {
        for (var key : new String[] {"file4", "File2", "file02", "file0"}) {
            assertThat(answer(DONE.replace("file2=", key + "=").getBytes(StandardCharsets.US_ASCII)))
                    .as(key)
                    .isEmpty();
        }
    }

    @Example
    void megabytesAreRefusedInAMoment() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (var piece : new String[] {"\n", "\r", "a=", "=", "file1=", "a", DONE, ALIVE}) {
                var bytes = piece.repeat((4 << 20) / piece.length()).getBytes(StandardCharsets.US_ASCII);
                assertThat(answer(bytes)).isEmpty();
                assertThat(sign(bytes)).isEmpty();
            }
        });
    }
}
