// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Disposition;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");
    private static final List<String> FOUND =
            List.of("master", "model", "msdb", "tempdb", "RTC", "rtcconfig", "rtcdyn", "rtcab");

    @TempDir
    Path folder;

    @Test
    void matchesNamesWithoutRegardToCaseAndKeepsTheServersSpelling() {
        var parts = Expectations.of(TestSites.standard(folder), inventory(FOUND), NOW);

        assertThat(of(parts, "database:ocs2007-rtc/RTC").disposition()).isEqualTo(Disposition.REQUIRED);
        assertThat(of(parts, "database:ocs2007-rtc/rtcdyn").foregone()).contains(Outcome.EXCUSED);
        assertThat(of(parts, "database:ocs2007-rtc/msdb").disposition()).isEqualTo(Disposition.RECOMMENDED);
    }

    @Test
    void listsWhatNobodyDeclaredAndNobodyFoundAsAbsent() {
        var parts = Expectations.of(TestSites.standard(folder), inventory(FOUND), NOW);

        assertThat(of(parts, "database:ocs2007-rtc/LCSLog").disposition()).isEqualTo(Disposition.ABSENT);
        assertThat(of(parts, "share:group-chat-web").disposition()).isEqualTo(Disposition.ABSENT);
        assertThat(of(parts, "settings:cwa").disposition()).isEqualTo(Disposition.ABSENT);
    }

    @Test
    void expectsTheDatabaseOfADeclaredRoleAndFailsItWhenItIsMissing() {
        var parts = Expectations.of(
                TestSites.standard(folder), inventory(List.of("master", "msdb", "rtcconfig", "rtcdyn", "rtcab")), NOW);

        var rtc = of(parts, "database:ocs2007-rtc/rtc");
        assertThat(rtc.foregone()).contains(Outcome.FAILED);
        assertThat(rtc.cause()).contains("declares a role that has database rtc");
    }

    @Test
    void triesWhatTheRolesAskForWhenAnInstanceNeverAnswered() {
        var unreachable = new Inventory.SqlInstance(
                "ocs2007-rtc", NOW, "connection refused", "start it", false, "", "", 0, List.of());
        var parts = Expectations.of(
                TestSites.standard(folder), new Inventory(Map.of("ocs2007-rtc", unreachable), List.of(), null), NOW);

        assertThat(of(parts, "database:ocs2007-rtc/rtc").toCapture()).isTrue();
        assertThat(of(parts, "database:ocs2007-rtc/master").toCapture()).isTrue();
    }

    @Test
    void warnsOfADatabaseThatNobodyDecidedAbout() {
        var found = new ArrayList<>(FOUND);
        found.add("ReportServer");

        var unknown = of(
                Expectations.of(TestSites.standard(folder), inventory(found), NOW),
                "database:ocs2007-rtc/ReportServer");

        assertThat(unknown.disposition()).isEqualTo(Disposition.UNDECIDED);
        assertThat(unknown.foregone()).contains(Outcome.WARNING);
        assertThat(unknown.hint()).contains("add it under dispositions");
    }

    @Test
    void takesGroupChatAndItsComplianceDataInOneDatabaseAsOnePartWithTwoRoles() {
        var yaml = TestSites.STANDARD.replace(
                "    collectFrom: backup\n",
                "    collectFrom: backup\n    databases: {groupchat: MyChat, GroupChatCompliance: MyChat}\n");
        var found = new ArrayList<>(FOUND);
        found.add("MyChat");

        var parts = Expectations.of(TestSites.in(folder, yaml), inventory(found), NOW);

        assertThat(of(parts, "database:ocs2007-rtc/MyChat").role()).isEqualTo("GroupChat+GroupChatCompliance");
        assertThat(parts).noneMatch(part -> part.part().name().contains("GroupChat"));
    }

    @Test
    void excusesTheAddressBookFilesAndFailsAFolderThatIsGone() {
        var site = TestSites.standard(folder);
        var inventory = new Inventory(
                inventory(FOUND).sql(),
                List.of(share("address-book-files", true), share("meeting-content", false)),
                null);

        var parts = Expectations.of(site, inventory, NOW);

        assertThat(of(parts, "share:address-book-files").foregone()).contains(Outcome.EXCUSED);
        assertThat(of(parts, "share:meeting-content").foregone()).contains(Outcome.FAILED);
    }

    @Test
    void namesWhatAPersonHasToDoByHand() {
        var parts = Expectations.of(TestSites.standard(folder), inventory(FOUND), NOW);

        var certificates = of(parts, "settings:certificates/ocs2007.ocs.lab");
        assertThat(certificates.foregone()).contains(Outcome.EXCUSED);
        assertThat(certificates.reason()).contains("PFX").contains("looked after by");
    }

    @Test
    void obeysADecisionUntilItsLastDay() {
        var yaml = TestSites.STANDARD
                + "dispositions: [{part: 'database:rtcab', as: excluded, reason: not needed, owner: me, until: 2026-11-24}]\n";
        var site = TestSites.in(folder, yaml);

        assertThat(of(Expectations.of(site, inventory(FOUND), NOW), "database:ocs2007-rtc/rtcab")
                        .foregone())
                .contains(Outcome.EXCUSED);
        var later =
                of(Expectations.of(site, inventory(FOUND), NOW.plusSeconds(3 * 86400)), "database:ocs2007-rtc/rtcab");
        assertThat(later.toCapture()).isTrue();
        assertThat(later.reason()).contains("'excluded' ended on 2026-11-24");
    }

    @Test
    void failsWhatNoMethodOfThisReleaseCaptures() {
        var site =
                TestSites.in(folder, TestSites.STANDARD + "methods: {database: command, directory: [ldif, ldifde]}\n");

        var parts = Expectations.of(site, inventory(FOUND), NOW);

        var rtc = of(parts, "database:ocs2007-rtc/RTC");
        assertThat(rtc.foregone()).contains(Outcome.FAILED);
        assertThat(rtc.cause()).isEqualTo("this release does not capture database parts by method command");
        assertThat(rtc.hint()).contains("sql-native");
        assertThat(of(parts, "directory:ocs").toCapture()).isTrue();
        assertThat(of(parts, "directory:ocs-ldifde").foregone()).contains(Outcome.FAILED);
    }

    @Test
    void aShareWithACommandIsCapturedByItAndOneWithoutFailsWhereItIsTheStandard() {
        var site = TestSites.in(folder, TestSites.STANDARD + """
                shares:
                  meeting-compliance: {path: a, role: meeting-compliance, command: {backup: [copy], result: left}}
                """);
        var folders = new Inventory(
                Map.of(), List.of(share("meeting-compliance", true), share("meeting-content", true)), null);

        var parts = Expectations.of(site, folders, NOW);

        assertThat(of(parts, "share:meeting-compliance").method()).isEqualTo(Method.COMMAND);
        assertThat(of(parts, "share:meeting-compliance").toCapture()).isTrue();
        assertThat(of(parts, "share:meeting-content").method()).isEqualTo(Method.ARCHIVE);

        var standard = TestSites.in(folder, TestSites.STANDARD + "methods: {share: command}\n");
        var without = of(Expectations.of(standard, folders, NOW), "share:meeting-content");
        assertThat(without.foregone()).contains(Outcome.FAILED);
        assertThat(without.hint()).startsWith("add shares.meeting-content.command: {backup:");
    }

    @Test
    void letsTheServerOfADatabaseTakeItsImage() {
        var site = TestSites.in(folder, images("2008r2", ""));

        var rtc = of(Expectations.of(site, inventory(FOUND), NOW), "database:ocs2007-rtc/RTC");

        assertThat(rtc.toCapture()).isTrue();
        assertThat(rtc.method()).isEqualTo(Method.WBADMIN);
        assertThat(rtc.reason()).contains("the vault holds no copy");
        assertThat(Expectations.withLog(site, List.of(rtc), inventory(FOUND))).isEmpty();
    }

    @Test
    void letsTheWorkerOfTheDomainControllerTakeItsSystemState() {
        var part = systemState("worker: dc, os: '2012r2'", "'\\\\nas\\images'");

        assertThat(part.toCapture()).isTrue();
        assertThat(part.worker()).isEqualTo("dc");
        assertThat(part.reason()).contains("brings back all of Active Directory", "the vault holds no copy");
    }

    @Test
    void refusesASystemStateWhereWbadminTakesNone() {
        var none = systemState("os: '2003'", "'\\\\nas\\images'");
        assertThat(none.foregone()).contains(Outcome.FAILED);
        assertThat(none.hint()).contains("let NTBackup take its system state");

        var share = systemState("os: '2008'", "'\\\\nas\\images'");
        assertThat(share.cause()).contains("2008 writes a system state to a volume of its own server alone");

        assertThat(systemState("os: '2008'", "'E:'").toCapture()).isTrue();
    }

    @Test
    void letsNothingWaitForMediaFromWhichNothingIsRestored() {
        var site =
                TestSites.in(folder, TestSites.STANDARD + "methods: {directory: [ldif, ifm, snapshot, samba-tool]}\n");

        var parts = Expectations.of(site, inventory(FOUND), NOW);

        assertThat(of(parts, "directory:ocs-ifm").disposition()).isEqualTo(Disposition.RECOMMENDED);
        assertThat(of(parts, "directory:ocs-ifm").reason()).contains("is no restorable backup");
        assertThat(of(parts, "directory:ocs-snapshot").disposition()).isEqualTo(Disposition.RECOMMENDED);
        assertThat(of(parts, "directory:ocs-snapshot").reason()).contains("is no backup");
        assertThat(of(parts, "directory:ocs-snapshot").toCapture()).isTrue();
        assertThat(of(parts, "directory:ocs-samba-tool").disposition()).isEqualTo(Disposition.REQUIRED);
        assertThat(of(parts, "directory:ocs-samba-tool").toCapture()).isTrue();
    }

    private Expectation systemState(String controller, String target) {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD.replace("bindDn: 'CN=backup'", "bindDn: 'CN=backup', " + controller)
                        + "methods: {directory: [ldif, system-state]}\nwbadmin: {target: " + target + "}\n"
                        + "workers: {dc: {}}\nbroker: {url: 'tcp://127.0.0.1:61616'}\n");
        return of(Expectations.of(site, inventory(FOUND), NOW), "directory:ocs-system-state");
    }

    @Test
    void refusesAnImageOfAServerThatHasNoWbadmin() {
        var site = TestSites.in(folder, images("'2003'", ""));

        var rtc = of(Expectations.of(site, inventory(FOUND), NOW), "database:ocs2007-rtc/RTC");

        assertThat(rtc.foregone()).contains(Outcome.FAILED);
        assertThat(rtc.cause()).isEqualTo("ocs2007.ocs.lab runs Windows Server 2003, which has no wbadmin");
        assertThat(rtc.hint()).contains("methods.database: sql-native, or sqlcmd");
        var onShares = TestSites.in(
                folder, images("2003r2", "").replace("methods: {database: wbadmin}", "methods: {share: wbadmin}"));
        var share = of(
                Expectations.of(onShares, new Inventory(Map.of(), List.of(share("meeting-content", true)), null), NOW),
                "share:meeting-content");
        assertThat(share.foregone()).contains(Outcome.FAILED);
        assertThat(share.hint())
                .contains("methods.share: archive")
                .contains("{part: 'share:meeting-content', folder: .., files: '*.bkf'}");
    }

    @Test
    void takesAnImageOfAServerThatHasWbadmin() {
        for (var os : List.of("'2008'", "2008r2", "'2012'", "'2022'")) {
            var site = TestSites.in(folder, images(os, ""));

            assertThat(of(Expectations.of(site, inventory(FOUND), NOW), "database:ocs2007-rtc/RTC")
                            .toCapture())
                    .as(os)
                    .isTrue();
        }
    }

    @Test
    void refusesAnImageOfAnInstanceWhoseServerNobodyKnows() {
        var other = "  - {name: other, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}\n";
        var yaml = images("2008r2", other).replace("    pool: ocs2007\n", "");

        var rtc = of(Expectations.of(TestSites.in(folder, yaml), inventory(FOUND), NOW), "database:ocs2007-rtc/RTC");

        assertThat(rtc.foregone()).contains(Outcome.FAILED);
        assertThat(rtc.cause()).contains("nobody said on which server");
    }

    private static String images(String os, String pools) {
        return TestSites.STANDARD.replace("os: 2008r2", "os: " + os).replace("\nsql:\n", "\n" + pools + "sql:\n")
                + "methods: {database: wbadmin}\nwbadmin: {target: '\\\\nas\\images'}\n";
    }

    @Test
    void watchesWhatTheSiteFileNamesWhateverTheKindsMethodIs() {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD.replace("settings: {lcscmd: [LCSCmd], dbimpexp: [dbimpexp]}\n", "")
                        + "observed: [{part: 'database:rtc'}, {part: 'settings:machine', folder: left},"
                        + " {part: 'settings:certificates', folder: left}]\n");

        var parts = Expectations.of(site, inventory(FOUND), NOW);

        var rtc = of(parts, "database:ocs2007-rtc/RTC");
        assertThat(rtc.method()).isEqualTo(Method.OBSERVED);
        assertThat(rtc.toCapture()).isTrue();
        assertThat(rtc.reason()).contains("the vault holds no copy");
        assertThat(of(parts, "database:ocs2007-rtc/msdb").method()).isEqualTo(Method.SQL_NATIVE);
        assertThat(of(parts, "database:ocs2007-rtc/rtcdyn").foregone()).contains(Outcome.EXCUSED);
        assertThat(of(parts, "settings:machine/ocs2007.ocs.lab").toCapture()).isTrue(); // needs no LCSCmd then
        assertThat(of(parts, "settings:global-pool/ocs2007").cause()).isEqualTo("lcscmd is not configured");
    }

    @Test
    void expectsWhatPeopleExportByHandOnceTheSiteFileSaysWhereTheyLeaveIt() {
        var servers = TestSites.STANDARD.replace(
                "servers:\n", "servers:\n      - {fqdn: web.ocs.lab, roles: [cwa, group-chat]}\n");
        var site = TestSites.in(
                folder,
                servers + "observed: [{part: 'settings:cwa/web.ocs.lab', folder: left, maxAge: P30D},"
                        + " {part: 'settings:group-chat/web.ocs.lab', folder: left}]\n"
                        + "dispositions: [{part: 'settings:group-chat/web.ocs.lab', as: excluded, reason: nobody uses it,"
                        + " owner: J. Jansen, until: 2099-01-01}]\n");

        var parts = Expectations.of(site, inventory(FOUND), NOW);

        var cwa = of(parts, "settings:cwa/web.ocs.lab");
        assertThat(cwa.disposition()).isEqualTo(Disposition.REQUIRED);
        assertThat(cwa.method()).isEqualTo(Method.OBSERVED);
        assertThat(cwa.toCapture()).isTrue();
        assertThat(of(parts, "settings:group-chat/web.ocs.lab").disposition()).isEqualTo(Disposition.EXCLUDED);
        assertThat(of(parts, "settings:msmq").disposition()).isEqualTo(Disposition.ABSENT);
    }

    @Test
    void makesAPartOfWhatNobodyKnowsAndTheSiteFileWantsWatched() {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD
                        + "observed: [{part: 'share:certificates', folder: left}, {part: 'database:payroll'}]\n");

        var parts = Expectations.of(site, inventory(FOUND), NOW);

        assertThat(of(parts, "share:certificates").disposition()).isEqualTo(Disposition.REQUIRED);
        assertThat(of(parts, "share:certificates").toCapture()).isTrue();
        assertThat(of(parts, "database:payroll").cause()).isEqualTo("no database is called payroll");
    }

    @Test
    void failsAPartThatIsObservedNobodySaidWhere() {
        var site = TestSites.in(folder, TestSites.STANDARD + "methods: {settings: observed, database: observed}\n");

        var parts = Expectations.of(site, inventory(FOUND), NOW);

        var pool = of(parts, "settings:global-pool/ocs2007");
        assertThat(pool.foregone()).contains(Outcome.FAILED);
        assertThat(pool.cause()).contains("nobody said where the other product leaves the backups");
        assertThat(pool.hint()).contains("{part: 'settings:global-pool/ocs2007', folder: ..}");
        assertThat(of(parts, "settings:userdata/ocs2007").method()).isEqualTo(Method.OBSERVED);
        assertThat(of(parts, "database:ocs2007-rtc/RTC").toCapture()).isTrue();
        assertThat(Expectations.withLog(site, parts, inventory(FOUND))).isEmpty();
    }

    @Test
    void failsTheLogOfWhatAHostWithoutJavaBacksUpAndWarnsOfLevels() {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD.replace(
                                "    url: jdbc:sqlserver://127.0.0.1:1;",
                                "    method: sqlcmd\n    worker: back\n    url: jdbc:sqlserver://127.0.0.1:1;")
                        + "workers: {back: {handOff: desk}}\n");
        var known = new Inventory.SqlInstance(
                "ocs2007-rtc",
                NOW,
                null,
                null,
                false,
                "9",
                "",
                0,
                List.of(new Inventory.Database("rtc", "ONLINE", "FULL")));
        var inventory = new Inventory(Map.of("ocs2007-rtc", known), List.of(), null);
        var parts = Expectations.of(site, inventory, NOW);

        assertThat(of(parts, "database:ocs2007-rtc/rtc").toCapture()).isTrue();
        var log = of(Expectations.withLog(site, parts, inventory), "database:ocs2007-rtc/rtc");
        assertThat(log.foregone()).contains(Outcome.FAILED);
        assertThat(log.cause()).contains("hand-off, which knows full backups alone: no log is taken of database:");
        assertThat(HostLevels.warning(site, parts, Level.FULL)).isEmpty();
        assertThat(HostLevels.warning(site, parts, Level.INCREMENTAL))
                .hasValueSatisfying(what -> assertThat(what).contains("taken in full: ", "database:ocs2007-rtc/rtc"));
        assertThat(HostLevels.warning(site, Level.LOG))
                .hasValueSatisfying(
                        what -> assertThat(what).contains("no log is taken of the databases of sql.ocs2007-rtc"));
    }

    @Test
    void failsWhatAWorkerShouldDoThatServesNoSteps() {
        var yaml = TestSites.STANDARD.replace("os: 2008r2,", "os: 2008r2, worker: far,") + "workers: {far: {}}\n";

        var machine = of(
                Expectations.of(TestSites.in(folder, yaml), inventory(FOUND), NOW), "settings:machine/ocs2007.ocs.lab");

        assertThat(machine.foregone()).contains(Outcome.FAILED);
        assertThat(machine.cause()).contains("worker far gets no steps", "names no broker");
    }

    @Test
    void asksForTheLogOfDatabasesThatHaveOneAndOfThoseThatNobodyCouldAsk() {
        var site = TestSites.standard(folder);
        var databases = List.of(
                new Inventory.Database("master", "ONLINE", "FULL"),
                new Inventory.Database("rtc", "ONLINE", "FULL"),
                new Inventory.Database("rtcconfig", "ONLINE", "SIMPLE"));
        var known = new Inventory.SqlInstance("ocs2007-rtc", NOW, null, null, false, "9", "", 0, databases);
        var silent = new Inventory.SqlInstance("ocs2007-rtc", NOW, "refused", "start it", false, "", "", 0, List.of());

        assertThat(withLog(site, known)).containsExactly("database:ocs2007-rtc/rtc");
        assertThat(withLog(site, silent)).contains("database:ocs2007-rtc/rtc", "database:ocs2007-rtc/RTCConfig");
    }

    private static List<String> withLog(Site site, Inventory.SqlInstance instance) {
        var inventory = new Inventory(Map.of(instance.key(), instance), List.of(), null);
        return Expectations.withLog(site, Expectations.of(site, inventory, NOW), inventory).stream()
                .map(part -> part.part().toString())
                .toList();
    }

    @Test
    void fallsBackOnWhatAnEarlierRunFound() {
        var down = new Inventory(
                Map.of(
                        "ocs2007-rtc",
                        new Inventory.SqlInstance(
                                "ocs2007-rtc", NOW, "refused", "start it", false, "", "", 0, List.of())),
                List.of(),
                null);

        var merged = down.orRecorded(inventory(FOUND));

        assertThat(merged.sql().get("ocs2007-rtc").recorded()).isTrue();
        assertThat(of(Expectations.of(TestSites.standard(folder), merged, NOW), "database:ocs2007-rtc/RTC")
                        .toCapture())
                .isTrue();
    }

    private static Inventory inventory(List<String> names) {
        var databases = names.stream()
                .map(name -> new Inventory.Database(name, "ONLINE", "SIMPLE"))
                .toList();
        return new Inventory(
                Map.of(
                        "ocs2007-rtc",
                        new Inventory.SqlInstance(
                                "ocs2007-rtc", NOW, null, null, false, "9.00.5000", "Express Edition", 0, databases)),
                Stream.of(
                                "meeting-content",
                                "meeting-metadata",
                                "address-book-files",
                                "application-data",
                                "update-files-client")
                        .map(role -> share(role, true))
                        .toList(),
                null);
    }

    private static Inventory.Folder share(String key, boolean found) {
        var role = key.startsWith("update-files") ? "update-files" : key;
        return new Inventory.Folder(
                key,
                role,
                "ocs2007",
                Edition.STANDARD,
                Site.LOCAL,
                "/ocs/" + key,
                found,
                found ? null : "is not there",
                true,
                NOW);
    }

    private static Expectation of(List<Expectation> parts, String id) {
        return parts.stream()
                .filter(part -> part.part().equals(PartId.parse(id)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among "
                        + parts.stream()
                                .map(Expectation::part)
                                .filter(p -> p.kind() == Kind.of(id.substring(0, id.indexOf(':'))))
                                .toList()));
    }

    @Test
    void plansBySqlcmdTheDatabasesOfAnInstanceThatOnlySqlcmdReaches() {
        var site = TestSites.in(
                folder, TestSites.STANDARD.replace("    pool: ocs2007", "    method: sqlcmd\n    pool: ocs2007"));

        var rtc = of(Expectations.of(site, inventory(FOUND), NOW), "database:ocs2007-rtc/RTC");

        assertThat(rtc.method()).isEqualTo(Method.SQLCMD);
        assertThat(rtc.toCapture()).isTrue();
    }
}
