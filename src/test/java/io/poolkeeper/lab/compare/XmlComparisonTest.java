// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmlComparisonTest {
    private static final String PART = "settings:machine/ocs2007.ocs.lab";
    private static final String XML = """
            <?xml version="1.0" encoding="utf-8"?>
            <Config>
              <Instance Key="a"><Property Name="Limit">5000</Property><Property Name="Comment">Köln</Property></Instance>
              <Instance Key="b"><Property Name="Limit">70</Property></Instance>
            </Config>
            """;

    @Test
    void doesNotMindEncodingWhiteSpaceCommentsAndOrder() throws IOException {
        var other = """
                <?xml version="1.0" encoding="utf-16"?>
                <!-- exported later --><Config><Instance Key="b"><Property Name="Limit">70</Property></Instance>
                <Instance Key="a"><Property Name="Comment">Köln</Property><Property Name="Limit"><!--x-->5000</Property></Instance></Config>
                """;

        assertThat(XmlComparison.compare(
                        PART, XML.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_16)))
                .isEmpty();
    }

    @Test
    void namesAChangedValueOnceWithItsPath() throws IOException {
        assertThat(compare(XML.replace("5000", "6000")))
                .containsExactly(
                        new Difference(PART, "/Config/Instance[@Key='a']/Property[@Name='Limit']", "5000", "6000"));
    }

    @Test
    void namesAChangedAttributeOnce() throws IOException {
        assertThat(compare(XML.replace("Key=\"b\"", "Key=\"c\""))).hasSize(1);
    }

    @Test
    void namesAMissingElementOnceWhateverItHolds() throws IOException {
        var less = XML.replaceFirst("(?s)<Instance Key=\"a\">.*?</Instance>", "");

        assertThat(compare(less)).singleElement().satisfies(difference -> {
            assertThat(difference.place()).isEqualTo("/Config/Instance[@Key='a']");
            assertThat(difference.restored()).isEqualTo(Difference.ABSENT);
        });
    }

    @Test
    void refusesWhatIsNotWellFormedAndWhatHasADocumentType() {
        for (var bad : List.of(
                "", "<Config>", "<!DOCTYPE Config [<!ENTITY x SYSTEM 'file:/etc/passwd'>]><Config>&x;</Config>")) {
            assertThatThrownBy(() -> compare(bad)).isInstanceOf(IOException.class);
        }
    }

    private static List<Difference> compare(String restored) throws IOException {
        return XmlComparison.compare(
                PART, XML.getBytes(StandardCharsets.UTF_8), restored.getBytes(StandardCharsets.UTF_8));
    }
}
