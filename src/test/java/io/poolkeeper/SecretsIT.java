// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.lab.Fault;
import io.poolkeeper.lab.site.Description;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Looks for every secret of a site in everything that a good run, a verification, a trial restore and failing runs leave: state,
 * vault, messages, output, temporary files, and the processes while they run.
 */
@EnabledOnOs(OS.LINUX)
class SecretsIT {
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final String SMTP_VARIABLE = "LAB_MAIL_LOGIN";
    private static final List<String> VERBS_THAT_LOOK = List.of(
            "config show", "config show --json", "plan", "plan --json", "list", "show latest --json", "status --json");

    @TempDir
    static Path folder;

    private static LabSite site;
    private static final Map<String, String> SECRETS = new LinkedHashMap<>();
    private static final List<String> TEXTS = new ArrayList<>();
    private static SecretSearch search;
    private static ProcessWatch watch;

    @BeforeAll
    static void runEverything() throws Exception {
        site = LabSite.start(folder.resolve("lab"));
        collectSecrets();
        search = new SecretSearch(SECRETS);
        watch = ProcessWatch.start(search);
        var smtp = SECRETS.get(Description.SMTP);

        assertThat(run(smtp, "backup", "--json")).isZero();
        assertThat(run(smtp, "verify")).isZero();
        assertThat(run(smtp, "drill", "--keep", "--json")).isZero();
        failWithWrongSecrets();
        failWithNobodyThere(smtp);
        VERBS_THAT_LOOK.forEach(verb -> {
            var ended = site.run(verb.replace(" --json", "").split(" "));
            TEXTS.add(ended.out() + ended.err());
        });
        watch.close();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** The mail server's is fetched from the environment, the others from files. */
    private static void collectSecrets() throws IOException {
        SECRETS.putAll(site.lab().secrets().all());
        SECRETS.put("teams-url", Files.readString(secret(Description.TEAMS)));
        for (var name : List.of("sql-ocs2007-rtc", Description.LDAP, Description.SMTP, Description.TEAMS)) {
            SECRETS.put("wrong-" + name, "w;}'\"&<%+/" + name + UUID.randomUUID());
        }
        SECRETS.put("wrong-teams", "wrong" + UUID.randomUUID());
        var file = site.lab().siteFile();
        Files.writeString(file, Files.readString(file).replace("file:secrets/smtp", "env:" + SMTP_VARIABLE));
    }

    private static void failWithWrongSecrets() throws Exception {
        Files.writeString(secret("sql-ocs2007-rtc"), SECRETS.get("wrong-sql-ocs2007-rtc"));
        Files.writeString(secret(Description.LDAP), SECRETS.get("wrong-ldap"));
        Files.writeString(
                secret(Description.TEAMS),
                SECRETS.get("teams-url").replace(SECRETS.get(Description.TEAMS), SECRETS.get("wrong-teams")));

        assertThat(run(SECRETS.get("wrong-smtp"), "backup", "--part", "rtc", "--part", "directory:ocs"))
                .isEqualTo(12);
        assertThat(last())
                .contains("18456")
                .contains("not told yet, kept in the outbox: email")
                .contains("the Teams webhook answered 401");
    }

    private static void failWithNobodyThere(String smtp) throws Exception {
        for (var name : List.of("sql-ocs2007-rtc", Description.LDAP)) {
            Files.writeString(secret(name), SECRETS.get(name));
        }
        Files.writeString(secret(Description.TEAMS), SECRETS.get("teams-url"));
        site.lab().faults().inject(Fault.MAIL_DOWN);
        site.lab().teams().close();
        var file = site.lab().siteFile();
        var port = ":" + site.lab().sqlPort("ocs2007-rtc") + ";";
        Files.writeString(file, Files.readString(file).replace(port, ":1;"));

        assertThat(run(smtp, "backup", "--part", "rtc", "--part", "settings:machine/ocs2007.ocs.lab"))
                .isEqualTo(8);
        assertThat(last()).contains("not told yet, kept in the outbox: teams");
    }

    private static Path secret(String name) {
        return site.lab().folder().secrets().resolve(name);
    }

    private static int run(String smtp, String... verb) throws Exception {
        var temporary = Files.createDirectories(folder.resolve("tmp"));
        var environment = Map.of(SMTP_VARIABLE, smtp, "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        try (var process = ProductProcess.start(
                folder.resolve("said"), environment, site.lab().siteFile(), verb)) {
            var exit = process.await(LONG);
            TEXTS.add(process.out() + process.err());
            return exit;
        }
    }

    private static String last() {
        return TEXTS.get(TEXTS.size() - 1);
    }

    @Test
    void noFileHoldsASecretButThoseOfTheLabItself() throws IOException {
        var lab = site.lab().folder();
        assertThat(lab.path().resolve("state")).isDirectoryRecursivelyContaining("glob:**/*.mv.db");
        assertThat(lab.path().resolve("state")).isDirectoryRecursivelyContaining("glob:**/db-*.log");
        assertThat(lab.path().resolve("vault")).isDirectoryRecursivelyContaining("glob:**/*.zip");
        assertThat(site.mails()).isNotEmpty();
        assertThat(site.cards()).isNotEmpty();

        var except = Set.of(
                lab.secrets(), // where the administrator of the lab keeps them
                lab.labJson()); // how tests and people log in to the lab's servers

        assertThat(search.below(folder, except)).isEmpty();
    }

    @Test
    void noVerbPrintsASecret() {
        assertThat(TEXTS).hasSize(5 + VERBS_THAT_LOOK.size()).allSatisfy(text -> {
            assertThat(text).isNotBlank();
            assertThat(search.in(text)).isEmpty();
        });
    }

    @Test
    void noProcessIsStartedWithASecret() {
        assertThat(watch.commands()).anyMatch(command -> command.contains("LcsCmd"));
        assertThat(watch.commands()).anyMatch(command -> command.contains("DbImpExp"));
        assertThat(watch.inProduct()).contains("smtp as it is", "wrong-smtp as it is");
        assertThat(watch.found()).isEmpty();
    }

    @Test
    void wouldFindASecretThatAFileHeld() throws IOException {
        var planted = Files.createDirectories(folder.resolve("../planted-" + UUID.randomUUID()));
        var secret = SECRETS.get("wrong-ldap");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(planted.resolve("a.gz")))) {
            gzip.write(secret.getBytes(StandardCharsets.UTF_8));
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(planted.resolve("b.zip")))) {
            zip.putNextEntry(new ZipEntry("deep/inside"));
            zip.write(("x" + secret).getBytes(StandardCharsets.UTF_16LE));
        }
        var base64 =
                Base64.getMimeEncoder().encodeToString(("a text, then " + secret).getBytes(StandardCharsets.UTF_8));
        Files.writeString(planted.resolve("c.eml"), "Subject: x\r\n\r\n" + base64);
        Files.writeString(planted.resolve("d"), URLEncoder.encode(secret, StandardCharsets.UTF_8));
        for (var shift = 0; shift < 3; shift++) {
            var text = "x".repeat(shift) + secret + "tail";
            Files.writeString(
                    planted.resolve("e" + shift),
                    "id " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }

        var found = search.below(planted, Set.of());
        for (var file : List.of("a.gz", "b.zip", "c.eml", "d", "e0", "e1", "e2")) {
            assertThat(found).anyMatch(line -> line.startsWith(file + ": wrong-ldap "));
        }
        try (var files = Files.list(planted)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(planted);
    }

    @Test
    void wouldFindASecretOnACommandLine() throws Exception {
        try (var watching = ProcessWatch.start(search)) {
            var process = new ProcessBuilder("sh", "-c", "read line", "sh", SECRETS.get(Description.LDAP)).start();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> watching.found().stream().anyMatch(line -> line.endsWith(": ldap as it is")));
            process.getOutputStream().close();
            process.waitFor();
        }
    }
}
