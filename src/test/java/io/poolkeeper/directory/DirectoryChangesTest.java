// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static io.poolkeeper.directory.FakeDomainController.CONTAINER;
import static io.poolkeeper.directory.FakeDomainController.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set against a domain controller: what is printed, and one object that is brought back. */
class DirectoryChangesTest {
    private static final String USER = "CN=User 00003,CN=Users," + DOMAIN;
    private static final String POOL = "CN=ocs2007,CN=Pools," + CONTAINER;

    private static final String GROUP = "CN=RTCGone,CN=Users," + DOMAIN;

    @TempDir
    Path folder;

    private final FakeDomainController controller = new FakeDomainController(TestCertificates.LOCALHOST);
    private Site site;
    private DirectoryRun run;

    @BeforeEach
    void backUp() {
        controller.withGlobalSettings().withUsers(20).withGroup("RTCUniversalUserAdmins", 1_600);
        controller.add(
                GROUP,
                "group",
                new Attribute("cn", "RTCGone"),
                new Attribute("objectGUID", new byte[] {7, (byte) 0xFF, 0, '*'}),
                new Attribute("objectSid", new byte[] {1, 5}));
        site = TestSite.at(folder, controller.ldaps(), FakeDomainController.PASSWORD, TestCertificates.LOCALHOST.pem());
        run = new DirectoryRun(folder, site);
        run.publish(run.capture());
    }

    @AfterEach
    void close() {
        controller.close();
    }

    private StoredPart stored() throws IOException {
        var manifest = run.vault.manifest(DirectoryRun.SET);
        Manifest.Part part = manifest.parts().get(0);
        return new StoredPart(run.vault, run.vault.set(DirectoryRun.SET), manifest, part);
    }

    private DirectoryChanges changes(@Nullable String path) throws Exception {
        return DirectoryChanges.againstLive(site, stored(), path);
    }

    private static String text(DirectoryChanges changes) {
        var text = new StringWriter();
        changes.writeLdif(new PrintWriter(text));
        return text.toString();
    }

    private static List<LDIFChangeRecord> records(String text) throws IOException, LDIFException {
        var records = new ArrayList<LDIFChangeRecord>();
        try (var ldif = new LDIFReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (var read = ldif.readChangeRecord(); read != null; read = ldif.readChangeRecord()) {
                records.add(read);
            }
        }
        return records;
    }

    private static Step restore(Place place, @Nullable String path) {
        var step = DirectoryRun.step(Action.RESTORE, false);
        return new Step(
                step.run(),
                step.step(),
                step.attempt(),
                step.part(),
                step.action(),
                step.method(),
                step.effect(),
                step.worker(),
                step.set(),
                step.base(),
                step.level(),
                step.depth(),
                step.keep(),
                step.notAfter(),
                step.siteHash(),
                place,
                null,
                path);
    }

    private Judged apply(String dn) {
        return (Judged) new RestoreDirectory(site).handle(restore(Place.OVERWRITE, dn), run.work);
    }

    @Test
    void printsNoRecordIfNothingDiffersButWhatTheSystemWrites() throws Exception {
        controller.change(USER, "whenChanged", "20270101000000.0Z");

        var text = text(changes(null));

        assertThat(records(text)).isEmpty();
        assertThat(text)
                .startsWith("# brings ")
                .contains("0 change records", "1 objects differ in nothing but what the system writes");
    }

    @Test
    void printsRecordsThatAnLdapClientReadsAndCountsWhatItLeavesOut() throws Exception {
        controller.change(USER, "msRTCSIP-OptionFlags", "384");
        controller.change(USER, "whenChanged", "20270101000000.0Z");
        controller.change(USER, "displayName", "Somebody");
        controller.delete(POOL);

        var changes = changes(null);
        var text = text(changes);

        assertThat(records(text)).extracting(LDIFChangeRecord::getDN).containsExactly(POOL, USER);
        assertThat(text)
                .contains("left out: 1 attributes that the system writes: whenChanged 1")
                .contains("left out: 1 attributes that are not OCS's: displayName 1");
        assertThat(changes.losses()).containsExactly(USER + ": msRTCSIP-OptionFlags would lose '384'");
        var lines = changes.lines();
        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(
                                Schemas.check(line.path("message_type").asText(), line))
                        .as(line.toString())
                        .isEmpty());
        assertThat(lines.get(2).path("leftOut").path("system").asInt()).isEqualTo(1);
    }

    @Test
    void leavesNoWayForANameToBecomeARecord() throws Exception {
        controller.add(
                "CN=RTC\\0aevil\\0a\\0adn: CN=x,CN=Users," + DOMAIN,
                "group",
                new Attribute("cn", "RTC\nevil\n\ndn: CN=x"));

        var text = text(changes(null));

        assertThat(records(text)).isEmpty();
        assertThat(text).contains("was not there; it stays");
    }

    @Test
    void saysWhenAnAccountWasDeletedIfTheDeletedObjectsShowIt() throws Exception {
        controller.bury(GROUP, "20261125081500.0Z");

        assertThat(changes(null).blocked())
                .singleElement()
                .asString()
                .startsWith(GROUP + " was deleted (whenChanged 2026-11-25T08:15:00Z): bring the account or group back");
    }

    @Test
    void doesNotSayThatAnAccountWasDeletedIfNothingShowsIt() throws Exception {
        controller.delete(GROUP);

        assertThat(changes(null).blocked())
                .singleElement()
                .asString()
                .startsWith(GROUP + " is gone, or OCS does not know it any more: bring the account or group back");
    }

    @Test
    void knowsADamagedSet() throws IOException {
        Files.writeString(run.vault.set(DirectoryRun.SET).resolve("directory/domain.ldif.gz"), "nothing");

        assertThatThrownBy(() -> changes(null)).isInstanceOf(DirectoryChanges.Damaged.class);
        assertThat(apply(USER).verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void bringsBackOneObjectAndNoOther() throws Exception {
        controller.change(USER, "msRTCSIP-OptionFlags", "384");
        controller.change(USER, "displayName", "Somebody");
        var other = "CN=User 00004,CN=Users," + DOMAIN;
        controller.change(other, "msRTCSIP-OptionFlags", "384");

        var judged = apply("cn=user 00003, cn=users," + DOMAIN);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(controller.entry(USER).getAttributeValue("msRTCSIP-OptionFlags"))
                .isEqualTo("256");
        assertThat(controller.entry(USER).getAttributeValue("displayName")).isEqualTo("Somebody");
        assertThat(controller.entry(other).getAttributeValue("msRTCSIP-OptionFlags"))
                .isEqualTo("384");
        assertThat(apply(USER).reason()).contains("nothing to do");
    }

    @Test
    void bringsBackAnObjectThatWasDeleted() throws Exception {
        controller.delete(POOL);

        assertThat(apply(POOL).verdict()).isEqualTo(Verdict.PROVEN);

        assertThat(controller.entry(POOL).getObjectClassValues()).containsExactly("top", "msRTCSIP-Pool");
        assertThat(changes(null).isAboutSomething()).isTrue();
        assertThat(records(text(changes(null)))).isEmpty();
    }

    @Test
    void readsBackAndSaysIfSomethingElseIsThere() {
        controller.change(USER, "msRTCSIP-OptionFlags", "384");
        controller.limits.forgetsChanges = true;

        assertThatThrownBy(() -> apply(USER))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("read back")
                .hasMessageContaining("msRTCSIP-OptionFlags");
    }

    @Test
    void saysWhatTheServerAnsweredAndWhatToDo() {
        controller.change(USER, "msRTCSIP-OptionFlags", "384");
        controller.limits.changeRefusal = ResultCode.INSUFFICIENT_ACCESS_RIGHTS;

        assertThatThrownBy(() -> apply(USER))
                .isInstanceOfSatisfying(
                        PermanentFault.class, fault -> assertThat(fault.hint()).contains("RTCUniversalUserAdmins"))
                .hasMessageContaining("modify " + USER)
                .hasMessageContaining("LDAP 50");
    }

    @Test
    void followsNoReferral() {
        controller.change(USER, "msRTCSIP-OptionFlags", "384");
        controller.limits.changeRefusal = ResultCode.REFERRAL;

        assertThatThrownBy(() -> apply(USER)).isInstanceOf(PermanentFault.class).hasMessageContaining("LDAP 10");
    }

    @Test
    void refusesAnObjectThatNobodyKnowsAndANameThatCouldFitSeveral() {
        assertThatThrownBy(() -> apply("CN=Nobody,CN=Users," + DOMAIN)).hasMessageContaining("neither set");
        assertThatThrownBy(() -> apply("CN=User*,CN=Users," + DOMAIN)).hasMessageContaining("neither set");
        assertThatThrownBy(() -> new RestoreDirectory(site).handle(restore(Place.OVERWRITE, null), run.work))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("nothing says which object");
    }

    @Test
    void neverMakesAGroupAnew() throws Exception {
        controller.delete(GROUP);

        assertThat(records(text(changes(GROUP)))).isEmpty();
        assertThatThrownBy(() -> apply(GROUP))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("a new one gets another SID");
    }

    @Test
    void sendsNoPasswordToAServerThatDoesNotEncrypt() {
        var before = controller.limits.binds.get();
        site = TestSite.at(folder, controller.plain(), FakeDomainController.PASSWORD, TestCertificates.LOCALHOST.pem());

        assertThatThrownBy(() -> changes(null))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("StartTLS");
        assertThat(controller.limits.binds).hasValue(before);
    }
}
