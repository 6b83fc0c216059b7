// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFReader;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the vault is judged and restored without the domain controller. */
class RestoreDirectoryTest {
    private static final String DOMAIN_FILE = "directory/domain.ldif.gz";

    @TempDir
    Path folder;

    private final FakeDomainController controller = new FakeDomainController(TestCertificates.LOCALHOST);
    private Site site;
    private DirectoryRun run;

    @BeforeEach
    void connect() {
        controller.withGlobalSettings().withUsers(20).withGroup("RTCUniversalUserAdmins", 1600);
        site = TestSite.at(folder, controller.ldaps(), FakeDomainController.PASSWORD, TestCertificates.LOCALHOST.pem());
        run = new DirectoryRun(folder, site);
    }

    @AfterEach
    void close() {
        controller.close();
    }

    @Test
    void provesTheContentOfAWholeExport() {
        run.publish(run.capture());

        var judged = run.verify();

        assertThat(judged.verdict()).as("%s", judged).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
    }

    @Test
    void findsAFlippedByte() throws IOException {
        run.publish(run.capture());
        var file = run.vault.set(DirectoryRun.SET).resolve(DOMAIN_FILE);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(run.verify().verdict()).isEqualTo(Verdict.SUSPECT);
        assertThat(run.restore(Action.DRILL, false).verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void findsAnExportThatWasDamagedBeforeItWasHashed() throws IOException {
        run.publish(replaced(run.capture(), "version: 1\ndn: CN=User 00001,CN=Users,DC=ocs,DC=lab\ncn: User 00001\n"));

        assertThat(run.verify().damages()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(DOMAIN_FILE);
            assertThat(damage.what()).contains("1 entries", "recorded are 21");
        });
    }

    @Test
    void findsOneChangedValue() throws Exception {
        var captured = run.capture();
        var text = new StringBuilder("version: 1\n");
        for (var entry : run.written(DOMAIN_FILE)) {
            text.append(entry.toLDIFString().replace("sip:user00007@", "sip:user00008@"))
                    .append('\n');
        }
        run.publish(replaced(captured, text.toString()));

        assertThat(run.verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("not those that were captured"));
        assertThat(run.restore(Action.DRILL, false).verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void refusesAnExportThatIsNoLdif() throws IOException {
        run.publish(replaced(run.capture(), "version: 1\n<html>no</html>\n"));

        assertThat(run.verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("is not LDIF"));
    }

    @Test
    void fetchesNothingThatAnExportRefersTo() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "s3cr3t");
        run.publish(replaced(run.capture(), "version: 1\ndn: DC=ocs,DC=lab\ndescription:< " + secret.toUri() + "\n"));

        assertThat(run.verify().damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.what()).contains("is not LDIF"));
        assertThat(run.restore(Action.DRILL, true).verdict()).isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void restoresEveryEntryIntoADirectoryAndLeavesWhatItFound() throws Exception {
        var captured = run.capture();
        var exported = run.written(DOMAIN_FILE);
        run.publish(captured);

        var judged = run.restore(Action.RESTORE, false);

        assertThat(judged.verdict()).as("%s", judged).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.RESTORED);
        assertThat(judged.where()).isEqualTo(run.work.sandbox().toString());
        assertThat(LDIFReader.readEntries(
                        run.work.sandbox().resolve("domain.ldif").toFile()))
                .containsExactlyInAnyOrderElementsOf(exported);
        assertThat(run.work.sandbox().resolve("configuration.ldif")).exists();
        assertThat(run.work.sandbox().resolve("schema.ldif")).exists();
    }

    @Test
    void leavesNothingBehindAfterADrill() throws IOException {
        run.publish(run.capture());

        var judged = run.restore(Action.DRILL, false);

        assertThat(judged.verdict()).as("%s", judged).isEqualTo(Verdict.PROVEN);
        assertThat(judged.where()).isNull();
        assertThat(run.work.sandbox()).doesNotExist();
    }

    @Test
    void keepsTheSandboxOfADrillWhenAsked() {
        run.publish(run.capture());

        assertThat(run.restore(Action.DRILL, true).where())
                .isEqualTo(run.work.sandbox().toString());
        assertThat(run.restore(Action.DRILL, true).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void overwritesNothingThatIsThere() throws IOException {
        run.publish(run.capture());
        Files.createDirectories(run.work.sandbox());
        Files.writeString(run.work.sandbox().resolve("domain.ldif"), "mine");

        var judged = run.restore(Action.RESTORE, false);

        assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.reason()).contains("is there already");
        assertThat(run.work.sandbox().resolve("domain.ldif")).hasContent("mine");
        assertThat(run.work.sandbox()).isDirectoryNotContaining(file -> !file.endsWith("domain.ldif"));
    }

    @Test
    void takesEntriesThatOtherDirectoriesWouldNot() throws Exception {
        controller.add("OU=Staff,DC=ocs,DC=lab", "organizationalUnit");
        controller.add(
                "CN=Two Names+OU=Both,OU=Staff,DC=ocs,DC=lab",
                "user",
                new Attribute("msRTCSIP-PrimaryUserAddress", "sip:two@ocs.lab", "SIP:TWO@OCS.LAB"),
                new Attribute("flags", new byte[] {0x41}, new byte[] {0x61}, new byte[] {(byte) 0xFF}),
                new Attribute("createTimestamp", "20260101000000Z"),
                new Attribute("entryUUID", "x"));
        controller.limits.dropNames = true;
        run.publish(run.capture());

        var judged = run.restore(Action.RESTORE, false);

        assertThat(judged.verdict()).as("%s", judged).isEqualTo(Verdict.PROVEN);
        var restored =
                LDIFReader.readEntries(run.work.sandbox().resolve("domain.ldif").toFile());
        assertThat(restored).extracting(Entry::getDN).contains("CN=Two Names+OU=Both,OU=Staff,DC=ocs,DC=lab");
        assertThat(restored).extracting(Entry::getDN).doesNotContain("OU=Staff,DC=ocs,DC=lab");
        assertThat(restored).noneMatch(entry -> entry.hasAttribute("cn"));
    }

    @Test
    void comparesAnExportThatIsTooLargeForMemoryAsAStreamAndSaysSo() {
        run.publish(run.capture());

        var judged = (io.poolkeeper.step.Output.Judged) new RestoreDirectory(site, 10, Long.MAX_VALUE)
                .handle(DirectoryRun.step(Action.RESTORE, false), run.work);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.reason()).contains("domain.ldif.gz", "21 entries", "stream");
        assertThat(run.work.sandbox().resolve("domain.ldif")).isNotEmptyFile();
    }

    @Test
    void saysThatItWasCancelled() {
        run.publish(run.capture());
        run.work.cancel();

        assertThatThrownBy(() -> run.restore(Action.DRILL, false))
                .isInstanceOf(PermanentFault.class)
                .hasMessage("CANCELLED");
    }

    /** The same capture with another domain file, hashed after the change. */
    private Captured replaced(Captured captured, String ldif) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(FakeDomainController.utf8(ldif));
        }
        Files.write(run.work.attemptFolder().resolve(DOMAIN_FILE), packed.toByteArray());
        var artefacts = captured.artefacts().stream()
                .map(artefact -> artefact.path().equals(DOMAIN_FILE)
                        ? new io.poolkeeper.step.Output.Artefact(
                                DOMAIN_FILE, packed.size(), io.poolkeeper.set.Hashes.sha256(packed.toByteArray()))
                        : artefact)
                .toList();
        return new Captured(
                artefacts,
                Json.node(captured.recorded()),
                captured.tools(),
                captured.level(),
                null,
                captured.warnings());
    }
}
