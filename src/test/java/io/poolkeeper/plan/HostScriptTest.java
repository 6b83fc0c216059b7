// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No cmd runs here: what can be seen of the script is its text. */
class HostScriptTest {
    private static final String LCSCMD = "C:\\Program Files\\Common Files\\OCS 100%\\LCSCmd.exe";

    @TempDir
    Path folder;

    private Site site(String lcscmd) throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/ldap"), "topsecret-7");
        return SiteFile.read(Files.writeString(
                folder.resolve("site.yaml"), """
                site: hosts
                product: ocs-2007-r2
                vault: {path: vault}
                workers:
                  ocs2007: {handOff: '%s'}
                  dc1: {handOff: '%s'}
                methods: {directory: [ldifde, ifm]}
                pools:
                  - name: ocs2007
                    edition: standard
                    servers: [{fqdn: ocs2007.example.com, roles: [standard-edition], worker: ocs2007}]
                directory:
                  url: ldaps://dc1.example.com
                  bindDn: CN=backup,DC=example,DC=com
                  password: file:secrets/ldap
                  worker: dc1
                settings: {lcscmd: ['%s'], dbimpexp: ['C:\\tools\\dbimpexp.exe']}
                """.formatted(folder.resolve("one"), folder.resolve("two"), lcscmd)));
    }

    private Map<String, String> files(String host) throws IOException {
        var site = site(LCSCMD);
        return new HostScript(site, HostScript.worker(site, host).orElseThrow(), "\\\\nas\\handoff", Inventory.EMPTY)
                .files();
    }

    private String jobs(String host) throws IOException {
        return files(host).get("poolkeeper-jobs.cmd");
    }

    @Test
    void findsAHostByItsFullNameOrItsWorker() throws IOException {
        var site = site(LCSCMD);

        assertThat(HostScript.worker(site, "OCS2007.example.com"))
                .hasValueSatisfying(worker -> assertThat(worker.name()).isEqualTo("ocs2007"));
        assertThat(HostScript.worker(site, "dc1.example.com"))
                .hasValueSatisfying(worker -> assertThat(worker.name()).isEqualTo("dc1"));
        assertThat(HostScript.worker(site, "dc1")).isPresent();
        assertThat(HostScript.worker(site, "local")).isEmpty();
    }

    @Test
    void isAsciiTextWithTheLineEndsOfWindows() throws IOException {
        for (var host : new String[] {"ocs2007", "dc1"}) {
            assertThat(files(host)).hasSize(4).allSatisfy((name, text) -> {
                assertThat(text).as(name).matches(Pattern.compile("[\\x20-\\x7E\\r\\n]*"));
                assertThat(text.replace("\r\n", ""))
                        .as(name)
                        .doesNotContain("\r")
                        .doesNotContain("\n");
            });
        }
    }

    @Test
    void holdsNoSecretAndNotWhereOneIs() throws IOException {
        for (var host : new String[] {"ocs2007", "dc1"}) {
            assertThat(String.join("", files(host).values()))
                    .doesNotContain("topsecret-7")
                    .doesNotContain("secrets/ldap")
                    .doesNotContain("CN=backup");
        }
    }

    @Test
    void everyLabelThatIsGoneToIsThereOnce() throws IOException {
        for (var host : new String[] {"ocs2007", "dc1"}) {
            for (var name : new String[] {"poolkeeper-host.cmd", "poolkeeper-jobs.cmd"}) {
                var text = files(host).get(name);
                var labels = new HashSet<String>();
                Pattern.compile("(?m)^:(\\S+)$")
                        .matcher(text)
                        .results()
                        .forEach(label -> assertThat(labels.add(label.group(1)))
                                .as(label.group())
                                .isTrue());
                assertThat(Pattern.compile("(?:goto|call) :(\\S+)")
                                .matcher(text)
                                .results())
                        .isNotEmpty()
                        .allSatisfy(jump -> assertThat(labels).contains(jump.group(1)));
            }
        }
    }

    @Test
    void hasTheCommandLineOfEachJobOfItsListAndOfNoOther() throws IOException {
        assertThat(jobs("ocs2007"))
                .contains("set \"PK_JOBS=lcscmd-global-pool lcscmd-machine dbimpexp\"\r\n")
                .contains("set \"PK_HANDOFF=\\\\nas\\handoff\"\r\n")
                .contains(
                        "\r\n:job-lcscmd-machine\r\n\"C:\\Program Files\\Common Files\\OCS 100%%\\LCSCmd.exe\" /config"
                                + " /action:export /level:machine \"/configfile:%PK_FOLDER%\\export.xml\""
                                + " /fqdn:ocs2007.example.com\r\n")
                .contains("\"C:\\tools\\dbimpexp.exe\" \"/hrxmlfile:%PK_FOLDER%\\export.xml\" /restype:user\r\n")
                .doesNotContain("ldifde");
        assertThat(jobs("dc1"))
                .contains("set \"PK_JOBS=ldifde ifm\"\r\n")
                .contains("exists \"CN=RTC Service,CN=Services,%PK_CONFIGURATION%\"")
                .contains("ldifde -f \"%PK_FOLDER%\\configuration-1.ldf\" -d")
                .contains("-r \"(|(msRTCSIP-PrimaryUserAddress=*)")
                .contains("ntdsutil \"activate instance ntds\" ifm \"create full %PK_FOLDER%\\ifm\" quit quit\r\n")
                .contains("move /y \"%PK_FOLDER%\\ifm\\Active Directory\\ntds.dit\" \"%PK_FOLDER%\\ntds.dit\"\r\n");
    }

    @Test
    void aSystemStateListsWritersAndVersionsBesideTheImageOfItsOwnFolder() throws IOException {
        var site = site(LCSCMD);
        var text = Files.readString(site.file())
                .replace("[ldifde, ifm]", "[ldif, system-state]")
                .concat("wbadmin: {target: '\\\\nas\\images'}\n");

        assertThat(dc1(text))
                .contains(":job-system-state\r\nvssadmin list writers >\"%PK_FOLDER%\\writers.txt\" 2>&1\r\n"
                        + "mkdir \"\\\\nas\\images\\%PK_ID%\\image\"\r\n"
                        + "if not \"%errorlevel%\"==\"0\" call :fail %errorlevel%\r\n"
                        + "wbadmin start systemstatebackup \"-backupTarget:\\\\nas\\images\\%PK_ID%\\image\" -quiet\r\n"
                        + "if not \"%errorlevel%\"==\"0\" call :fail %errorlevel%\r\n"
                        + "wbadmin get versions \"-backupTarget:\\\\nas\\images\\%PK_ID%\\image\""
                        + " >\"%PK_FOLDER%\\after.txt\" 2>&1\r\n");
        assertThat(dc1(text.replace("'\\\\nas\\images'", "'E:'")))
                .contains("wbadmin get versions -backupTarget:E: >\"%PK_FOLDER%\\before.txt\" 2>&1\r\n")
                .doesNotContain("mkdir");
    }

    private Site withParts(String more) throws IOException {
        var text = Files.readString(site(LCSCMD).file()) + more + """
                sql:
                  rtc:
                    method: sqlcmd
                    worker: ocs2007
                    url: jdbc:sqlserver://localhost\\rtc
                    authentication: windows
                    backupDirectory: 'D:\\100%\\backup'
                shares:
                  meeting: {path: 'D:\\Meeting', role: meeting-content, worker: ocs2007}
                  updates: {path: 'D:\\Updates', role: update-files, worker: ocs2007}
                wbadmin: {target: 'E:'}
                """;
        return SiteFile.read(Files.writeString(
                folder.resolve("site.yaml"),
                text.replace("methods: {", "methods: {share: wbadmin, ")
                        .replace(
                                "roles: [standard-edition], worker", "roles: [standard-edition], os: 2008r2, worker")));
    }

    private static Inventory holding(String... databases) {
        var found = Stream.of(databases)
                .map(name -> new Inventory.Database(name, "ONLINE", "FULL"))
                .toList();
        return new Inventory(
                Map.of("rtc", new Inventory.SqlInstance("rtc", Instant.EPOCH, null, null, false, "9", "", 0, found)),
                List.of(),
                null);
    }

    private static Map<String, String> files(Site site, Inventory inventory) {
        return new HostScript(site, HostScript.worker(site, "ocs2007").orElseThrow(), "\\\\nas\\handoff", inventory)
                .files();
    }

    @Test
    void aDatabaseHasAScriptOfItsOwnThatSqlcmdRuns() throws IOException {
        var site = withParts("");
        var files = files(site, holding("rtc", "a'b]c"));

        assertThat(files.get("poolkeeper-jobs.cmd"))
                .contains("discover-rtc ", " sqlcmd-rtc..rtc ")
                .contains(
                        "\r\n:job-sqlcmd-rtc..rtc\r\n"
                                + "del /q \"D:\\100%%\\backup\\poolkeeper-sqlcmd-rtc..rtc-*.bak\" >\"%PK_FOLDER%\\tidied.txt\" 2>&1\r\n"
                                + "sqlcmd -S \"localhost\\rtc\" -E -m-1 -l 15 -W -w 65535 -s \"\t\" -u"
                                + " -i \"%PK_HERE%sqlcmd-rtc..rtc.sql\" -o \"%PK_FOLDER%\\said.txt\"\r\n"
                                + "if not \"%errorlevel%\"==\"0\" call :fail %errorlevel%\r\n"
                                + "certutil -hashfile \"D:\\100%%\\backup\\poolkeeper-sqlcmd-rtc..rtc-%PK_ID%.bak\" SHA256"
                                + " >\"%PK_FOLDER%\\hash.txt\" 2>&1\r\n"
                                + "move /y \"D:\\100%%\\backup\\poolkeeper-sqlcmd-rtc..rtc-%PK_ID%.bak\" \"%PK_FOLDER%\\backup.bak\"\r\n");
        assertThat(files.get("sqlcmd-rtc..rtc.sql"))
                .startsWith(String.valueOf(HostScript.UNICODE))
                .contains(
                        "BACKUP DATABASE [rtc] TO DISK = N'D:\\100%\\backup\\poolkeeper-sqlcmd-rtc..rtc-$(PK_ID).bak' WITH"
                                + " FORMAT, INIT, CHECKSUM, NAME = N'poolkeeper $(PK_ID)'\r\nGO\r\n")
                .contains("RESTORE VERIFYONLY FROM DISK");
        assertThat(files.get("sqlcmd-rtc..a.27b.5dc.sql")).contains("BACKUP DATABASE [a'b]]c] TO");
        assertThat(files.get("README.txt")).contains("the account of the task logs in to it");
    }

    @Test
    void aDatabaseThatComesChangesNoOtherCommandLine() throws IOException {
        var site = withParts("");

        assertThat(HostJobs.of(site, "ocs2007", holding("rtc", "new")).digest())
                .isEqualTo(HostJobs.of(site, "ocs2007", Inventory.EMPTY).digest())
                .isEqualTo(HostJobs.digest(site, "ocs2007"));
        assertThat(files(site, holding("new"))).containsKey("sqlcmd-rtc..new.sql");
        assertThat(files(site, Inventory.EMPTY)).doesNotContainKey("sqlcmd-rtc..new.sql");
    }

    @Test
    void aDatabaseThatSqlcmdCannotBeToldHasNoJobAndTwoThatCmdCannotTellApartHaveNoFiles() throws IOException {
        var site = withParts("");

        assertThat(files(site, holding("$(x)")).keySet()).noneMatch(name -> name.contains("28x"));
        var twins = holding("new", "NEW");
        assertThatThrownBy(() -> files(site, twins))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("differ in case alone");
    }

    @Test
    void allSharesThatNobodyExcludedAreInOneImage() throws IOException {
        assertThat(files(withParts(""), Inventory.EMPTY).get("poolkeeper-jobs.cmd"))
                .contains(
                        "\r\n:job-wbadmin\r\nwbadmin get versions -backupTarget:E: >\"%PK_FOLDER%\\before.txt\" 2>&1\r\n"
                                + "wbadmin start backup -backupTarget:E: \"-include:D:\\Meeting,D:\\Updates\" -vssCopy -quiet");
        var excluded = """
                dispositions: [{part: 'share:updates', as: excluded, reason: r, owner: o, until: 2020-01-01}]
                """;
        assertThat(files(withParts(excluded), Inventory.EMPTY).get("poolkeeper-jobs.cmd"))
                .contains(" \"-include:D:\\Meeting\" -vssCopy");
    }

    private String dc1(String yaml) throws IOException {
        var site = SiteFile.read(Files.writeString(folder.resolve("site.yaml"), yaml));
        return new HostScript(site, HostScript.worker(site, "dc1").orElseThrow(), "\\\\nas\\handoff", Inventory.EMPTY)
                .files()
                .get("poolkeeper-jobs.cmd");
    }

    @Test
    void namesTheDigestThatJobsWillCarryAndItChangesWithACommandLine() throws IOException {
        var digest = HostJobs.digest(site(LCSCMD), "ocs2007");

        assertThat(jobs("ocs2007")).contains("set \"PK_COMMANDS=" + digest + "\"\r\n");
        assertThat(HostJobs.digest(site("C:\\LCSCmd.exe"), "ocs2007")).isNotEqualTo(digest);
        assertThat(HostJobs.digest(site("C:\\LCSCmd.exe"), "dc1")).isEqualTo(HostJobs.digest(site(LCSCMD), "dc1"));
    }

    @Test
    void refusesAWordThatWouldEndItsQuotationMarks() throws IOException {
        var site = site("C:\\a\" & del C:\\x & \".exe");
        var script = new HostScript(site, HostScript.worker(site, "ocs2007").orElseThrow(), "C:\\h", Inventory.EMPTY);

        assertThatThrownBy(script::files).isInstanceOf(PermanentFault.class).hasMessageContaining("batch file");
    }
}
