// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.share.DiskShare;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A share that a real file server offers is captured, verified and restored without being mounted. */
class SmbShareIT {
    private static final FileTime OLD = FileTime.from(Instant.parse("2010-06-01T12:34:56.123456700Z"));

    @TempDir
    static Path folder;

    private static SambaServer server;

    private String test = "";
    private ShareLab lab;

    @BeforeAll
    static void start() {
        server = SambaServer.start(folder.resolve("samba"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void site(TestInfo info) throws IOException {
        test = info.getTestMethod().orElseThrow().getName();
        Files.createDirectories(here());
        lab = as(SambaServer.ROOT);
    }

    /** The folder of the share that is this test's own. */
    private Path here() {
        return server.share().resolve(test);
    }

    private ShareLab as(String user) {
        return ShareLab.of(
                folder.resolve(test).resolve(user),
                server,
                server.url("share/" + test),
                "LABWG\\" + user,
                SambaServer.PASSWORD);
    }

    private Path file(String name, String text) throws IOException {
        var file = here().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, OLD);
    }

    private Path restored(ShareLab.Taken taken) {
        var to = folder.resolve(test).resolve("restored-" + taken.set());
        var judged = lab.restore(taken, to);
        assertThat(judged.verdict())
                .as(judged.reason() + " " + judged.damages())
                .isEqualTo(Verdict.PROVEN);
        return to;
    }

    /** What lies in a folder: of each path its bytes and, of a file, its time. */
    private static Map<String, String> contents(Path root) {
        var contents = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var path : (Iterable<Path>) all::iterator) {
                var file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                contents.put(
                        root.relativize(path).toString(),
                        file
                                ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                        + Files.getLastModifiedTime(path).toInstant()
                                : "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    private List<String> paths(ShareLab.Taken taken) {
        return lab.lines(taken).stream()
                .map(line -> Json.tree(line).path("path").asText())
                .toList();
    }

    private String sddl(ShareLab.Taken taken, String path) {
        return lab.lines(taken).stream()
                .map(Json::tree)
                .filter(line -> line.path("path").asText().equals(path))
                .map(line -> line.path("sddl").asText())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void restoresWhatItCaptured() throws IOException {
        file("a.txt", "a");
        file("deep/er/b.txt", "b".repeat(100_000));
        file("large.bin", "0123456789abcdef".repeat(200_000));
        file("empty", "");

        var full = lab.full();

        assertThat(full.output().warnings()).isEmpty();
        assertThat(full.recorded().files()).isEqualTo(4);
        assertThat(lab.verify(full).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(contents(restored(full))).isEqualTo(contents(here()));
        assertThat(lab.lines(full))
                .allSatisfy(line -> assertThat(Schemas.check("file", Json.tree(line)))
                        .as(line)
                        .isEmpty());
    }

    @Test
    void takesOnlyWhatIsNewSinceItsBase() throws IOException {
        for (var i = 0; i < 30; i++) {
            file("old-" + i, "old");
        }
        var full = lab.full();
        file("old-0", "changed");
        file("new", "new");
        Files.delete(here().resolve("old-1"));

        var incremental = lab.since(full);

        assertThat(incremental.recorded().read()).isEqualTo(2);
        assertThat(incremental.recorded().unchanged()).isEqualTo(28);
        assertThat(incremental.recorded().deleted()).isEqualTo(1);
        assertThat(contents(restored(incremental))).isEqualTo(contents(here()));
    }

    @Test
    void takesTenThousandFiles() throws IOException {
        for (var i = 0; i < 10_000; i++) {
            file("folder-" + i % 50 + "/file-" + i, "content of " + i);
        }

        var full = lab.full();
        var nothingNew = lab.since(full);

        assertThat(full.recorded().read()).isEqualTo(10_000);
        assertThat(full.output().warnings()).isEmpty();
        assertThat(nothingNew.recorded().unchanged()).isEqualTo(10_000);
        assertThat(lab.lines(nothingNew)).allMatch(line -> line.contains("\"sddl\":\"O:S-1-"));
        assertThat(contents(restored(nothingNew))).isEqualTo(contents(here()));
    }

    @Test
    void keepsLongPathsAndNamesInEveryScript() throws IOException {
        var names = List.of(
                "\u043f\u0440\u0438\u0432\u0435\u0442.txt",
                "\u65e5\u672c\u8a9e",
                "\u0639\u0631\u0628\u0649",
                "e\u0301",
                "\ud83d\udcc1.bin",
                "a b & c ' % $.txt");
        for (var name : names) {
            file(name + "/" + name, name);
        }
        var longest = ("x".repeat(60) + "/").repeat(8) + "end";
        file(longest, "end");

        var full = lab.full();

        assertThat(paths(full)).contains(longest).containsAll(names);
        assertThat(contents(restored(full))).isEqualTo(contents(here()));
    }

    @Test
    void tellsNamesApartThatWindowsTakesForOne() throws IOException {
        file("Readme", "large");
        file("README", "larger");

        var full = lab.full();

        assertThat(lab.verify(full).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(contents(restored(full))).isEqualTo(contents(here()));
    }

    @Test
    void keepsTimesToTheLastDigitAndDosAttributes() throws IOException {
        Files.writeString(here().resolve("dressed.txt"), "a");
        server.smbclient("cd " + test + "; setmode dressed.txt +rhs");
        Files.setLastModifiedTime(here().resolve("dressed.txt"), OLD);

        var line = lab.lines(lab.full()).stream()
                .map(Json::tree)
                .filter(found -> found.path("path").asText().equals("dressed.txt"))
                .findFirst()
                .orElseThrow();

        assertThat(line.path("modified").asText()).isEqualTo("2010-06-01T12:34:56.123456700Z");
        assertThat(line.path("attributes").asText()).isEqualTo("RHS");
        assertThat(Instant.parse(line.path("created").asText())).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void capturesOwnersAndAccessListsAsSambaKnowsThem() throws IOException {
        var file = file("f", "f");
        var folder = Files.createDirectories(here().resolve("d"));
        SambaServer.setSddl(
                file, "O:S-1-5-32-544G:S-1-5-32-545D:PAI(D;;0x2;;;S-1-5-21-1-2-3-1105)(A;;0x1f01ff;;;S-1-1-0)");
        SambaServer.setSddl(
                folder,
                "O:S-1-5-21-1-2-3-1105G:S-1-5-21-1-2-3-513D:AI(A;OICIIO;0x1200a9;;;S-1-5-21-1-2-3-1106)"
                        + "(A;OICINPID;0x1f01ff;;;S-1-1-0)");

        SambaServer.setSddl(here(), "O:S-1-5-32-544G:S-1-5-32-545D:PAI(A;OICI;0x1f01ff;;;S-1-1-0)");

        var full = lab.full();

        assertThat(full.output().warnings()).isEmpty();
        assertThat(SambaServer.canonical(sddl(full, "f")))
                .isEqualTo(SambaServer.sddl(file))
                .contains("D:PAI(D;");
        assertThat(SambaServer.canonical(sddl(full, "d")))
                .isEqualTo(SambaServer.sddl(folder))
                .contains("OICIIO");
        assertThat(SambaServer.canonical(String.valueOf(full.recorded().rootSddl())))
                .isEqualTo(SambaServer.sddl(here()));
    }

    @Test
    void seesAChangeOfAnAccessListAloneAndReadsNoBytesForIt() throws IOException {
        var file = file("f", "f");
        file("g", "g");
        // what Samba has not stored of a time of creation it makes up from other times, also from that of an access
        // list
        server.smbclient("cd " + test + "; setmode f +h; setmode g +h");
        SambaServer.setSddl(file, "O:S-1-5-32-544G:S-1-5-32-545D:(A;;0x1f01ff;;;S-1-1-0)");
        var full = lab.full();
        SambaServer.setSddl(file, "O:S-1-5-32-544G:S-1-5-32-545D:(A;;0x1200a9;;;S-1-1-0)");

        var incremental = lab.since(full);

        assertThat(incremental.recorded().read())
                .as(lab.lines(full) + " then " + lab.lines(incremental))
                .isZero();
        assertThat(incremental.recorded().unchanged()).isEqualTo(2);
        assertThat(sddl(full, "f")).contains("(A;;0x1f01ff;;;S-1-1-0)");
        assertThat(sddl(incremental, "f")).contains("(A;;0x1200a9;;;S-1-1-0)");
        assertThat(sddl(incremental, "g")).isEqualTo(sddl(full, "g"));
        assertThat(contents(restored(incremental))).isEqualTo(contents(here()));
    }

    @Test
    void writesRestoredAccessListsForIcacls() throws IOException {
        var file = file("d/f", "f");
        SambaServer.setSddl(file, "O:S-1-5-32-544G:S-1-5-32-545D:P(A;;0x1f01ff;;;S-1-1-0)");
        file("d/other", "other");
        var full = lab.full();
        var to = folder.resolve(test).resolve("restored");

        var judged = lab.restore(full, to, "d/f");

        var written = folder.resolve(test).resolve("restored.icacls");
        assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judged.warnings()).singleElement().asString().contains(written.toString(), "icacls", "2 names");
        assertThat(Files.readString(written, StandardCharsets.UTF_16LE).split("\r\n"))
                .hasSize(4)
                .startsWith("d")
                .endsWith("d\\f", "D:P(A;;0x1f01ff;;;S-1-1-0)");
        assertThat(lab.drill(full).warnings()).isEmpty();
    }

    @Test
    void hasIcaclsSetThemWhereThereIsOne() throws IOException {
        file("f", "f");
        var full = lab.full();
        var root = restored(full);
        Files.delete(root.resolveSibling(root.getFileName() + ".icacls"));
        var manifest = lab.vault.manifest(full.set());
        var stored = new PartCheck.StoredPart(
                lab.vault,
                lab.vault.set(full.set()),
                manifest,
                manifest.part(ShareLab.PART).orElseThrow());
        var said = folder.resolve(test).resolve("said");
        var icacls = List.of("sh", "-c", "printf '%s\\n' \"$@\" >" + said + "; exit $0");

        assertThat(AccessLists.restore(stored, null, root, with(icacls, "0"))).isEmpty();
        assertThat(said).content().isEqualTo(root + "\n/restore\n" + root + ".icacls\n/c\n/q\n");
        Files.delete(root.resolveSibling(root.getFileName() + ".icacls"));
        assertThat(AccessLists.restore(stored, null, root, with(icacls, "5")))
                .get()
                .asString()
                .contains("it ended with 5");
        assertThat(AccessLists.restore(stored, null, root, with(icacls, "0")))
                .get()
                .asString()
                .contains("could not be written to " + root + ".icacls");
    }

    private static List<String> with(List<String> command, String exit) {
        return Stream.concat(command.stream(), Stream.of(exit)).toList();
    }

    @Test
    void warnsOfAccessListsThatAnAccountMayNotRead() throws IOException {
        var file = file("secretive", "bytes");
        var reading = 0x00100089; // all that reading needs, but for READ_CONTROL
        SambaServer.setSddl(file, "O:S-1-5-32-544G:S-1-5-32-545D:P(A;;0x%x;;;S-1-1-0)".formatted(reading));
        file("open", "open");

        var plain = as(SambaServer.PLAIN);
        var full = plain.full();

        assertThat(full.recorded().read()).isEqualTo(2);
        assertThat(full.recorded().undescribed()).isEqualTo(1);
        assertThat(full.output().warnings())
                .singleElement()
                .asString()
                .contains("access list of 1 could not be read", "secretive", "STATUS_ACCESS_DENIED");
        assertThat(plain.since(full).output().warnings()).hasSize(1);
    }

    @Test
    void namesAFileThatItMayNotRead() throws IOException {
        SambaServer.setSddl(file("closed", "x"), "O:S-1-5-32-544G:S-1-5-32-545D:P(A;;0x1f01ff;;;S-1-5-32-544)");
        file("open", "open");
        var plain = as(SambaServer.PLAIN);

        assertThat(plain.full().output().warnings())
                .singleElement()
                .asString()
                .contains("1 could not be read", "closed", "STATUS_ACCESS_DENIED");
    }

    @Test
    void namesAFileThatIsLocked() throws IOException {
        file("locked.doc", "x");
        file("free.doc", "x");
        try (var client = new SMBClient();
                var connection = client.connect(server.host(), server.port());
                var session = connection.authenticate(
                        new AuthenticationContext(SambaServer.ROOT, SambaServer.PASSWORD.toCharArray(), "LABWG"));
                var share = (DiskShare) session.connectShare("share");
                var held = share.openFile(
                        test + "\\locked.doc",
                        EnumSet.of(AccessMask.GENERIC_READ),
                        null,
                        EnumSet.noneOf(SMB2ShareAccess.class),
                        SMB2CreateDisposition.FILE_OPEN,
                        null)) {
            assertThat(held.getFileId()).isNotNull();

            var full = lab.full();

            assertThat(full.recorded().read()).isEqualTo(1);
            assertThat(full.output().warnings())
                    .singleElement()
                    .asString()
                    .contains("locked.doc", "is locked", "STATUS_SHARING_VIOLATION");
        }
    }

    @Test
    void countsWhatItDoesNotPreserve() throws IOException {
        file("streamed", "x");
        server.smbclient("cd " + test + "; put /etc/hostname streamed:mark; put /etc/hostname streamed:other");
        Files.createLink(here().resolve("twin"), file("linked", "x"));

        var full = lab.full();
        var incremental = lab.since(full);

        for (var taken : List.of(full, incremental)) {
            assertThat(taken.output().warnings()).isEmpty();
            assertThat(taken.recorded().streams()).isEqualTo(2);
            assertThat(taken.recorded().linked()).isEqualTo(2);
            assertThat(taken.output().recorded().path("notPreserved").asText())
                    .isEqualTo("2 alternate data streams, the hard links of 2 files, which become files of their own");
        }
    }

    @Test
    void failsWhenAFullShareIsSuddenlyEmpty() throws IOException {
        var file = file("f", "f");
        var full = lab.full();
        Files.delete(file);

        assertThatThrownBy(() -> lab.since(full))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("looks unmounted");
    }

    @Test
    void saysWhyAShareCannotBeReached() throws IOException {
        file("f", "f");

        refused(server.url("share/" + test), SambaServer.ROOT, "wrong")
                .hasMessageContaining("refused root (STATUS_LOGON_FAILURE)");
        refused(server.url("nothing"), SambaServer.ROOT, SambaServer.PASSWORD)
                .hasMessageContaining("has no share nothing (STATUS_BAD_NETWORK_NAME)");
        refused(server.url("closed"), SambaServer.PLAIN, SambaServer.PASSWORD)
                .hasMessageContaining("access denied (STATUS_ACCESS_DENIED) for backup");
        refused(server.url("share/none"), SambaServer.ROOT, SambaServer.PASSWORD)
                .hasMessageContaining("/share/none: is not there (STATUS_OBJECT_NAME_NOT_FOUND)");
        refused(server.url("share/" + test + "/f"), SambaServer.ROOT, SambaServer.PASSWORD)
                .hasMessageContaining("is not a folder");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String url, String user, String password) {
        var other = ShareLab.of(folder.resolve(test).resolve("refused"), server, url, user, password);
        return assertThatThrownBy(other::full).isInstanceOf(PermanentFault.class);
    }

    @Test
    void checkSaysWhatWasAgreedAndWhatIsWrong() throws IOException {
        file("f", "f");

        assertThat(check(lab))
                .isEqualTo("OK share:meetings " + server.url("share/" + test)
                        + ", which speaks SMB 3.1.1, 1 entry at its top");
        var wrong = ShareLab.of(
                folder.resolve(test).resolve("wrong"), server, server.url("share"), SambaServer.ROOT, "wrong");
        assertThat(check(wrong)).startsWith("PROBLEM share:meetings").contains("STATUS_LOGON_FAILURE");
    }

    private static String check(ShareLab lab) {
        var findings = new Findings();
        PreflightShares.look(lab.site, ShareFolders.find(lab.site, "meetings").orElseThrow(), findings);
        return findings.all().stream()
                .map(found -> found.state() + " " + found.about() + " " + found.what()
                        + (found.hint() == null ? "" : " HINT: " + found.hint()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void checkNamesAServerThatSpeaksOnlySmbOne() throws IOException {
        try (var old =
                SambaServer.start(folder.resolve("old"), "server max protocol = NT1", "server min protocol = NT1")) {
            var site = ShareLab.of(
                    folder.resolve(test).resolve("old"), old, old.url("share"), SambaServer.ROOT, SambaServer.PASSWORD);

            assertThat(check(site))
                    .startsWith("PROBLEM share:meetings " + old.host() + ":" + old.port() + " speaks only SMB 1")
                    .contains("mount the share and give path");
            assertThatThrownBy(site::full).isInstanceOf(PermanentFault.class).hasMessageContaining("only SMB 1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server max protocol = SMB2_02, 2.0.2",
        "server max protocol = SMB2_10, 2.1",
        "server signing = mandatory, 3.1.1",
        "smb encrypt = required, 3.1.1"
    })
    void speaksWithOldServersAndWithThoseThatWantToBeSafe(String option, String dialect) throws IOException {
        var own = folder.resolve(option.replaceAll("\\W", ""));
        try (var other = SambaServer.start(own.resolve("samba"), option)) {
            Files.writeString(other.share().resolve("large"), "0123456789abcdef".repeat(200_000));
            var site =
                    ShareLab.of(own.resolve("site"), other, other.url("share"), SambaServer.ROOT, SambaServer.PASSWORD);

            var full = site.full();

            assertThat(check(site)).contains("speaks SMB " + dialect + ",");
            assertThat(full.recorded().bytes()).isEqualTo(3_200_000);
            assertThat(full.output().warnings()).isEmpty();
            assertThat(site.verify(full).verdict()).isEqualTo(Verdict.PROVEN);
        }
    }

    @Test
    void readsOnOverANewConnection() throws Exception {
        for (var i = 0; i < 400; i++) {
            file("file-" + i, ("content of " + i).repeat(20_000));
        }
        var step = lab.captureStep(Level.FULL, null);
        var work = lab.work(step);
        var capture = CompletableFuture.supplyAsync(() -> lab.publish(step, lab.captureOnly(step, work)));
        Awaitility.await().until(() -> work.done() > 1_000_000 || capture.isDone());

        server.dropConnections();

        var full = capture.get(2, TimeUnit.MINUTES);
        assertThat(full.recorded().read()).isEqualTo(400);
        assertThat(full.output().warnings()).isEmpty();
        assertThat(contents(restored(full))).isEqualTo(contents(here()));
    }

    @Test
    void failsWhenTheServerGoesAwayAndTakesAllWhenItIsBack() throws Exception {
        try (var other = SambaServer.start(folder.resolve("mortal"))) {
            for (var i = 0; i < 400; i++) {
                Files.writeString(other.share().resolve("file-" + i), ("content of " + i).repeat(20_000));
            }
            var site = ShareLab.of(
                    folder.resolve(test).resolve("mortal"),
                    other,
                    other.url("share"),
                    SambaServer.ROOT,
                    SambaServer.PASSWORD);
            var before = site.full();
            var step = site.captureStep(Level.FULL, null);
            var work = site.work(step);
            var capture = CompletableFuture.supplyAsync(() -> site.captureOnly(step, work));
            Awaitility.await().until(() -> work.done() > 1_000_000 || capture.isDone());

            other.kill();

            assertThatThrownBy(() -> capture.get(2, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOf(TransientFault.class)
                    .hasMessageContaining("file server " + other.host());
            assertThat(site.vault.newestWith(ShareLab.PART)).contains(before.set());
            assertThatThrownBy(() -> site.since(before)).isInstanceOf(TransientFault.class);
            other.start();
            var after = site.since(before);
            assertThat(after.recorded().unchanged()).isEqualTo(400);
            assertThat(after.output().warnings()).isEmpty();
        }
    }
}
