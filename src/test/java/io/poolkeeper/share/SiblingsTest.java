// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiblingsTest {
    @Test
    void keepsNamesThatWindowsCanHave() {
        assertThat(entries("Größe.xml", "a b.txt", "日本", ".x"))
                .allSatisfy((path, entry) -> assertThat(entry).isEqualTo(path));
    }

    @Test
    void changesNamesThatWindowsCannotHave() {
        assertThat(entries("aux.txt", "CON", "what?", "ab:c", "dot.", "space ", "com1.tar.gz", "auxiliary"))
                .containsEntry("aux.txt", "aux~2.txt")
                .containsEntry("CON", "CON~2")
                .containsEntry("what?", "what%3F")
                .containsEntry("ab:c", "ab%3Ac")
                .containsEntry("dot.", "dot.~2")
                .containsEntry("space ", "space ~2")
                .containsEntry("com1.tar.gz", "com1~2.tar.gz")
                .containsEntry("auxiliary", "auxiliary");
    }

    @Test
    void tellsApartWhatDiffersInCaseAlone() {
        var entries = entries("READ.me", "Read.me", "read.me", "read~2.me", "READ~3.ME");

        assertThat(entries.values().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(entries).containsEntry("READ.me", "READ.me").containsEntry("read~2.me", "read~2.me");
    }

    @Test
    void givesAReplacementToNamesThatNoListCanHold() {
        var siblings = new Siblings("f", List.of("b", "a\\b", "a%5Cb", "a\\b2"));

        var first = siblings.next();
        assertThat(first.path()).isEqualTo("f/a%5Cb");
        assertThat(first.problem()).isNull();
        var second = siblings.next();
        assertThat(second.path()).isEqualTo("f/a%5Cb2");
        assertThat(second.problem()).contains("backslash");
        assertThat(siblings.next().path()).isEqualTo("f/a%5Cb~2");
        assertThat(siblings.next().path()).isEqualTo("f/b");
    }

    private static Map<String, String> entries(String... names) {
        var entries = new LinkedHashMap<String, String>();
        new Siblings("", List.of(names)).forEachRemaining(name -> entries.put(name.path(), name.entry()));
        return entries;
    }
}
