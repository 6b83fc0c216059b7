// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Mutated;
import io.poolkeeper.set.Disk;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Exported settings and user data that somebody spoiled. */
class XmlFuzzTest {
    private static final String SETTINGS = """
            <?xml version="1.0" encoding="utf-8"?>
            <Config Version="4"><!-- exported --><Class Name="MSFT_SIPPoolSetting"><Instance Key="1">
            <Property Name="PoolFQDN">ocs2007.ocs.lab</Property><Property Name="Max">5000</Property><![CDATA[a<b]]>
            </Instance></Class><?pi x?></Config>
            """;
    private static final String USERS = """
            <?xml version="1.0" encoding="utf-16"?>
            <HomedResources><HomedResource UserAtHost="a@ocs.lab"><Contacts><Contact Buddy="b@ocs.lab"/></Contacts>
            </HomedResource></HomedResources>
            """;
    private static final List<String> WANTED = List.of("MSFT_SIPPoolSetting.PoolFQDN");

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("xml-fuzz");
    }

    @AfterContainer
    static void clean() throws IOException {
        Disk.delete(folder);
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Arbitraries.oneOf(
                Mutated.of(SETTINGS.getBytes(StandardCharsets.UTF_8)),
                Mutated.of(USERS.getBytes(StandardCharsets.UTF_16)),
                Mutated.of(SETTINGS.getBytes(StandardCharsets.UTF_16)));
    }

    private static boolean reads(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("a.xml"), bytes);
        var good = true;
        try {
            XmlReading.of(file, List.of("ocs2007"));
        } catch (XmlReading.Malformed e) {
            assertThat(e.what()).isNotBlank();
            good = false;
        }
        try {
            var tree = XmlTree.of(file);
            var same = XmlDifference.of(tree, tree);
            assertThat(same).isEmpty();
        } catch (XmlReading.Malformed e) {
            assertThat(good)
                    .as("the stream finds no fault, the tree: " + e.what())
                    .isFalse();
        }
        for (var look : List.<Runnable>of(() -> SettingsFacts.values(file, WANTED), () -> SettingsFacts.users(file))) {
            try {
                look.run();
            } catch (PermanentFault e) {
                assertThat(e.getMessage()).startsWith("a.xml");
                assertThat(good).as(e.getMessage()).isFalse();
            }
        }
        return good;
    }

    @Example
    void theExportsAreReadAsTheyAre() throws Exception {
        assertThat(reads(SETTINGS.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(reads(USERS.getBytes(StandardCharsets.UTF_16))).isTrue();
    }

    @Property(tries = 700)
    void isReadOrCalledMalformed(@ForAll("files") byte[] bytes) throws IOException {
        reads(bytes);
    }

    @Property(tries = 500)
    void tellsDifferencesBetweenWhateverIsWellFormed(@ForAll("files") byte[] bytes) throws Exception {
        var good = Files.writeString(folder.resolve("good.xml"), SETTINGS);
        var other = Files.write(folder.resolve("other.xml"), bytes);
        try {
            var now = XmlTree.of(other);
            assertThat(XmlDifference.of(XmlTree.of(good), now))
                    .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
        } catch (XmlReading.Malformed e) {
            assertThat(e.what()).isNotBlank();
        }
    }

    @Example
    void nestingWithoutEndIsNoWayToStopTheProgram() throws Exception {
        var deep = "<a>".repeat(200_000) + "x" + "</a>".repeat(200_000);
        reads(deep.getBytes(StandardCharsets.UTF_8));
        var shallow = Files.writeString(
                folder.resolve("shallow.xml"), "<a>" + "<a>".repeat(199_999) + "y" + "</a>".repeat(200_000));
        var file = Files.writeString(folder.resolve("deep.xml"), deep);
        try {
            assertThat(XmlDifference.of(XmlTree.of(shallow), XmlTree.of(file))).isNotEmpty();
        } catch (XmlReading.Malformed e) {
            assertThat(e.what()).contains("nest");
        }
    }

    @Example
    void entitiesAreNoWayToFillTheMemoryOrToReadAFile() throws Exception {
        var laughs = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'ha'>");
        for (var i = 1; i < 40; i++) {
            laughs.append("<!ENTITY e")
                    .append(i)
                    .append(" '&e")
                    .append(i - 1)
                    .append(";&e")
                    .append(i - 1)
                    .append(";'>");
        }
        laughs.append("]><a>&e39;</a>");

        assertThat(reads(laughs.toString().getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(reads("<!DOCTYPE a SYSTEM 'file:/etc/passwd'><a/>".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }
}
