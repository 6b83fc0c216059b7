// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.schema.MalformedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastReadTest {
    private static final int MOST = 200_000;

    @TempDir
    Path folder;

    private final List<String> parsed = new ArrayList<>();
    private final LastRead<String> files = new LastRead<>(MOST, this::parse);
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("manifest.json"), "as it was");
    }

    private String parse(String text) {
        if (text.startsWith("damaged")) {
            throw new MalformedDocument("not a manifest");
        }
        parsed.add(text);
        return new String(text);
    }

    @Test
    void parsesAFileThatStaysAsItIsOnce() throws IOException {
        var first = files.of(file);

        assertThat(files.of(file)).isSameAs(first).isEqualTo("as it was");
        assertThat(parsed).hasSize(1);
    }

    @Test
    void seesAByteThatChangedUnderTheSameSizeAndTime() throws IOException {
        files.of(file);
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "as it Was");
        Files.setLastModifiedTime(file, time);

        assertThat(files.of(file)).isEqualTo("as it Was");
    }

    @Test
    void seesWhatWasCutOffOrAdded() throws IOException {
        for (var text : List.of("as it was, and more", "as it", "", "x".repeat(MOST / 2), "x".repeat(MOST / 2 - 1))) {
            Files.writeString(file, text);

            assertThat(files.of(file)).isEqualTo(text);
        }
    }

    @Test
    void neverAnswersForAFileThatIsGoneOrDamagedNow() throws IOException {
        files.of(file);

        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> files.of(file))
                .isInstanceOf(MalformedDocument.class)
                .hasMessage("manifest.json is not UTF-8 text");
        Files.writeString(file, "damaged");
        assertThatThrownBy(() -> files.of(file)).hasMessage("not a manifest");
        assertThatThrownBy(() -> files.of(file)).hasMessage("not a manifest");
        Files.delete(file);
        assertThatThrownBy(() -> files.of(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void keepsNoMoreThanItMayAndThoseThatWereAskedForLast() throws IOException {
        var text = "x".repeat(MOST * 2 / 5);
        var base = Files.writeString(folder.resolve("base"), text);
        var other = Files.writeString(folder.resolve("other"), text);
        var more = Files.writeString(folder.resolve("more"), text);
        files.of(base);
        files.of(other);
        files.of(base);
        files.of(more);
        parsed.clear();

        files.of(base);
        files.of(more);
        assertThat(parsed).isEmpty();
        files.of(other);
        assertThat(parsed).hasSize(1);
    }

    @Test
    void readsAFileThatIsTooLongToBeKept() throws IOException {
        Files.writeString(file, "x".repeat(MOST + 1));

        assertThat(files.of(file)).hasSize(MOST + 1);
        assertThat(files.of(file)).hasSize(MOST + 1);
        assertThat(parsed).hasSize(2);
    }
}
