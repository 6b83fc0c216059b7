// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlDifferenceTest {
    private static final String ONE = """
            <Ocs Version="1"><Level Name="pool">
              <Class Name="A"><Instance Key="x"><Property Name="p">1</Property><Property Name="q">2</Property></Instance>
                              <Instance Key="y"><Property Name="p">1</Property></Instance></Class>
              <Class Name="B"><Instance Key=""><Property Name="p">old</Property></Instance></Class>
            </Level></Ocs>
            """;

    @TempDir
    Path folder;

    private List<String> difference(String before, String now) throws Exception {
        return XmlDifference.of(
                XmlTree.of(Files.writeString(folder.resolve("before.xml"), before)),
                XmlTree.of(Files.writeString(folder.resolve("now.xml"), now)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Ocs Version='1'><Level Name='pool'><Class Name='B'><Instance Key=''><Property Name='p'>old</Property>"
                        + "</Instance></Class><Class Name='A'><Instance Key='y'><Property Name='p'> 1 </Property></Instance>"
                        + "<Instance Key='x'><Property Name='q'>2</Property><Property Name='p'>1</Property></Instance>"
                        + "</Class></Level></Ocs>",
                "<!-- exported at some time --><Ocs Version='1'><Level Name='pool'><Class Name='A'><Instance Key='x'>"
                        + "<Property Name='p'>1</Property><Property Name='q'><![CDATA[2]]></Property></Instance>"
                        + "<Instance Key='y'><Property Name='p'>1</Property></Instance></Class><Class Name='B'>"
                        + "<Instance Key=''><Property Name='p'>old</Property></Instance></Class></Level></Ocs>"
            })
    void tellsNothingOfOrderAndLayout(String same) throws Exception {
        assertThat(difference(ONE, same)).isEmpty();
    }

    @Test
    void tellsOneChangedValueInOneLineWithItsPath() throws Exception {
        assertThat(difference(ONE, ONE.replace("old", "new")))
                .containsExactly(
                        "/Ocs/Level[@Name='pool']/Class[@Name='B']/Instance[@Key='']/Property[@Name='p']: 'old' -> 'new'");
    }

    @Test
    void tellsOfAttributesAndOfWhatCameAndWent() throws Exception {
        var now = ONE.replace("Version=\"1\"", "Version=\"2\"")
                .replace("<Property Name=\"q\">2</Property>", "")
                .replace("<Class Name=\"B\">", "<Class Name=\"B\"><Instance Key='z'><P N='1'/><P N='2'/></Instance>");

        assertThat(difference(ONE, now))
                .containsExactly(
                        "/Ocs/@Version: '1' -> '2'",
                        "/Ocs/Level[@Name='pool']/Class[@Name='A']/Instance[@Key='x']/Property[@Name='q']: removed '2'",
                        "/Ocs/Level[@Name='pool']/Class[@Name='B']/Instance[@Key='z']: added, with 2 values");
    }

    /** As other tools write it: the name in an element of its own, several instances of one class. */
    @Test
    void knowsSiblingsByAnElementWithinOrByLikeness() throws Exception {
        var before = "<S><I CLASSNAME='c'><P><NAME>a</NAME><V>1</V></P><P><NAME>b</NAME><V>2</V></P></I>"
                + "<I CLASSNAME='c'><P><NAME>a</NAME><V>3</V></P><P><NAME>b</NAME><V>4</V></P></I></S>";
        var now = "<S><I CLASSNAME='c'><P><NAME>b</NAME><V>4</V></P><P><NAME>a</NAME><V>9</V></P></I>"
                + "<I CLASSNAME='c'><P><NAME>a</NAME><V>1</V></P><P><NAME>b</NAME><V>2</V></P></I></S>";

        assertThat(difference(before, now)).containsExactly("/S/I[@CLASSNAME='c'][1]/P[NAME='a']/V: '3' -> '9'");
    }

    @Test
    void tellsOfListsWithoutKeysWhichEntryCameOrWent() throws Exception {
        assertThat(difference("<S><M>a</M><M>b</M></S>", "<S><M>b</M><M>c</M><M>a</M></S>"))
                .containsExactly("/S/M[2]: added 'c'");
        assertThat(difference("<S><M>a</M><M>b</M></S>", "<S><M>b</M></S>")).containsExactly("/S/M[1]: removed 'a'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<S><Property Name='TrunkPassword'>%s</Property></S>",
                "<S><P><Name>SharedSecret</Name><Value>%s</Value></P></S>",
                "<S SqlPwd='%s'/>",
                "<S><Credentials><User>%s</User></Credentials></S>",
                "<S><Property Name='Odbc'>Server=x;Password=%s</Property></S>",
                "<S><Property Name='Url'>https://someone:%s@host/</Property></S>"
            })
    void neverTellsAValueThatMayBeASecret(String xml) throws Exception {
        var lines = difference(xml.formatted("hunter2"), xml.formatted("swordfish"));

        assertThat(lines).singleElement().asString().contains("(not shown) -> (not shown)");
        assertThat(lines.toString()).doesNotContain("hunter2", "swordfish");
        assertThat(difference("<S/>", xml.formatted("swordfish")).toString()).doesNotContain("swordfish");
    }

    @Test
    void keepsLinesShortAndOnOneLine() throws Exception {
        var lines = difference("<S><P Name='a'>1</P></S>", "<S><P Name='a'>x&#10;" + "y".repeat(5000) + "</P></S>");

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("/S/P[@Name='a']: '1' -> 'x y")
                        .hasSizeLessThan(200)
                        .doesNotContain("\n"));
    }

    @Test
    void findsOneOfTenThousandValuesWithoutAnyKey() throws Exception {
        var many = IntStream.range(0, 10_000).mapToObj(i -> "<V>" + i + "</V>").collect(Collectors.joining());

        assertThat(difference("<S>" + many + "</S>", "<S>" + many.replace(">777<", ">seven<") + "</S>"))
                .containsExactly("/S/V[778]: '777' -> 'seven'");
    }

    @Test
    void readsUtf16AndRefusesADocumentType() throws Exception {
        var utf16 = Files.write(
                folder.resolve("utf16.xml"),
                "<?xml version='1.0' encoding='UTF-16'?><a>\u010dau</a>".getBytes(StandardCharsets.UTF_16));
        var evil = Files.writeString(folder.resolve("evil.xml"), "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>");

        assertThat(XmlTree.of(utf16).text()).isEqualTo("\u010dau");
        assertThatThrownBy(() -> XmlTree.of(evil)).isInstanceOf(XmlReading.Malformed.class);
    }
}
