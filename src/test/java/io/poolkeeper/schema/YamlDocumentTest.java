// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"yes", "no", "on", "off", "0755", "1_000", "22:30", "2027-06-30", "0x1F", ".5", "1e3", "+1"})
    void leavesWordsThatYaml11WouldChangeAsTheyWereWritten(String word) {
        var node = YamlDocument.parse("t", "key: " + word).root().path("key");

        assertThat(node.isTextual()).isTrue();
        assertThat(node.asText()).isEqualTo(word);
    }

    @Test
    void knowsTrueFalseNullAndDecimalNumbers() {
        var root = YamlDocument.parse("t", "a: true\nb: 12\nc: 1.5\nd: null\ne: '12'")
                .root();

        assertThat(root.path("a").isBoolean()).isTrue();
        assertThat(root.path("b").asInt()).isEqualTo(12);
        assertThat(root.path("c").asDouble()).isEqualTo(1.5);
        assertThat(root.path("d").isNull()).isTrue();
        assertThat(root.path("e").isTextual()).isTrue();
    }

    @Test
    void knowsTheLineOfEveryKey() {
        var document = YamlDocument.parse("t", "a: 1\nb:\n  c: 2\n  d/e: [x,\n    y]\n");

        assertThat(document.line("/b/c")).isEqualTo(3);
        assertThat(document.line("/b/d~1e/1")).isEqualTo(5);
        assertThat(document.line("/b/missing/deeper")).isEqualTo(2);
    }

    @Test
    void reportsEveryKeyThatIsGivenTwice() {
        var problems = new Problems(YamlDocument.parse("site.yaml", "a: 1\nb: {c: 1, c: 2}\na: 2\n"));

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("site.yaml:2 b.c: is given twice")
                .hasMessageContaining("site.yaml:3 a: is given twice, first in line 1");
    }

    @Test
    void saysWhereTextIsNotYaml() {
        assertThatThrownBy(() -> YamlDocument.parse("site.yaml", "a: [1\nb: 2"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("site.yaml:2");
    }
}
