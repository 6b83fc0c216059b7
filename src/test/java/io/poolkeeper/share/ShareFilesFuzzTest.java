// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.Mutated;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Disk;
import io.poolkeeper.step.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Lists, segments, access lists and links that somebody spoiled. */
class ShareFilesFuzzTest {
    private static final String SDDL =
            "O:S-1-5-21-1-2-3-500G:S-1-5-32-544D:PAI(A;OICI;0x1f01ff;;;S-1-5-32-544)" + "(D;;0x120089;;;S-1-1-0)";

    /** Owner, group and one entry, as a file server sends it. */
    private static final byte[] DESCRIPTOR = HexFormat.of()
            .parseHex("01000494" + "14000000" + "24000000" + "00000000"
                    + "34000000" + "010200000000000520000000" + "20020000" + "010200000000000520000000" + "20020000"
                    + "02002000" + "01000000" + "00031800" + "ff011f00" + "010200000000000520000000" + "20020000");

    private static Path folder;
    private static ShareLab lab;
    private static ShareLab.Taken full;
    private static Path list;
    private static byte[] goodList = {};
    private static Path segment;
    private static byte[] goodSegment = {};
    private static final Map<String, String> CONTENTS = new HashMap<>();

    @BeforeContainer
    static void captureAShare() throws IOException {
        folder = Files.createTempDirectory("share-files-fuzz");
        lab = new ShareLab(folder);
        for (var i = 0; i < 12; i++) {
            var text = "content " + i + " ".repeat(i * 40);
            CONTENTS.put("f" + i, text);
            lab.file("f" + i, text);
        }
        lab.file("sub/ä.txt", "x");
        full = lab.full();
        list = lab.artefact(full, FileList.path(ShareLab.PART));
        goodList = Files.readAllBytes(list);
        segment = lab.artefact(
                full,
                full.output().artefacts().stream()
                        .map(artefact -> artefact.path())
                        .filter(path -> path.endsWith(".zip"))
                        .findFirst()
                        .orElseThrow());
        goodSegment = Files.readAllBytes(segment);
    }

    @AfterContainer
    static void clean() throws IOException {
        Disk.delete(folder);
    }

    @Provide
    Arbitrary<byte[]> lists() {
        return Mutated.of(goodList);
    }

    /** Packed well, so that what is inside is reached. */
    @Provide
    Arbitrary<byte[]> listsInside() throws IOException {
        byte[] text;
        try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(goodList))) {
            text = in.readAllBytes();
        }
        return Mutated.of(text).map(ShareFilesFuzzTest::gzip);
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void readsOrRefuses(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("list.gz"), bytes);
        try (var reader = new FileListReader(file)) {
            for (var line = reader.next(); line != null; line = reader.next()) {
                assertThat(SharePath.problem(line.path())).isNull();
            }
        } catch (MalformedDocument e) {
            assertThat(e.getMessage()).startsWith(FileList.FILE);
        }
    }

    @Property(tries = 500)
    void aListIsReadOrCalledDamagedWhateverItsBytes(@ForAll("lists") byte[] bytes) throws IOException {
        readsOrRefuses(bytes);
    }

    @Property(tries = 1000)
    void aListIsReadOrCalledDamagedWhateverItsLines(@ForAll("listsInside") byte[] bytes) throws IOException {
        readsOrRefuses(bytes);
    }

    @Example
    void aListIsCalledDamagedThatBeginsAsIfItWereUtf32() throws IOException {
        var file = Files.write(folder.resolve("list.gz"), gzip(new byte[] {0, 0, 0, '{', 'h', 'e', 'a', 'd'}));

        assertThatThrownBy(() -> new FileListReader(file))
                .isInstanceOf(MalformedDocument.class)
                .hasMessageEndingWith("is not JSON");
    }

    @Provide
    Arbitrary<byte[]> segments() {
        return Mutated.of(goodSegment);
    }

    @Property(tries = 1000)
    void aSegmentGivesTheBytesThatWerePutInOrNone(@ForAll("segments") byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("segment.zip"), bytes);
        try (var reader = new SegmentReader(file);
                var unpacking = new Unpacking()) {
            for (var entry : CONTENTS.entrySet()) {
                var out = new ByteArrayOutputStream();
                try {
                    reader.read(entry.getKey(), unpacking, (buffer, length) -> out.write(buffer, 0, length));
                    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(entry.getValue());
                } catch (ZipException | EOFException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        } catch (ZipException | EOFException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 150)
    void aSpoiledSegmentOrListIsDamage(@ForAll("segments") byte[] segmentBytes, @ForAll("listsInside") byte[] listBytes)
            throws IOException {
        isSuspectWith(segment, goodSegment, segmentBytes);
        isSuspectWith(list, goodList, listBytes);
    }

    private static void isSuspectWith(Path file, byte[] good, byte[] bytes) throws IOException {
        if (java.util.Arrays.equals(good, bytes)) {
            return;
        }
        Files.write(file, bytes);
        try {
            assertThat(lab.verify(full).verdict()).isEqualTo(Verdict.SUSPECT);
        } finally {
            Files.write(file, good);
        }
    }

    @Provide
    Arbitrary<byte[]> descriptors() {
        return Mutated.of(DESCRIPTOR);
    }

    @Example
    void theDescriptorIsUnderstood() throws Exception {
        assertThat(SecurityDescriptor.of(DESCRIPTOR).sddl())
                .contains("S-1-5-32-544")
                .contains("0x1f01ff");
        assertThat(SecurityDescriptor.parse(SDDL).sddl()).isEqualTo(SDDL);
    }

    @Property(tries = 1000)
    void aDescriptorIsTheSameAsItsTextOrNotUnderstood(@ForAll("descriptors") byte[] bytes) throws Exception {
        SecurityDescriptor read;
        try {
            read = SecurityDescriptor.of(bytes);
        } catch (SecurityDescriptor.NotUnderstood e) {
            return;
        }
        assertThat(SecurityDescriptor.parse(read.sddl())).isEqualTo(read);
    }

    @Provide
    Arbitrary<String> sddls() {
        return Mutated.of(SDDL);
    }

    @Property(tries = 1000)
    void anSddlIsUnderstoodOrNot(@ForAll("sddls") String sddl) {
        try {
            assertThat(SecurityDescriptor.parse(sddl).sddl()).isNotNull();
        } catch (SecurityDescriptor.NotUnderstood e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Example
    void aLongAccessListIsReadToItsEnd() throws Exception {
        var entry = "(A;OICI;0x1f01ff;;;S-1-5-32-544)";

        assertThat(SecurityDescriptor.parse("D:" + entry.repeat(50_000)).sddl()).hasSize(2 + 50_000 * entry.length());
        assertThatThrownBy(() -> SecurityDescriptor.parse("D:" + "(".repeat(50_000)))
                .isInstanceOf(SecurityDescriptor.NotUnderstood.class);
        assertThatThrownBy(() -> SecurityDescriptor.parse("D:(A;" + "OI".repeat(50_000) + ";0x1;;;S-1-1-0"))
                .isInstanceOf(SecurityDescriptor.NotUnderstood.class);
        assertThatThrownBy(() -> SecurityDescriptor.parse("D:(A;" + "OI".repeat(50_000) + ";0x1;;;S-1)"))
                .isInstanceOf(SecurityDescriptor.NotUnderstood.class);
    }

    @Provide
    Arbitrary<byte[]> links() {
        var target = "C:\\Data".getBytes(StandardCharsets.UTF_16LE);
        var bytes = java.nio.ByteBuffer.allocate(20 + 2 * target.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0xA000000C).putShort((short) (12 + 2 * target.length)).putShort((short) 0);
        bytes.putShort((short) 0).putShort((short) target.length);
        bytes.putShort((short) target.length)
                .putShort((short) target.length)
                .putInt(0)
                .put(target)
                .put(target);
        return Mutated.of(bytes.array());
    }

    @Property(tries = 700)
    void aLinkIsReadOrCutOff(@ForAll("links") byte[] bytes) {
        try {
            ReparsePoint.of(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("cut off");
        }
    }

    @Property(tries = 700)
    void aPathThatIsAcceptedStaysInsideItsFolder(@ForAll String path) {
        var root = Path.of("/restore/here");
        if (SharePath.problem(path) == null) {
            assertThat(root.resolve(path).normalize()).startsWithRaw(root).isNotEqualTo(root);
        }
    }
}
