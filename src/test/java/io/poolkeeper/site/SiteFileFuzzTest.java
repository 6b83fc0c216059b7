// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.Mutated;
import io.poolkeeper.schema.ConfigurationException;
import io.poolkeeper.set.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/** A site file that somebody spoiled is one, or says what is wrong. */
class SiteFileFuzzTest {
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("site-file-fuzz");
    }

    @AfterContainer
    static void clean() throws IOException {
        Disk.delete(folder);
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Mutated.of(TestSites.STANDARD.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> examples() throws IOException {
        return Mutated.of(Files.readAllBytes(Path.of("config/site.example.yaml")));
    }

    @Property(tries = 300)
    void isOneOrSaysWhatIsWrong(@ForAll("files") byte[] bytes) throws IOException {
        read(bytes);
    }

    @Property(tries = 300)
    void isOneOrSaysWhatIsWrongAlsoInTheExample(@ForAll("examples") byte[] bytes) throws IOException {
        read(bytes);
    }

    private static void read(byte[] bytes) throws IOException {
        try {
            assertThat(SiteFile.read(Files.write(folder.resolve("site.yaml"), bytes))
                            .hash())
                    .hasSize(64);
        } catch (ConfigurationException e) {
            assertThat(e.getMessage()).contains("site.yaml");
        }
    }

    @Example
    void aliasesAreNoWayToStopTheProgram() {
        var laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 25; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        for (var text : List.of(
                laughs.toString(),
                "a: &x [*x]\n",
                "a: &x {b: *x}\n",
                "[".repeat(100_000),
                "a: ".repeat(100_000),
                "- ".repeat(100_000),
                "? ".repeat(10_000),
                "a: " + "x".repeat(5 << 20))) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> SiteFile.read(Files.writeString(folder.resolve("site.yaml"), text)))
                            .isInstanceOf(ConfigurationException.class));
        }
    }
}
