// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says about the vault. */
class PreflightVaultTest {
    @TempDir
    Path folder;

    private final Findings findings = new Findings();
    private Site site;

    @BeforeEach
    void read() {
        site = TestSites.standard(folder);
    }

    private List<Finding> look() {
        new PreflightVault(site).look(Map.of("share:meeting", folder), findings);
        return findings.all();
    }

    private static List<String> problems(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.state() == State.PROBLEM)
                .map(Finding::what)
                .toList();
    }

    @Test
    void saysThatAVaultThatIsNotThereYetCanBeMadeAndMakesNone() {
        assertThat(look().get(0))
                .matches(finding -> finding.state() == State.OK)
                .extracting(Finding::what)
                .asString()
                .contains("is not there yet and can be made in " + folder);
        assertThat(site.vault().path()).doesNotExist();
    }

    @Test
    void leavesNothingInAVaultThatIsThere() throws IOException {
        Disk.createFolders(Vault.of(site).folder());

        assertThat(look().get(0).what()).contains("can be written, flushed, renamed and deleted in");
        assertThat(Vault.of(site).folder()).isEmptyDirectory();
    }

    @Test
    void refusesAVaultThatEveryAccountMayRead() throws IOException {
        Files.setPosixFilePermissions(
                Disk.createFolders(Vault.of(site).folder()), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(problems(look())).anyMatch(what -> what.contains("every account of this host"));
    }

    @Test
    void refusesAFileInThePlaceOfTheVault() throws IOException {
        Files.writeString(folder.resolve("vault"), "a file");

        assertThat(problems(look())).anyMatch(what -> what.contains("is a file, not a folder"));
        assertThatThrownBy(() -> FolderProbe.of(folder.resolve("vault/test-site")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesAVaultOnTheVolumeOfASource() {
        assertThat(problems(look())).singleElement().asString().contains("on the volume of share:meeting");
    }

    @Test
    void namesWhoHoldsTheVault() throws IOException {
        try (var lock = VaultLock.take(new Vault(Vault.of(site).folder()), folder, Clock.systemUTC())) {
            assertThat(VaultLock.holder(Vault.of(site), Clock.systemUTC()))
                    .as("this process is no stranger")
                    .isEmpty();
            var file = Vault.of(site).folder().resolve(".coordinator.json");
            var other = Files.readString(file).replaceAll("\"pid\" *: *\\d+", "\"pid\" : 1");
            Files.writeString(file, other);

            assertThat(look())
                    .anyMatch(finding -> finding.state() == State.OK
                            && finding.what().contains("in use by the coordinator in process 1"));
            lock.renew();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, 50, 0, OK",
        "100, 200, 0, PROBLEM",
        "100, 50, 200, PROBLEM",
        "100, 0, 50, OK",
        "100, 0, 0, UNKNOWN"
    })
    void comparesTheFreeSpaceWithWhatASetWillTake(long free, long databases, long last, State state) {
        PreflightVault.space(free << 30, databases << 30, last << 30, findings);

        assertThat(findings.all()).extracting(Finding::state).containsExactly(state);
        assertThat(findings.all().get(0).what()).contains("100.0 GB free");
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/vault, /dev/sda1, this.ocs.lab",
        "/mnt/vault, nas.ocs.lab:/export/vault, nas.ocs.lab",
        "/mnt/vault, //NAS/vault, nas",
        "'\\\\nas\\vault\\ocs', vault, nas",
        "'D:\\vault', Data (D:), this.ocs.lab"
    })
    void findsTheHostWhoseDisksHoldAFolder(String path, String store, String host) {
        assertThat(VaultPlace.of(path, store, "this.ocs.lab").host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "nas, nas.ocs.lab, true",
        "this, 127.0.0.1, true",
        "this, localhost, true",
        "nas, 127.0.0.1, false",
        "nas1, nas, false",
        "10.0.0.1, 10.0.0.2, false"
    })
    void knowsAHostByItsShortNameToo(String vault, String protectedHost, boolean same) {
        assertThat(new VaultPlace(vault, "v")
                        .among(List.of(protectedHost), "this.ocs.lab")
                        .isPresent())
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "rwx------, auditors, false",
        "rwxr-x---, staff, true",
        "rwxr-x---, auditors, false",
        "rwxrwx---, auditors, true",
        "rwx-----x, auditors, true"
    })
    void judgesTheRightsOfAFolder(String rights, String group, boolean wide) {
        assertThat(FolderAccess.posix(PosixFilePermissions.fromString(rights), group, Set.of("auditors"))
                        .isPresent())
                .isEqualTo(wide);
    }

    @ParameterizedTest
    @CsvSource({
        "BUILTIN\\Administrators, WRITE_DATA, false",
        "OCSLAB\\svc-backup, WRITE_DATA, false",
        "OCSLAB\\auditors, READ_DATA, false",
        "OCSLAB\\auditors, DELETE, true",
        "BUILTIN\\Users, READ_DATA, true"
    })
    void judgesTheAccessControlListOfAFolder(String account, AclEntryPermission right, boolean wide) {
        UserPrincipal principal = () -> account;
        var entry = AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(principal)
                .setPermissions(right)
                .build();

        assertThat(FolderAccess.acl(List.of(entry), "svc-backup", Set.of("auditors"))
                        .isPresent())
                .isEqualTo(wide);
    }
}
