// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ResultCode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureDirectoryTest {
    private static final String DOMAIN_FILE = "directory/domain.ldif.gz";
    private static final String CONFIGURATION_FILE = "directory/configuration.ldif.gz";
    private static final String SCHEMA_FILE = "directory/schema.ldif.gz";

    @TempDir
    Path folder;

    private final FakeDomainController controller = new FakeDomainController(TestCertificates.LOCALHOST);
    private DirectoryRun run;

    @BeforeEach
    void connect() {
        var site = TestSite.at(
                folder, controller.ldaps(), FakeDomainController.PASSWORD, TestCertificates.LOCALHOST.pem());
        run = new DirectoryRun(folder, site);
    }

    @AfterEach
    void close() {
        controller.close();
    }

    @Test
    void writesOneFilePerNamingContext() throws Exception {
        controller.withGlobalSettings().withUsers(3).withGroup("RTCUniversalServerAdmins", 2);

        var captured = run.capture();

        assertThat(captured.artefacts())
                .extracting("path")
                .containsExactly(CONFIGURATION_FILE, DOMAIN_FILE, SCHEMA_FILE);
        assertThat(run.written(CONFIGURATION_FILE))
                .extracting(Entry::getDN)
                .hasSize(3)
                .contains(FakeDomainController.CONTAINER);
        assertThat(run.written(DOMAIN_FILE)).hasSize(4);
        assertThat(run.written(SCHEMA_FILE)).hasSize(1);
        assertThat(captured.warnings()).isEmpty();
        assertThat(captured.tools()).containsEntry("functionality", "4 (Windows Server 2008 R2)");
    }

    @Test
    void asksForAtMostAThousandEntriesAtATime() {
        controller.withGlobalSettings().withUsers(2300);

        var captured = run.capture();

        assertThat(entriesOfDomain(captured)).isEqualTo(2300);
        assertThat(controller.limits.pages).hasSize(2 * (1 + 3 + 1)).allMatch(size -> size == 1000);
    }

    @Test
    void readsAllMembersOfALargeGroup() throws Exception {
        controller.withGlobalSettings().withUsers(1).withGroup("RTCUniversalUserAdmins", 3600);

        run.capture();

        var group = run.written(DOMAIN_FILE, "CN=RTCUniversalUserAdmins,CN=Users," + FakeDomainController.DOMAIN);
        assertThat(group.getAttributeValues("member"))
                .hasSize(3600)
                .containsExactlyInAnyOrder(controller.entry(group.getDN()).getAttributeValues("member"));
        assertThat(group.getAttributes()).extracting(Attribute::getName).noneMatch(name -> name.contains(";range="));
    }

    @Test
    void keepsEveryValueByteForByte() throws Exception {
        controller.withGlobalSettings();
        var dn = "CN=Jos\u00e9 \\+ Sons\\, Ltd,CN=Users," + FakeDomainController.DOMAIN;
        controller.add(
                dn,
                "user",
                new Attribute("cn", "Jos\u00e9 + Sons, Ltd"),
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:jose@ocs.lab"),
                new Attribute("objectSid", new byte[] {1, 5, 0, 0, (byte) 0x80, (byte) 0xFF}),
                new Attribute(
                        "msRTCSIP-UserPolicy", "B:8:01000000:CN=Policy,CN=RTC Service," + FakeDomainController.DOMAIN),
                new Attribute(
                        "description", " leading", "trailing ", ":colon", "<less", "", "line\r\nbreak", "\u65e5\u672c"),
                new Attribute("info", "x".repeat(5000)));

        run.capture();

        var written = run.written(DOMAIN_FILE, dn);
        var live = controller.entry(dn);
        assertThat(written.getAttributes()).hasSameSizeAs(live.getAttributes());
        for (var attribute : live.getAttributes()) {
            assertThat(written.getAttribute(attribute.getName()).getRawValues())
                    .as(attribute.getName())
                    .containsExactlyInAnyOrder(attribute.getRawValues());
        }
    }

    @Test
    void writesLdifThatEveryToolReads() throws IOException {
        controller.withGlobalSettings();
        controller.add(
                "CN=Long,CN=Users," + FakeDomainController.DOMAIN,
                "user",
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:long@ocs.lab"),
                new Attribute("info", "y".repeat(300)));

        run.capture();

        var text = text(DOMAIN_FILE);
        assertThat(text).startsWith("dn: ");
        assertThat(text.lines())
                .allMatch(line -> line.length() <= 76 && line.chars().allMatch(c -> c >= 32 && c < 127));
    }

    @Test
    void writesAnEntryOnceThoughSeveralFiltersMatchIt() throws Exception {
        controller.withGlobalSettings();
        var dn = "CN=RTCService,CN=Users," + FakeDomainController.DOMAIN;
        controller.add(
                dn,
                "user",
                new Attribute("cn", "RTCService"),
                new Attribute("objectCategory", "person"),
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:rtc@ocs.lab"));

        assertThat(entriesOfDomain(run.capture())).isEqualTo(1);
    }

    @Test
    void takesTheContainerOfOlderDeploymentsWithTheDomain() throws Exception {
        controller.withUsers(2);
        controller.add(FakeDomainController.SYSTEM_CONTAINER, "container");
        controller.add(
                "CN=Caa," + FakeDomainController.SYSTEM_CONTAINER,
                "contact",
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:caa@ocs.lab"));

        var captured = run.capture();

        assertThat(recorded(captured).containers()).containsExactly(FakeDomainController.SYSTEM_CONTAINER);
        assertThat(run.written(DOMAIN_FILE)).hasSize(4);
        assertThat(captured.artefacts()).extracting("path").containsExactly(DOMAIN_FILE);
        assertThat(recorded(captured).notes()).containsExactly("the schema holds nothing of OCS");
    }

    @Test
    void failsWhereThereIsNoOcs() {
        controller.withUsers(2);

        assertThatThrownBy(run::capture)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContainingAll(FakeDomainController.CONTAINER, FakeDomainController.SYSTEM_CONTAINER);
    }

    @Test
    void writesNoSecretAndSaysHowManyItLeftOut() throws Exception {
        controller.withGlobalSettings();
        controller.add(
                "CN=Careless,CN=Users," + FakeDomainController.DOMAIN,
                "user",
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:careless@ocs.lab"),
                new Attribute("unicodePwd", "s3cr3t"),
                new Attribute("ms-Mcs-AdmPwd", "s3cr3t"));

        var captured = run.capture();

        assertThat(recorded(captured).secretsLeftOut()).isEqualTo(2);
        assertThat(text(DOMAIN_FILE)).doesNotContainIgnoringCase("pwd").doesNotContain("s3cr3t");
    }

    @Test
    void failsWhenTheServerCutsAnAnswerShort() {
        controller.withGlobalSettings().withUsers(2300);
        controller.limits.failingPage = 3;

        assertThatThrownBy(run::capture).isInstanceOf(PermanentFault.class).hasMessageContaining("size limit");
    }

    @Test
    void triesAgainWhenTheServerIsBusy() {
        controller.withGlobalSettings().withUsers(2300);
        controller.limits.failingPage = 3;
        controller.limits.failure = ResultCode.BUSY;

        assertThatThrownBy(run::capture).isInstanceOf(TransientFault.class).hasMessageContaining("busy");
    }

    @Test
    void failsWhenNobodyCanTellWhetherMoreWouldFollow() {
        controller.withGlobalSettings().withUsers(2300);
        controller.limits.forgetsPaging = true;

        assertThatThrownBy(run::capture).isInstanceOf(PermanentFault.class).hasMessageContaining("look whole");
    }

    @Test
    void failsWhenAPageWasLost() {
        controller.withGlobalSettings().withUsers(2300);
        controller.limits.swallow = entry -> controller.limits.pages.size() == 3 && AdLimits.asked(entry, "*");

        assertThatThrownBy(run::capture)
                .isInstanceOf(PermanentFault.class)
                .hasMessageContainingAll("1300", "2300", "page was lost");
    }

    @Test
    void warnsWithBothNumbersWhenAFewEntriesAreMissing() {
        controller.withGlobalSettings().withUsers(50);
        controller.limits.swallow =
                entry -> entry.getSearchEntry().getDN().startsWith("CN=User 00007") && AdLimits.asked(entry, "*");

        assertThat(run.capture().warnings()).singleElement().asString().contains("49", "50", "domain");
    }

    @Test
    void countsAgainBeforeItWarns() {
        controller.withGlobalSettings().withUsers(50);
        var counts = new AtomicInteger();
        controller.limits.swallow = entry -> entry.getSearchEntry().getDN().startsWith("CN=User 00007")
                && AdLimits.asked(entry, "1.1")
                && counts.incrementAndGet() == 1;

        assertThat(run.capture().warnings()).isEmpty();
    }

    @Test
    void stopsWhenTheRunIsCancelled() {
        controller.withGlobalSettings().withUsers(2300);
        controller.limits.onPage = () -> {
            if (controller.limits.pages.size() == 2) {
                run.work.cancel();
            }
        };

        assertThatThrownBy(run::capture).isInstanceOf(PermanentFault.class).hasMessage("CANCELLED");
    }

    @Test
    void stopsWhenTheTimeIsOver() {
        controller.withGlobalSettings().withUsers(2300);
        controller.limits.onPage = () -> run.work.timeLeft(Duration.ZERO);

        assertThatThrownBy(run::capture).isInstanceOf(PermanentFault.class).hasMessageContaining("time");
    }

    @Test
    void saysWhichVaultFileCannotBeWritten() throws IOException {
        controller.withGlobalSettings().withUsers(3);
        Files.createDirectories(run.work.attemptFolder());
        Files.writeString(run.work.attemptFolder().resolve("directory"), "in the way");

        assertThatThrownBy(run::capture).hasMessageContaining("configuration.ldif.gz");
    }

    private static long entriesOfDomain(Captured captured) {
        return captured.recorded()
                .path("files")
                .path(DOMAIN_FILE)
                .path("entries")
                .asLong();
    }

    private static Recorded recorded(Captured captured) {
        return Json.as(captured.recorded(), Recorded.class);
    }

    private String text(String path) throws IOException {
        try (var in = new GZIPInputStream(
                Files.newInputStream(run.work.attemptFolder().resolve(path)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
