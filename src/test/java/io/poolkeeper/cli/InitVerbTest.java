// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.plan.DirectoryFindings;
import io.poolkeeper.plan.FirstSiteFile;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.site.DirectoryLogin;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} asks the directories of both labs; what it writes is a site file. */
class InitVerbTest {
    private static final String PASSWORD = "not in the file";
    private static final Scale SMALL = new Scale(0.01);

    @TempDir
    Path folder;

    @Test
    void writesTheStandardSiteThatTheDirectoryKnows() throws IOException {
        try (var directory = lab(io.poolkeeper.lab.model.Edition.STANDARD)) {
            var ran = init(directory);

            assertThat(ran.exit()).as(ran.err() + ran.out()).isZero();
            var site = validated();
            assertThat(site.pools()).singleElement().satisfies(pool -> {
                assertThat(pool.name()).isEqualTo("ocs2007");
                assertThat(pool.edition()).isEqualTo(Edition.STANDARD);
                assertThat(pool.servers()).singleElement().satisfies(server -> {
                    assertThat(server.fqdn()).isEqualTo("ocs2007.ocs.lab");
                    assertThat(server.roles()).containsExactly("standard-edition");
                });
            });
            assertThat(Objects.requireNonNull(site.sql().get("ocs2007-rtc"))).satisfies(sql -> {
                assertThat(sql.host()).isEqualTo("ocs2007.ocs.lab");
                assertThat(sql.instance()).contains("rtc");
            });
            assertThat(DirectoryFindings.of(site)).isEmpty();
            assertThat(Files.readString(file())).doesNotContain(PASSWORD);
        }
    }

    @Test
    void writesTheEnterpriseSiteAndSaysWhatTheDirectoryDoesNot() throws IOException {
        try (var directory = lab(io.poolkeeper.lab.model.Edition.ENTERPRISE)) {
            var ran = init(directory, "--json");

            assertThat(ran.exit()).as(ran.err() + ran.out()).isEqualTo(4);
            assertThat(ran.lines()).singleElement().satisfies(line -> {
                assertThat(Schemas.check("first-site-file", line)).isEmpty();
                assertThat(line.path("unknown"))
                        .singleElement()
                        .satisfies(unknown ->
                                assertThat(unknown.asText()).contains("server ocsarch.ocs.lab: which roles it has"));
            });
            var pool = validated().pools().get(0);
            assertThat(pool.edition()).isEqualTo(Edition.ENTERPRISE);
            assertThat(roles(pool, "ocsfe1")).contains("front-end", "web-components");
            assertThat(roles(pool, "sql1")).containsExactly("back-end");
            assertThat(roles(pool, "ocsmed")).containsExactly("mediation");
            assertThat(roles(pool, "ocsmon")).containsExactly("monitoring");
            assertThat(roles(pool, "ocsedge")).containsExactly("edge");
            assertThat(roles(pool, "ocscwa")).containsExactly("cwa");
            assertThat(DirectoryFindings.of(SiteFile.read(file()))).containsExactly("directory:server/ocsarch.ocs.lab");
        }
    }

    @Test
    void neverOverwritesAFile() throws IOException {
        Files.writeString(file(), "mine");

        var ran = Ran.of("init", "--out", file().toString());

        assertThat(ran.exit()).isEqualTo(16);
        assertThat(ran.err()).contains("is not overwritten", "HINT: ");
        assertThat(file()).hasContent("mine");
    }

    @Test
    void writesAnExampleThatIsValidWithoutADirectory() {
        var ran = Ran.of("init", "-c", file().toString());

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("an example");
        assertThat(validated().pools()).hasSize(1);
    }

    @Test
    void writesNothingIfTheDomainControllerRefuses() throws IOException {
        try (var directory = lab(io.poolkeeper.lab.model.Edition.STANDARD)) {
            Files.writeString(folder.resolve("ldap"), "wrong");

            var ran = asked(directory);

            assertThat(ran.exit()).isEqualTo(16);
            assertThat(ran.err()).contains("refused", "HINT: ", "--password").doesNotContain("directory.password");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void refusesAPasswordOnTheCommandLine() {
        var ran = Ran.of(
                "init",
                "--directory",
                "ldaps://dc1:636",
                "--bind-dn",
                "CN=x",
                "--password",
                "hunter2",
                "--out",
                file().toString());

        assertThat(ran.exit()).isEqualTo(64);
        assertThat(ran.err()).contains("never hold it").doesNotContain("hunter2");
    }

    @Test
    void keepsStrangeNamesOfTheDirectoryFromBecomingKeys() throws IOException {
        var evil = new Deployment(
                List.of(
                        new Deployment.Pool("a\nvault: x", "", null, "", null),
                        new Deployment.Pool("ocs", "ocs.x", Edition.STANDARD, "x}\nsite: y\\rtc", null)),
                List.of(
                        new Deployment.Server("ocs.x", List.of("standard-edition", "no such role"), "ocs"),
                        new Deployment.Server("b: {", List.of("edge"), null)),
                List.of());

        var written = FirstSiteFile.of(
                "DC=x",
                evil,
                new FirstSiteFile.Access("ldaps://dc'1", "CN=O'Neill\n,DC=x", "file:p", null),
                Catalogue.read(Catalogue.file("ocs-2007-r2")));
        Files.writeString(file(), written.text());

        var site = validated();
        assertThat(site.pools()).extracting(Pool::name).containsExactly("ocs");
        assertThat(site.directory().orElseThrow().login())
                .isInstanceOfSatisfying(
                        DirectoryLogin.Simple.class,
                        login -> assertThat(login.bindDn()).isEqualTo("CN=O'Neill?,DC=x"));
        assertThat(written.open()).hasSize(3);
    }

    private static LabDirectory lab(io.poolkeeper.lab.model.Edition edition) {
        return LabDirectory.start(OcsSite.of(2007, edition, SMALL), PASSWORD);
    }

    private Path file() {
        return folder.resolve("site.yaml");
    }

    private Ran init(LabDirectory directory, String... more) throws IOException {
        Files.writeString(folder.resolve("ldap"), PASSWORD);
        return asked(directory, more);
    }

    private Ran asked(LabDirectory directory, String... more) throws IOException {
        Files.writeString(folder.resolve("dc1.pem"), directory.certificate());
        var args = new ArrayList<>(List.of(
                "init",
                "--directory",
                "ldaps://127.0.0.1:" + directory.port(),
                "--bind-dn",
                directory.bindDn(),
                "--password",
                "file:" + folder.resolve("ldap"),
                "--trust",
                folder.resolve("dc1.pem").toString(),
                "--out",
                file().toString()));
        args.addAll(List.of(more));
        return Ran.of(args.toArray(String[]::new));
    }

    private Site validated() {
        var ran = Ran.of("config", "validate", "-c", file().toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        return SiteFile.read(file());
    }

    private static Set<String> roles(Pool pool, String host) {
        return pool.servers().stream()
                .filter(server -> server.fqdn().equals(host + ".ocs.lab"))
                .findFirst()
                .orElseThrow()
                .roles();
    }
}
