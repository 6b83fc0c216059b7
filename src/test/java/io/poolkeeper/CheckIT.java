// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.lab.Fault;
import io.poolkeeper.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} on a whole lab site: good, broken in one place at a time, and beside a coordinator. */
class CheckIT {
    @TempDir
    static Path folder;

    private static LabSite site;
    private static String good = "";

    private Set<Path> before = Set.of();

    @BeforeAll
    static void start() throws IOException {
        site = LabSite.start(folder.resolve("lab"));
        good = Files.readString(site.lab().siteFile());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void look() throws IOException {
        before = files();
    }

    @AfterEach
    void mend() throws IOException {
        Files.writeString(site.lab().siteFile(), good);
        assertThat(files()).as("left behind").isEqualTo(before);
    }

    private static Set<Path> files() throws IOException {
        try (var all = Files.walk(site.folder())) {
            return all.filter(file -> !file.toString().contains("outbox"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static LabSite.Ended check() {
        var ended = site.run("check");
        var lines = ended.lines();
        lines.subList(0, lines.size() - 1)
                .forEach(line -> assertThat(Schemas.check("finding", line))
                        .as(line.toString())
                        .isEmpty());
        assertThat(Schemas.check("check", ended.last()))
                .as(ended.last().toString())
                .isEmpty();
        assertThat(ended.last().path("exit").asInt()).isEqualTo(ended.exit());
        return ended;
    }

    private static List<JsonNode> notOk(LabSite.Ended ended) {
        return ended.lines().stream()
                .filter(line -> line.path("message_type").asText().equals("finding"))
                .filter(line -> !line.path("state").asText().equals("ok"))
                .toList();
    }

    private static List<String> about(List<JsonNode> findings) {
        return findings.stream()
                .map(line ->
                        line.path("state").asText() + " " + line.path("about").asText())
                .toList();
    }

    private static void change(UnaryOperator<String> how) throws IOException {
        var changed = how.apply(good);
        assertThat(changed).isNotEqualTo(good);
        Files.writeString(site.lab().siteFile(), changed);
    }

    @Test
    void findsOneThingInAGoodLabThatNoCoordinatorRuns() {
        var ended = check();

        assertThat(about(notOk(ended))).containsExactly("warning coordinator");
        assertThat(notOk(ended).get(0).path("hint").asText()).contains("serve");
        assertThat(ended.exit()).isEqualTo(4);
        assertThat(ended.out())
                .contains("wrote a copy-only backup of model")
                .contains("next due")
                .doesNotContain(site.lab().secrets().get("ldap"));
    }

    @Test
    void worksBesideACoordinatorAndSaysWhoItIs() throws Exception {
        try (var serve = ProductProcess.start(
                folder.resolve("said"), Map.of(), site.lab().siteFile(), "serve")) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(site.site().state().dir().resolve("owner.json")));

            var ended = check();

            assertThat(notOk(ended)).isEmpty();
            assertThat(ended.exit()).isZero();
            assertThat(ended.out())
                    .contains("runs in process " + serve.handle().pid())
                    .contains("in use by the coordinator");
            serve.terminate();
            serve.await(Duration.ofSeconds(40));
        }
        assertThat(files()).noneMatch(file -> file.toString().contains("poolkeeper-check"));
        before = files(); // the coordinator keeps its state and makes the vault
    }

    @Test
    void refusesAnInstanceForDrillsThatIsTheSource() throws IOException {
        var source = "127.0.0.1:" + site.lab().sqlPort("ocs2007-rtc");
        var drill = "127.0.0.1:" + site.lab().sqlPort("drill-sql");
        change(yaml -> yaml.replace(drill, source).replace("secrets/sql-drill-sql", "secrets/sql-ocs2007-rtc"));

        var ended = check();

        assertThat(ended.exit()).isEqualTo(16);
        assertThat(about(notOk(ended))).contains("problem sql.ocs2007-rtc.drill");
    }

    @Test
    void refusesAVaultBesideItsSourcesThatNobodyAccepted() throws IOException {
        change(yaml -> yaml.replaceAll("acceptRisk:\n.*\n", ""));

        var ended = check();

        assertThat(ended.exit()).isEqualTo(16);
        assertThat(about(notOk(ended))).containsExactly("warning coordinator", "problem vault");
    }

    @Test
    void saysWhichSecretCannotBeFetchedAndWhatThatBreaks() throws IOException {
        change(yaml -> yaml.replace("password: file:secrets/ldap", "password: file:secrets/nothing"));

        var ended = check();

        assertThat(ended.exit()).isEqualTo(16);
        assertThat(about(notOk(ended)))
                .containsExactly("warning coordinator", "problem directory.password", "problem directory");
    }

    @Test
    void namesWhatIsBrokenInTheLab() throws IOException {
        for (var fault : List.of(Fault.DATABASE_OFFLINE, Fault.MAIL_DOWN)) {
            site.lab().faults().inject(fault);
        }
        try {
            var ended = check();

            assertThat(ended.exit()).isEqualTo(16);
            assertThat(about(notOk(ended)))
                    .containsExactly("warning coordinator", "problem database:ocs2007-rtc/rtc", "warning notify.email");
        } finally {
            for (var fault : List.of(Fault.DATABASE_OFFLINE, Fault.MAIL_DOWN)) {
                site.lab().faults().clear(fault);
            }
        }
    }

    @Test
    void warnsOfAnEmptyShareAndOfASiteThatNobodyBacksUp() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        change(yaml -> yaml.replaceAll(", cron: \"[^\"]*\"", "") + "shares:\n  more: {path: '" + empty
                + "', role: meeting-content, pool: ocs2007}\n");

        var ended = check();

        assertThat(about(notOk(ended))).containsExactly("warning share:more", "warning plans");
        assertThat(ended.exit()).isEqualTo(4);
    }
}
