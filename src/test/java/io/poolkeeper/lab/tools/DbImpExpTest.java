// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class DbImpExpTest {
    private static final OcsSite STANDARD = OcsSite.of(2007, Edition.STANDARD, Scale.ONE);
    private static final OcsSite ENTERPRISE = OcsSite.of(2007, Edition.ENTERPRISE, new Scale(0.05));

    @TempDir
    private Path lab;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path xml;

    @BeforeEach
    void install() throws IOException {
        xml = lab.resolve("users.xml");
        OcsTools.install(STANDARD, lab);
    }

    @Test
    void exportsEverybodyWithContactsAndConferencesAsUtf16()
            throws IOException, ParserConfigurationException, SAXException {
        assertThat(run("/hrxmlfile:" + xml)).isZero();

        assertThat(Files.readAllBytes(xml)).startsWith(0xff, 0xfe);
        var root = parse();
        assertThat(root.getTagName()).isEqualTo("HomedResources");
        assertThat(root.getElementsByTagName("HomedResource").getLength())
                .isEqualTo(STANDARD.people().size());
        assertThat(root.getElementsByTagName("Contact").getLength()
                        + root.getElementsByTagName("BlockedContact").getLength())
                .isEqualTo(STANDARD.contactLists().stream()
                        .mapToInt(list -> list.contacts().size())
                        .sum());
        assertThat(root.getElementsByTagName("Conference").getLength())
                .isEqualTo(STANDARD.conferences().size());
    }

    @Test
    void exportsOneUserOnRequest() throws IOException, ParserConfigurationException, SAXException {
        var person = STANDARD.people().get(4);

        assertThat(run("/HRXMLFILE:" + xml, "/resType:user", "/user:" + person.userAtHost()))
                .isZero();

        var users = parse().getElementsByTagName("HomedResource");
        assertThat(users.getLength()).isEqualTo(1);
        assertThat(((Element) users.item(0)).getAttribute("UserAtHost")).isEqualTo(person.userAtHost());
    }

    @Test
    void wantsTheBackEndInAnEnterprisePool(@TempDir Path other) throws IOException {
        OcsTools.install(ENTERPRISE, other);
        lab = other;

        assertThat(run("/hrxmlfile:" + xml)).isNotZero();
        assertThat(run("/hrxmlfile:" + xml, "/sqlserver:sql1.ocs.lab")).isZero();
        assertThat(run("/hrxmlfile:" + xml, "/sqlserver:SQL1\\MSSQLSERVER")).isZero();
    }

    @Test
    void failsWhereTheRealOneFails() {
        assertThat(run()).isNotZero();
        assertThat(run("/hrxmlfile:" + lab.resolve("missing/users.xml"))).isNotZero();
        assertThat(run("/hrxmlfile:" + xml, "/sqlserver:nowhere")).isNotZero();
        assertThat(run("/hrxmlfile:" + xml, "/user:nobody@ocs.lab")).isNotZero();
        assertThat(run("/hrxmlfile:" + xml, "/restype:planet")).isNotZero();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains(
                        "'/hrxmlfile' is missing",
                        "Cannot create file",
                        "SQL Server 'nowhere'",
                        "nobody@ocs.lab",
                        "planet");
        assertThat(xml).doesNotExist();
    }

    private Element parse() throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(xml.toFile())
                .getDocumentElement();
    }

    private int run(String... arguments) {
        var tool = new DbImpExp(new OcsFolder(lab.resolve("ocs")), new PrintStream(said, true, StandardCharsets.UTF_8));
        return tool.run(Arrays.asList(arguments));
    }
}
