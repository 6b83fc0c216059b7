// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.lab.tools.Launcher;
import io.poolkeeper.observed.RestoreByCommand;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.Output.Captured;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.tool.HandOff;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a domain controller's own tool writes: media by ntdsutil, a backup of the domain by samba-tool. */
class CaptureByControllerTest {
    private static final List<String> SAMBA =
            List.of("backup.txt", "sysvol.tar.gz", "private/sam.ldb", "private/sam.ldb.d/DC=OCS,DC=LAB.ldb");

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void install() throws IOException {
        var ntdsutil = Launcher.write(folder.resolve("bin/ntdsutil"), NtdsUtil.class, folder);
        site = site(ntdsutil, folder.resolve("bin/samba-tool"));
    }

    private Site site(Path ntdsutil, Path sambaTool) {
        return TestSites.in(
                folder,
                TestSites.STANDARD.replace(
                        "bindDn: 'CN=backup'",
                        "bindDn: 'CN=backup', ntdsutil: ['%s'], sambaTool: ['%s']".formatted(ntdsutil, sambaTool)));
    }

    /** A samba-tool that copies an archive to where it is told, and ends with a code. */
    private void sambaTool(List<String> names, int exit) throws IOException {
        var archive = folder.resolve("prepared.tar.bz2");
        archive(archive, names);
        sambaTool(archive, exit);
    }

    private void sambaTool(Path archive, int exit) throws IOException {
        var script = Files.writeString(folder.resolve("bin/samba-tool"), """
                #!/bin/sh
                test "$1 $2 $3" = "domain backup offline" || exit 255
                cp '%s' "${4#--targetdir=}/samba-backup-2026-11-27T14-25-32.692018.tar.bz2"
                echo Backup succeeded.
                exit %d
                """.formatted(archive, exit));
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private static void archive(Path file, List<String> names) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var tar = new TarArchiveOutputStream(new BZip2CompressorOutputStream(out))) {
            for (var name : names) {
                var content = ("content of " + name).repeat(500).getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
    }

    private ObservedRun run(Method method) {
        return new ObservedRun(site, "directory:ocs-" + method.word(), method);
    }

    private Captured capture(ObservedRun run) {
        return (Captured) new CaptureByController(site, HandOff.NONE).handle(run.step(Action.CAPTURE), work(run));
    }

    /** Its attempt is the one that is published. */
    private static TestWork work(ObservedRun run) {
        return new TestWork(
                run.vault().folder(),
                run.vault().attempt("set-1", "capture-01-1"),
                run.work().sandbox());
    }

    @Test
    void keepsTheMediaOfNtdsutilWhoseBytesAloneAreKnown() {
        var run = run(Method.IFM);

        var captured = capture(run);

        assertThat(captured.artefacts())
                .extracting(Artefact::path)
                .containsExactly(
                        "directory/ocs-ifm/Active%20Directory/ntds.dit",
                        "directory/ocs-ifm/registry/SECURITY", "directory/ocs-ifm/registry/SYSTEM");
        assertThat(run.work().sandbox()).doesNotExist();
    }

    @Test
    void failsWhereNtdsutilEndsWithZeroAndLeftNoMedia() throws IOException {
        Files.createFile(folder.resolve("full-disk"));

        assertThatThrownBy(() -> capture(run(Method.IFM)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("ntdsutil ended with 0, but what it left is not whole")
                .hasMessageContaining("ntds.dit is missing")
                .hasMessageContaining("not enough space");
        assertThat(run(Method.IFM).work().sandbox()).doesNotExist();
    }

    @Test
    void failsWhereTheRegistryIsMissingOrTheDatabaseIsNone() throws IOException {
        Files.createFile(folder.resolve("no-registry"));
        assertThatThrownBy(() -> capture(run(Method.IFM))).hasMessageContaining("registry/SECURITY is missing");

        Files.delete(folder.resolve("no-registry"));
        Files.createFile(folder.resolve("damaged"));
        assertThatThrownBy(() -> capture(run(Method.IFM))).hasMessageContaining("is no database");
    }

    @Test
    void saysThatNtdsutilTakesNoPathWithABlank() throws IOException {
        var spaced = Files.createDirectories(folder.resolve("with blank"));
        site = TestSites.in(
                spaced,
                TestSites.STANDARD.replace(
                        "bindDn: 'CN=backup'",
                        "bindDn: 'CN=backup', ntdsutil: ['%s']".formatted(folder.resolve("bin/ntdsutil"))));

        assertThatThrownBy(() -> capture(run(Method.IFM))).hasMessageContaining("there is a blank in that path");
    }

    @Test
    void saysWhichHostShouldHaveTheTool() {
        assertThatThrownBy(() -> capture(run(Method.SAMBA_TOOL)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("there is no program");
    }

    @Test
    void mediaArePublishedAndProvenAtDepthMediaAlone() {
        var run = run(Method.IFM);
        run.published(capture(run));

        var judged = run.judged(new VerifyControllerFiles(), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.MEDIA);
    }

    @Test
    void aBackupOfASambaDomainIsUnpackedToItsEnd() throws IOException {
        sambaTool(SAMBA, 0);
        var run = run(Method.SAMBA_TOOL);
        run.published(capture(run));

        var judged = run.judged(new VerifyControllerFiles(), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.CONTENT);
    }

    @Test
    void failsWhereTheArchiveHasNoDomainInIt() throws IOException {
        sambaTool(List.of("backup.txt", "sysvol.tar.gz", "private/sam.ldb"), 0);

        assertThatThrownBy(() -> capture(run(Method.SAMBA_TOOL)))
                .hasMessageContaining("has no partition of the domain in it");
    }

    @Test
    void failsWhereTheArchiveIsCutOff() throws IOException {
        var whole = folder.resolve("whole.tar.bz2");
        archive(whole, SAMBA);
        var bytes = Files.readAllBytes(whole);
        sambaTool(Files.write(folder.resolve("cut.tar.bz2"), java.util.Arrays.copyOf(bytes, bytes.length - 40)), 0);

        assertThatThrownBy(() -> capture(run(Method.SAMBA_TOOL))).hasMessageContaining("cannot be unpacked");
    }

    @Test
    void believesNoArchiveOfAToolThatFailed() throws IOException {
        sambaTool(SAMBA, 255);

        assertThatThrownBy(() -> capture(run(Method.SAMBA_TOOL)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("samba-tool ended with 255");
    }

    @Test
    void givesTheFilesBackAndDoesNotTakeThatForARestore() throws IOException {
        sambaTool(SAMBA, 0);
        var run = run(Method.SAMBA_TOOL);
        run.published(capture(run));

        var drilled = run.judged(new RestoreByCommand(), Action.DRILL);
        var restored = run.judged(new RestoreByCommand(), Action.RESTORE);

        assertThat(drilled.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(restored.depth()).isEqualTo(Depth.MEDIA);
        assertThat(restored.warnings().toString()).contains("the domain controller's own tool");
    }

    @Test
    void findsDamageInTheVault() throws IOException {
        sambaTool(SAMBA, 0);
        var run = run(Method.SAMBA_TOOL);
        var part = run.published(capture(run));
        var file = run.vault().set("set-1").resolve(part.artefacts().get(0).path());
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);

        assertThat(run.judged(new VerifyControllerFiles(), Action.VERIFY).verdict())
                .isEqualTo(Verdict.SUSPECT);
    }

    @Test
    void keepsANoteOfASnapshotThatStaysOnTheDomainController() throws Exception {
        var run = run(Method.SNAPSHOT);

        var captured = capture(run);

        var id = "{" + Files.readString(folder.resolve("snapshots")).strip() + "}";
        assertThat(captured.artefacts())
                .extracting(Artefact::path)
                .containsExactly("directory/ocs-snapshot/snapshot.txt");
        assertThat(note(run)).contains("Snapshot " + id, "It is no backup", "mount " + id, "dsamain", "1: 2026/11/27");
        assertThat(captured.recorded().path("snapshot").asText()).isEqualTo(id);
        assertThat(captured.recorded().path("listed").asInt()).isEqualTo(1);
        assertThat(captured.warnings()).isEmpty();
    }

    @Test
    void aSnapshotIsProvenAtDepthMediaAloneAndItsNoteMustNameIt() throws Exception {
        var run = run(Method.SNAPSHOT);
        run.published(capture(run));

        var judged = run.judged(new VerifyControllerFiles(), Action.VERIFY);

        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.depth()).isEqualTo(Depth.MEDIA);
        var empty = Files.writeString(folder.resolve("snapshot.txt"), "nothing");
        assertThat(ControllerFiles.faults(Method.SNAPSHOT, Map.of("snapshot.txt", empty), run.work()))
                .hasSize(1);
    }

    @Test
    void failsWhereNtdsutilMadeNoSnapshotAndEndedWithZero() throws IOException {
        capture(run(Method.SNAPSHOT));
        Files.createFile(folder.resolve("no-storage"));

        assertThatThrownBy(() -> capture(run(Method.SNAPSHOT)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("its list shows no snapshot that it made")
                .hasMessageContaining("insufficient storage");
    }

    @Test
    void failsWhereNtdsutilNamesASnapshotThatItsListDoesNotShow() throws IOException {
        Files.createFile(folder.resolve("vanishes"));

        assertThatThrownBy(() -> capture(run(Method.SNAPSHOT)))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("its list shows no snapshot that it made");
    }

    @Test
    void tellsOfManySnapshotsOfItsOwnAndLeavesAll() throws IOException {
        var run = run(Method.SNAPSHOT);
        var listed = folder.resolve("snapshots");
        Files.writeString(listed, UUID.randomUUID() + "\n");
        for (var number = 1; number < CaptureSnapshot.FEW; number++) {
            made(run, listed);
        }
        assertThat(capture(run).warnings()).isEmpty();
        Disk.delete(work(run).attemptFolder());

        made(run, listed);
        var captured = capture(run);

        assertThat(captured.recorded().path("ours")).hasSize(CaptureSnapshot.FEW + 1);
        assertThat(captured.warnings())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("6 snapshots that Poolkeeper had made", "It deletes none");
        assertThat(Files.readAllLines(listed)).hasSize(1 + CaptureSnapshot.FEW + 2);
    }

    /** A snapshot that is still there and that a set tells of. */
    private static void made(ObservedRun run, Path listed) throws IOException {
        var id = UUID.randomUUID().toString();
        Files.writeString(listed, id + "\n", StandardOpenOption.APPEND);
        var recorded = JsonNodeFactory.instance.objectNode().put("snapshot", "{" + id + "}");
        run.published(new Captured(List.of(), recorded, Map.of(), Level.FULL, null, List.of()));
    }

    private static String note(ObservedRun run) throws IOException {
        return Files.readString(work(run).attemptFolder().resolve("directory/ocs-snapshot/snapshot.txt"));
    }
}
