// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReadingTest {
    private static final String PLAIN = "<a xmlns:p=\"u\"><p:b x=\"1\" y=\"2\">t</p:b><c/></a>";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?>\n<a xmlns:q=\"u\">\n  <q:b y='2'   x='1'>\n t \n</q:b>\n <c></c>\n</a>\n",
                "<a xmlns:p=\"u\"><!-- why --><p:b x=\"1\" y=\"2\"><![CDATA[t]]></p:b><?pi z?><c/></a>",
                "<a><b xmlns=\"u\" y=\"&#50;\" x=\"1\">&#116;</b><c/></a>"
            })
    void doesNotCountLayout(String same) throws Exception {
        assertThat(facts(same).sha256()).isEqualTo(facts(PLAIN).sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a xmlns:p=\"u\"><p:b x=\"1\" y=\"3\">t</p:b><c/></a>",
                "<a xmlns:p=\"u\"><p:b x=\"1\" y=\"2\">T</p:b><c/></a>",
                "<a xmlns:p=\"v\"><p:b x=\"1\" y=\"2\">t</p:b><c/></a>",
                "<a xmlns:p=\"u\"><p:b x=\"1\" y=\"2\">t<c/></p:b></a>",
                "<a xmlns:p=\"u\"><c/><p:b x=\"1\" y=\"2\">t</p:b></a>",
                "<a xmlns:p=\"u\"><p:b x=\"1\" y=\"2\"/>t<c/></a>"
            })
    void countsEveryDifferenceThatSaysSomething(String other) throws Exception {
        assertThat(facts(other).sha256()).isNotEqualTo(facts(PLAIN).sha256());
    }

    @Test
    void doesNotCountTheEncoding() throws Exception {
        var text = "<a>\u010dau</a>";

        assertThat(facts("<?xml version='1.0' encoding='UTF-16'?>" + text, StandardCharsets.UTF_16))
                .isEqualTo(facts(text));
    }

    @Test
    void findsWordsInLongTexts() throws Exception {
        var text = "<a>" + "x".repeat(100_000) + "&amp;OCS2007</a>";

        var reading = XmlReading.of(write(text, StandardCharsets.UTF_8), List.of("ocs2007", "other"));

        assertThat(reading.mentions("ocs2007")).isTrue();
        assertThat(reading.mentions("other")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
                "<a>&undeclared;</a>",
                "<a/><b/>",
                "",
                "text"
            })
    void refusesWhatNoExportHas(String text) {
        assertThatThrownBy(() -> facts(text)).isInstanceOf(XmlReading.Malformed.class);
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatThrownBy(() -> facts("<a>\u00e9</a>", StandardCharsets.ISO_8859_1))
                .isInstanceOf(XmlReading.Malformed.class);
    }

    @Test
    void passesOnThatAFileCannotBeRead() {
        assertThatThrownBy(() -> XmlReading.of(folder.resolve("missing"), List.of()))
                .isInstanceOf(IOException.class);
    }

    private XmlFacts facts(String text) throws Exception {
        return facts(text, StandardCharsets.UTF_8);
    }

    private XmlFacts facts(String text, Charset encoding) throws Exception {
        return XmlReading.of(write(text, encoding), List.of()).facts();
    }

    private Path write(String text, Charset encoding) throws IOException {
        return Files.write(folder.resolve("file.xml"), text.getBytes(encoding));
    }
}
