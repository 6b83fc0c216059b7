// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Preflight;
import io.poolkeeper.lab.directory.LabDirectory;
import io.poolkeeper.lab.model.Edition;
import io.poolkeeper.lab.model.OcsSite;
import io.poolkeeper.lab.model.Scale;
import io.poolkeeper.lab.sql.Lab;
import io.poolkeeper.lab.sql.engine.Fault;
import io.poolkeeper.lab.sql.engine.OsError;
import io.poolkeeper.lab.sql.engine.RecoveryModel;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/permissions.md says what {@code check} prints when a right is missing; here each is taken away, one at a time. */
@EnabledOnOs(OS.LINUX)
class PermissionsTest {
    private static final OcsSite OCS = OcsSite.of(2007, Edition.STANDARD, new Scale(0.05));
    private static final String BIND_PASSWORD = "bind-password";
    private static final Pattern NUMBERED = Pattern.compile("(\\d+) +(.*)");

    @TempDir
    static Path staging;

    private static Lab sql;
    private static LabDirectory directory;

    @TempDir
    Path folder;

    private UnaryOperator<String> siteFile = UnaryOperator.identity();

    /** Takes a right away. */
    private interface Taking {
        void from(PermissionsTest test) throws IOException;
    }

    private static final Map<Integer, Taking> RIGHTS = new TreeMap<>(Map.ofEntries(
            Map.entry(1, test -> sql.server.inject(new Fault.Denied("BACKUP DATABASE", "rtc"))),
            Map.entry(2, test -> sql.server.inject(new Fault.Denied("BACKUP LOG", "rtc"))),
            Map.entry(3, test -> sql.server.inject(new Fault.Denied("VIEW DEFINITION", "rtc"))),
            Map.entry(4, test -> sql.server.inject(new Fault.Denied("CREATE ANY DATABASE", ""))),
            Map.entry(5, test -> Files.writeString(test.folder.resolve("secrets/sql"), "wrong")),
            Map.entry(6, test -> sql.server.inject(new Fault.OpenFails(".bak", OsError.ACCESS_DENIED))),
            Map.entry(7, test -> sql.server.inject(new Fault.OpenFails(".txt", OsError.ACCESS_DENIED))),
            Map.entry(8, test -> test.siteFile = yaml -> yaml.replace(staging.toString(), "nowhere")),
            Map.entry(9, test -> io.poolkeeper.set.Disk.delete(test.folder.resolve("there"))),
            Map.entry(10, test -> Files.writeString(test.folder.resolve("secrets/ldap"), "wrong")),
            Map.entry(11, test -> directory.hide(OCS.domain().rtcServiceDn())),
            Map.entry(12, test -> rights(test.folder.resolve("bin/LCSCmd"), "rw-------")),
            Map.entry(13, test -> Files.delete(test.folder.resolve("bin/dbimpexp"))),
            Map.entry(14, test -> rights(test.folder.resolve("bin/tool"), "rw-------")),
            Map.entry(15, test -> test.byWbadmin("bin/wbadmin")),
            Map.entry(16, test -> test.byWbadmin("images")),
            Map.entry(17, test -> rights(test.folder.resolve("vault/test-site"), "rwxr-xr-x")),
            Map.entry(18, test -> test.replaceByAFile("vault")),
            Map.entry(19, test -> rights(test.folder.resolve("state"), "rwxr-xr-x")),
            Map.entry(20, test -> test.replaceByAFile("state")),
            Map.entry(21, test -> rights(test.folder.resolve("secrets/sql"), "rw-r--r--")),
            Map.entry(22, test -> Files.delete(test.folder.resolve("secrets/ldap")))));

    @BeforeAll
    static void start() {
        sql = Lab.start(staging).with("rtc", RecoveryModel.FULL, 10);
        directory = LabDirectory.start(OCS, BIND_PASSWORD);
    }

    @AfterAll
    static void stop() {
        directory.close();
        sql.close();
    }

    @BeforeEach
    void giveEveryRight() throws IOException {
        for (var name : List.of("there", "ours", "images", "bin", "secrets", "certs")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (var name : List.of("vault", "vault/test-site", "state")) {
            Files.createDirectories(
                    folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.writeString(folder.resolve("there/a.txt"), "a");
        for (var program : List.of("LCSCmd", "dbimpexp", "tool", "wbadmin")) {
            rights(Files.writeString(folder.resolve("bin").resolve(program), "#!/bin/sh\n"), "rwx------");
        }
        Files.writeString(folder.resolve("secrets/sql"), Lab.PASSWORD);
        Files.writeString(folder.resolve("secrets/ldap"), BIND_PASSWORD);
        rights(folder.resolve("secrets/sql"), "rw-------");
        rights(folder.resolve("secrets/ldap"), "rw-------");
        Files.writeString(folder.resolve("certs/dc1.pem"), directory.certificate());
    }

    @AfterEach
    void mend() {
        sql.server.clearFaults();
        directory.hide(null);
    }

    private static void rights(Path file, String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    /** Root may write everywhere, but not below a file. */
    private void replaceByAFile(String name) throws IOException {
        io.poolkeeper.set.Disk.delete(folder.resolve(name));
        Files.writeString(folder.resolve(name), "");
    }

    private void byWbadmin(String missing) throws IOException {
        siteFile = yaml -> yaml.replace("methods: {share: archive}", "methods: {share: wbadmin}");
        Files.delete(folder.resolve(missing));
    }

    private List<String> check() throws IOException, InterruptedException {
        var yaml = TestSites.STANDARD
                        .replace(
                                "jdbc:sqlserver://127.0.0.1:1;encrypt=true;trustServerCertificate=true",
                                sql.url("x").replace(";x", ""))
                        .replace("collectFrom: backup\n", "collectFrom: " + staging + "\n")
                        .replace(
                                "ldaps://127.0.0.1:3', bindDn: 'CN=backup'",
                                "ldaps://127.0.0.1:" + directory.port() + "', bindDn: '" + directory.bindDn()
                                        + "', trust: certs/dc1.pem")
                        .replace("[LCSCmd]", "[bin/LCSCmd]")
                        .replace("[dbimpexp]", "[bin/dbimpexp]")
                + """
                  logs: {kind: backup, cron: "0 0 * * * ?", level: log}
                shares:
                  there: {path: there, role: meeting-content, pool: ocs2007}
                  ours:
                    path: ours
                    role: update-files
                    pool: ocs2007
                    command: {backup: [bin/tool], verify: [bin/tool], result: ours}
                methods: {share: archive}
                wbadmin: {program: [bin/wbadmin], target: '%s'}
                """.formatted(folder.resolve("images"));
        Files.writeString(folder.resolve("site.yaml"), siteFile.apply(yaml));
        return new Preflight(SiteFile.read(folder.resolve("site.yaml")), Duration.ofSeconds(60), Optional::empty)
                .run().stream()
                        .filter(finding -> finding.state() != State.OK)
                        .map(this::printed)
                        .toList();
    }

    /** As {@code check} prints it, with the names of this machine taken out. */
    private String printed(Finding finding) {
        var text = finding.state().word() + " " + finding.about() + ": " + finding.what() + " HINT: " + finding.hint();
        return text.replace(folder.toString(), "FOLDER")
                .replace(staging.toString(), "BACKUPS")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
                .replaceAll("poolkeeper-check-[0-9a-f-]{36}", "FILE")
                .replaceAll("ClientConnectionId:\\S+", "ClientConnectionId:ID")
                .replaceAll("\\s+", " ");
    }

    private static Map<Integer, String> said() {
        var said = new TreeMap<Integer, String>();
        for (var fence : Page.of("docs/permissions.md").fences()) {
            var number = 0;
            for (var line : fence.lines()) {
                var begins = NUMBERED.matcher(line);
                if (begins.matches()) {
                    number = Integer.parseInt(begins.group(1));
                }
                said.merge(number, begins.matches() ? begins.group(2) : line.strip(), (a, b) -> a + " " + b);
            }
        }
        return said;
    }

    static Stream<Integer> rights() {
        return RIGHTS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rights")
    void printsWhatTheTableSays(int number) throws Exception {
        RIGHTS.get(number).from(this);

        assertThat(check()).contains(said().get(number));
    }

    @Test
    void printsNoneOfItWhereAllRightsAreThere() throws Exception {
        assertThat(check()).doesNotContainAnyElementsOf(said().values());
    }

    @Test
    void everyCaseOfThePageIsTestedAndStandsInItsTable() {
        var referred = new ArrayList<Integer>();
        for (var row : Page.of("docs/permissions.md").rows()) {
            if (row.cells().size() < 4) {
                continue; // who the accounts are
            }
            var without = row.cells().get(3);
            if (without.matches("[0-9, ]+")) {
                Stream.of(without.split(", ", -1)).map(Integer::valueOf).forEach(referred::add);
            } else {
                assertThat(without).as(row.toString()).matches("not tested here: .+|`\\w+(Test|IT)\\.\\w+`.*");
            }
        }
        assertThat(said().keySet()).isEqualTo(RIGHTS.keySet());
        assertThat(referred).containsAll(RIGHTS.keySet());
        assertThat(RIGHTS.keySet()).containsAll(referred);
    }
}
