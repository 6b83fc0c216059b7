// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.site.TestSites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Site files as the verbs meet them: missing, wrong, right. */
class SiteFilesTest {
    @TempDir
    Path folder;

    static Stream<String> verbs() {
        return Stream.of(
                "config validate",
                "config show",
                "plan",
                "backup",
                "status",
                "list",
                "show latest",
                "verify",
                "drill",
                "restore --to x",
                "trigger nightly",
                "cancel x",
                "serve");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void endsWith16WithoutASiteFile(String verb) {
        var ran = Ran.of((verb + " -c " + folder.resolve("nowhere.yaml")).split(" "));

        assertThat(ran.exit()).as(ran.err()).isEqualTo(16);
        assertThat(ran.err()).contains("nowhere.yaml").contains("HINT: ").doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void endsWith16AndListsEveryErrorOfAWrongSiteFile(String verb) throws IOException {
        var ran = Ran.of((verb + " -c " + wrong()).split(" "));

        assertThat(ran.exit()).as(ran.err()).isEqualTo(16);
        assertThat(ran.err().lines())
                .hasSize(4)
                .allMatch(line -> line.matches(".*site\\.yaml:\\d+ [A-Za-z0-9.\\[\\]-]+: .+ HINT: .+"));
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void validateTellsProgramsTheSameProblems() throws IOException {
        var ran = Ran.of("config", "validate", "-c", wrong().toString(), "--json");

        assertThat(ran.exit()).isEqualTo(16);
        assertThat(ran.lines()).singleElement().satisfies(line -> {
            assertThat(Schemas.check("validation", line)).isEmpty();
            assertThat(line.path("valid").asBoolean()).isFalse();
            assertThat(line.path("problems")).hasSize(4);
        });
    }

    @Test
    void validateSaysWhatIsValid() {
        var site = TestSites.standard(folder).file().toString();

        assertThat(Ran.of("config", "validate", "-c", site).out()).contains("is valid: site test-site");
        assertThat(Ran.of("config", "validate", "-c", site, "--json").lines())
                .singleElement()
                .satisfies(line -> assertThat(Schemas.check("validation", line)).isEmpty());
    }

    @Test
    void showMasksSecretsAndSaysWhereEachValueCameFrom() {
        var site = TestSites.standard(folder).file().toString();

        var people = Ran.of("config", "show", "-c", site);
        var programs = Ran.of("config", "show", "-c", site, "--json");

        assertThat(people.exit()).isZero();
        assertThat(people.out())
                .containsPattern("sql\\.ocs2007-rtc\\.password +\\*{8} +.*site\\.yaml:\\d+ \\(file:secrets/sql\\)");
        assertThat(people.out() + programs.out())
                .doesNotContain("secret of sql")
                .doesNotContain("secret of ldap");
        assertThat(programs.exit()).isZero();
        assertThat(programs.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Schemas.check("setting", line))
                        .as(line.toString())
                        .isEmpty());
        assertThat(programs.lines()).anySatisfy(SiteFilesTest::isTheMaskedPassword);
    }

    private static void isTheMaskedPassword(JsonNode line) {
        assertThat(line.path("key").asText()).isEqualTo("directory.password");
        assertThat(line.path("value").asText()).isEqualTo("********");
        assertThat(line.path("reference").asText()).isEqualTo("file:secrets/ldap");
    }

    private Path wrong() throws IOException {
        return Files.writeString(
                folder.resolve("site.yaml"),
                TestSites.STANDARD
                        .replace("edition: standard", "edition: standrad")
                        .replace("password: file:secrets/ldap", "password: plain")
                        .replace("plans:", "plan:")
                        .replace("drill: drill-sql", "drill: nowhere"));
    }
}
