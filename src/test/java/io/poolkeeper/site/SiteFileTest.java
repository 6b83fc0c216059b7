// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteFileTest {
    @TempDir
    Path folder;

    @Test
    void readsASiteWithItsDefaults() {
        var site = TestSites.standard(folder);

        assertThat(site.name()).isEqualTo("test-site");
        assertThat(site.proof().databases()).isEqualTo(Depth.RESTORED);
        assertThat(site.proof().within()).isEqualTo(Duration.ofDays(7));
        assertThat(site.vault().path()).isEqualTo(folder.resolve("vault"));
        assertThat(site.workers()).containsKey("local");
        assertThat(site.sources()).containsOnlyKeys("ocs2007-rtc");
        assertThat(site.hash()).hasSize(64);
    }

    @Test
    void reportsAllProblemsAtOnceWithFileLineKeyAndHint() {
        var yaml = TestSites.STANDARD
                .replace("edition: standard", "edition: standrad")
                .replace("password: file:secrets/ldap", "password: plain")
                .replace("plans:", "plan:")
                .replace("drill: drill-sql", "drill: nowhere");

        assertThatThrownBy(() -> TestSites.in(folder, yaml))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(4))
                .hasMessageContaining(
                        "site.yaml:8 pools[0].edition: is none of the known words. HINT: one of standard, enterprise")
                .hasMessageContaining("site.yaml:18 sql.ocs2007-rtc.drill: there is no sql.nowhere")
                .hasMessageContaining(
                        "directory.password: is not written as it must be. HINT: refers to a secret, never holds it")
                .hasMessageContaining("plan: unknown key. HINT: did you mean plans?");
    }

    @Test
    void neverRepeatsASecretThatStandsInTheWrongPlace() {
        var yaml = TestSites.STANDARD
                .replace("password: file:secrets/ldap", "password: hunter2")
                .replace("127.0.0.1:1;", "127.0.0.1:1;password=hunter2;");

        assertThatThrownBy(() -> TestSites.in(folder, yaml))
                .hasMessageContaining("must not hold a user or a password")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void reportsAllThatIsWrongWithWhatIsObservedAtOnce() {
        var yaml = TestSites.STANDARD + """
                observed:
                  - {part: 'database:nowhere/rtc'}
                  - {part: 'database:ocs2007-rtc/rtc', files: '*.bak'}
                  - {part: 'share:meeting-content'}
                  - {part: 'share:updates', folder: left, files: '['}
                  - {part: 'SHARE:updates', folder: left}
                  - {part: 'share:Updates', folder: left, maxAge: tomorrow}
                  - {part: 'share:other', older: P1D, folder: left}
                """;

        assertThatThrownBy(() -> TestSites.in(folder, yaml))
                .hasMessageContaining(
                        "observed[0].part: there is no sql.nowhere that holds databases. HINT: one of ocs2007-rtc")
                .hasMessageContaining("observed[1].files: says nothing about a database")
                .hasMessageContaining("observed[2]: needs folder")
                .hasMessageContaining("observed[3].files: is not a pattern")
                .hasMessageContaining("observed[4].part: is not written as it must be")
                .hasMessageContaining("observed[5].part: there are two entries for this part")
                .hasMessageContaining("observed[5].maxAge: is not written as it must be")
                .hasMessageContaining("observed[6].older: unknown key");
    }

    @Test
    void reportsWhatCannotBeWatched() {
        var yaml = TestSites.STANDARD + """
                observed:
                  - {part: 'database:ocs2007-rtc/rtc', watch: {}}
                  - {part: 'share:updates', folder: left, watch: {plan: weekly}}
                """;

        assertThatThrownBy(() -> TestSites.in(folder, yaml))
                .hasMessageContaining("observed[0].watch: is for backups that lie in a folder, not for databases")
                .hasMessageContaining("observed[1].watch.plan: there is no plan weekly");
    }

    @Test
    void aDirectoryIsAskedByPasswordOrByTicketNotByBoth() {
        var both = TestSites.STANDARD.replace("bindDn: 'CN=backup'", "bindDn: 'CN=backup', authentication: kerberos");
        var neither = TestSites.STANDARD.replace("bindDn: 'CN=backup', password: file:secrets/ldap", "ticketCache: x");

        assertThatThrownBy(() -> TestSites.in(folder, both))
                .hasMessageContaining("directory.bindDn: does not go with the other keys here")
                .hasMessageContaining("directory.password: does not go with the other keys here");
        assertThatThrownBy(() -> TestSites.in(folder, neither))
                .hasMessageContaining("directory: lacks the key bindDn")
                .hasMessageContaining("directory.ticketCache: does not go with the other keys here");
        assertThat(TestSites.in(
                                folder,
                                TestSites.STANDARD.replace(
                                        "bindDn: 'CN=backup', password: file:secrets/ldap", "authentication: kerberos"))
                        .directory()
                        .orElseThrow()
                        .login())
                .isEqualTo(new DirectoryLogin.Kerberos(java.util.Optional.empty()));
    }

    @Test
    void knowsHowAPartIsObserved() {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD + "observed: [{part: 'database:ocs2007-rtc', maxAge: PT2H},"
                        + " {part: 'database:ocs2007-rtc/rtc', folder: 'D:\\moved'}]\n");

        assertThat(site.observation(PartId.parse("database:ocs2007-rtc/msdb")).maxAge())
                .isEqualTo(Duration.ofHours(2));
        assertThat(site.observation(PartId.parse("database:OCS2007-RTC/RTC")).folder())
                .contains("D:\\moved");
        assertThat(site.observation(PartId.parse("database:ocs2007-rtc/RTC")).maxAge())
                .isEqualTo(Duration.ofHours(26));
        assertThat(site.said(PartId.parse("share:ocs2007-rtc"))).isEmpty();
    }

    @Test
    void wantsToKnowWhereImagesOfWindowsServerBackupGo() {
        assertThatThrownBy(() -> TestSites.in(folder, TestSites.STANDARD + "methods: {share: wbadmin}\n"))
                .hasMessageContaining("methods.share: wbadmin needs to know where its images go")
                .hasMessageContaining("add wbadmin: {target: '\\\\nas\\wbadmin'}");
        assertThatThrownBy(() -> TestSites.in(folder, TestSites.STANDARD + "wbadmin: {vss: copy}\n"))
                .hasMessageContaining("target");
    }

    @ParameterizedTest
    @CsvSource({
        "\\\\nas\\images, true",
        "\\\\nas\\images\\ocs, true",
        "E:, true",
        "/srv/images, true",
        "\\\\nas, false",
        "E:\\images, false",
        "images, false"
    })
    void takesForATargetWhatWbadminCanBeTold(String target, boolean good) {
        var yaml = TestSites.STANDARD + "wbadmin: {target: '" + target + "'}\n";

        if (good) {
            assertThat(TestSites.in(folder, yaml).wbadmin().target()).contains(target);
        } else {
            assertThatThrownBy(() -> TestSites.in(folder, yaml))
                    .hasMessageContaining("wbadmin.target: is no place that wbadmin can be told");
        }
    }

    @Test
    void refusesToTruncateTheLogsOfAChainThatAnotherProductOwns() {
        var yaml = TestSites.STANDARD.replace("    drill: drill-sql\n", "    drill: drill-sql\n    chain: foreign\n")
                + "methods: {database: wbadmin}\nwbadmin: {target: 'E:', vss: full}\n";

        assertThatThrownBy(() -> TestSites.in(folder, yaml))
                .hasMessageContaining("wbadmin.vss: full would break the chain")
                .hasMessageContaining("sql.ocs2007-rtc.chain: own");
    }

    @Test
    void refusesADrillOnTheSourceUnlessTheRiskIsAccepted() {
        var onItself = TestSites.STANDARD.replace("drill: drill-sql", "drill: ocs2007-rtc");

        assertThatThrownBy(() -> TestSites.in(folder, onItself))
                .hasMessageContaining("a drill must not restore on the instance");
        assertThat(TestSites.in(folder, onItself + "acceptRisk: [{risk: drill-on-source, reason: a test}]\n")
                        .name())
                .isEqualTo("test-site");
    }

    @Test
    void wantsAnAccountForAShareOfAFileServerAndNoneInItsAddress() {
        for (var good : List.of("smb://files/updates", "smb://files:4450/a b$/c/d", "smb://[fe80::1]/s")) {
            var share = "url: '%s', user: 'OCS\\u', password: 'env:SMB'".formatted(good);
            assertThat(withShare(share).shares().get("smb").url()).contains(good);
        }
        for (var bad : List.of("smb://files", "smb://files/", "smb:///share", "smb://files:x/share")) {
            assertThatThrownBy(() -> withShare("url: '%s', user: u, password: 'env:SMB'".formatted(bad)))
                    .as(bad)
                    .hasMessageContaining("is not the address of a share");
        }
        assertThatThrownBy(() -> withShare("url: 'smb://files/updates'"))
                .hasMessageContaining("a url needs user and password");
        assertThatThrownBy(() -> withShare("url: 'smb://u:p@files/updates', user: u, password: 'env:SMB'"))
                .hasMessageContaining("must not hold a user or a password");
    }

    private Site withShare(String share) {
        return TestSites.in(folder, """
                site: test-site
                product: ocs-2007-r2
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                shares: {smb: {%s, role: update-files, pool: pool}}
                """.formatted(share));
    }

    @Test
    void wantsReasonOwnerAndEndOfAnExclusion() {
        assertThatThrownBy(() ->
                        TestSites.in(folder, TestSites.STANDARD + "dispositions: [{part: 'share:x', as: excluded}]\n"))
                .hasMessageContaining("an exclusion needs reason, owner and until");
    }

    @Test
    void saysWhereEachValueCameFromAndMasksSecrets() {
        var values = SiteFile.effective(TestSites.standard(folder).file());

        assertThat(values).anySatisfy(value -> {
            assertThat(value.key()).isEqualTo("sql.ocs2007-rtc.password");
            assertThat(value.value()).isEqualTo("********");
            assertThat(value.reference()).isEqualTo("file:secrets/sql");
        });
        assertThat(values).anySatisfy(value -> {
            assertThat(value.key()).isEqualTo("sql.ocs2007-rtc.parallel");
            assertThat(value.origin()).isEqualTo("default");
        });
        assertThat(values.toString()).doesNotContain("secret of sql");
    }

    @Test
    void showsValuesAsTheyWouldBeWritten() {
        var values = SiteFile.effective(TestSites.standard(folder).file());

        assertThat(values)
                .extracting(value -> value.key() + " = " + value.value())
                .contains(
                        "proof.within = P7D",
                        "proof.databases = restored",
                        "methods.database = sql-native",
                        "methods.directory = [ldif]",
                        "plans.nightly.deadline = PT3H");
    }

    @Test
    void theExampleIsValid() throws Exception {
        var example = Files.readString(Path.of("config/site.example.yaml"));

        assertThat(TestSites.in(folder, example).plans()).containsKey("nightly");
    }

    @Test
    void reachesAnInstanceBySqlcmdIfItOrTheStandardSaysSo() {
        var one = TestSites.in(
                folder,
                TestSites.STANDARD.replace(
                        "    user: sa\n    password: file:secrets/sql\n    pool",
                        "    method: sqlcmd\n    sqlcmd: [tools/sqlcmd, -C]\n    user: sa\n    password: file:secrets/sql\n    pool"));
        assertThat(one.sql().get("ocs2007-rtc").bySqlcmd()).isTrue();
        assertThat(one.sql().get("ocs2007-rtc").sqlcmd()).containsExactly("tools/sqlcmd", "-C");

        var all = TestSites.in(folder, TestSites.STANDARD + "methods: {database: sqlcmd}\n");
        assertThat(all.sql().get("ocs2007-rtc").bySqlcmd()).isTrue();
        assertThat(all.sql().get("ocs2007-rtc").sqlcmd()).containsExactly("sqlcmd");
        assertThat(all.sql().get("drill-sql").bySqlcmd()).isFalse();
    }

    @Test
    void refusesSqlcmdForDrillsAndForLoginsThatItDoesNotKnow() {
        var drill = TestSites.STANDARD.replace("purpose: drill", "purpose: drill\n    method: sqlcmd");
        assertThatThrownBy(() -> TestSites.in(folder, drill))
                .hasMessageContaining("sql.drill-sql.method: drills restore by method sql-native alone");

        var ntlm = TestSites.STANDARD.replace(
                "pool: ocs2007", "authentication: ntlm\n    method: sqlcmd\n    pool: ocs2007");
        assertThatThrownBy(() -> TestSites.in(folder, ntlm))
                .hasMessageContaining("sqlcmd logs in by sql or windows only, not by ntlm");
    }

    @Test
    void aWatchedShareNeedsAPlanThatCapturesItAndAMethodWithIncrements() {
        var yaml = TestSites.STANDARD.replace("plans:", """
                shares:
                  one: {path: a, role: meeting-compliance, watch: {plan: nowhere}}
                  two: {path: a, role: meeting-compliance, watch: {plan: logs}}
                  three: {path: a, role: meeting-compliance, watch: {}}
                plans:
                  logs: {level: log}
                  proof: {kind: drill}
                  other: {parts: [rtc, 'share:three']}""");

        assertThatThrownBy(() -> TestSites.in(folder, yaml.replaceFirst("(?s)\n  nightly:[^\n]*", "")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(2))
                .hasMessageContaining("shares.one.watch.plan: there is no plan nowhere")
                .hasMessageContaining("shares.two.watch.plan: plan logs captures no files of this share");
        assertThatThrownBy(() -> TestSites.in(
                        folder, yaml.replaceFirst("(?s)\n  nightly:[^\n]*", "") + "methods: {share: command}\n"))
                .hasMessageContaining("shares.three.watch: only what is captured by method archive has increments");
    }

    @Test
    void refusesAHandOffThatIsNotOneHostWithAFolderOfItsOwn() {
        assertThatThrownBy(() -> TestSites.in(folder, """
                site: hosts
                product: ocs-2007-r2
                vault: {path: vault}
                workers: {one: {handOff: desk}, two: {handOff: desk}, local: {handOff: other}}
                pools:
                  - name: pool1
                    edition: enterprise
                    servers:
                      - {fqdn: fe1.ocs.lab, roles: [front-end], worker: one}
                      - {fqdn: fe2.ocs.lab, roles: [front-end], worker: one}
                """))
                .hasMessageContaining(
                        "a worker by hand-off is one host, and this one is that of fe1.ocs.lab, fe2.ocs.lab")
                .hasMessageContaining("worker one has the same folder")
                .hasMessageContaining("local is the worker inside the coordinator");
    }
}
