// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.set.Disk;
import io.poolkeeper.step.Verdict;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** Any tree, any changes, any chain: each set brings back the tree as it was, and no flipped byte stays unseen. */
class ShareChainTest {
    /** Small, so that chains have many segments and files that are cut. */
    private static final SegmentLimits LIMITS = new SegmentLimits(1_200_000, 4);

    /** One change of the tree. */
    sealed interface Change {
        /** Writes a file, whatever was in its place. */
        record Write(String path, int size, long seed, boolean random, long time, String mode) implements Change {}

        /** Makes a folder. */
        record Folder(String path, long time, String mode) implements Change {}

        /** Makes a link. */
        record Link(String path, String target) implements Change {}

        /** Deletes a file or a whole folder. */
        record Delete(String path) implements Change {}
    }

    /** What is done before a capture, and whether the capture is an incremental one. */
    record Night(List<Change> changes, boolean incremental) {}

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void bringsBackTheTreeOfEachNight(@ForAll("nights") @Size(min = 1, max = 10) List<Night> nights)
            throws IOException {
        try (var place = new Place()) {
            var lab = new ShareLab(place.folder, LIMITS);
            lab.file("always", "there");
            var taken = new ArrayList<ShareLab.Taken>();
            var states = new ArrayList<Map<String, String>>();
            for (var night : nights) {
                for (var change : night.changes()) {
                    apply(lab.share, change);
                }
                states.add(state(lab.share));
                taken.add(
                        taken.isEmpty() || !night.incremental() ? lab.full() : lab.since(taken.get(taken.size() - 1)));
            }
            for (var i = 0; i < taken.size(); i++) {
                var back = place.folder.resolve("back-" + i);
                assertThat(lab.verify(taken.get(i)).damages()).isEmpty();
                var judged = lab.restore(taken.get(i), back);
                assertThat(judged.damages()).isEmpty();
                assertThat(judged.warnings()).isEmpty();
                assertThat(judged.verdict()).isEqualTo(Verdict.PROVEN);
                assertThat(state(back)).isEqualTo(states.get(i));
            }
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void namesTheArtefactOfAnyFlippedBit(@ForAll("nights") @Size(1) List<Night> nights, @ForAll long seed)
            throws IOException {
        try (var place = new Place()) {
            var lab = new ShareLab(place.folder, LIMITS);
            lab.file("always", "there");
            for (var change : nights.get(0).changes()) {
                apply(lab.share, change);
            }
            var full = lab.full();
            var random = new Random(seed);
            var artefacts = full.output().artefacts();
            var artefact = artefacts.get(random.nextInt(artefacts.size()));
            var file = lab.artefact(full, artefact.path());
            var bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);

            var judged = lab.verify(full);

            assertThat(judged.verdict()).isEqualTo(Verdict.SUSPECT);
            assertThat(judged.damages()).anyMatch(damage -> damage.file().equals(artefact.path()));
            restoresNothingElse(lab, full, place.folder.resolve("back"), artefact.path());
        }
    }

    /** A restore names the damage, too, unless it is of no consequence, such as a time in a header that nobody goes by. */
    private static void restoresNothingElse(ShareLab lab, ShareLab.Taken full, Path back, String damaged)
            throws IOException {
        var judged = lab.restore(full, back);
        if (judged.verdict() == Verdict.PROVEN) {
            assertThat(state(back)).isEqualTo(state(lab.share));
        } else {
            assertThat(judged.damages()).anyMatch(damage -> damage.file().equals(damaged));
        }
    }

    @Provide
    Arbitrary<List<Night>> nights() {
        var changes = change().list().ofMinSize(1).ofMaxSize(12);
        return Combinators.combine(
                        changes,
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(9, Arbitraries.just(true)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(false))))
                .as(Night::new)
                .list();
    }

    private static Arbitrary<Change> change() {
        Arbitrary<Change> write = Combinators.combine(
                        path(),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 3_000)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1_000_000, 3_000_000))),
                        Arbitraries.longs(),
                        Arbitraries.of(true, false),
                        time(),
                        Arbitraries.of("rw-r--r--", "r--r-----", "rwxr-x---", "rw-rw-rw-"))
                .as(Change.Write::new);
        Arbitrary<Change> folder = Combinators.combine(
                        path(), time(), Arbitraries.of("rwxr-xr-x", "rwx------", "rwxrwx---"))
                .as(Change.Folder::new);
        Arbitrary<Change> link = Combinators.combine(path(), Arbitraries.of("/etc", "a", "../..", "no/where"))
                .as(Change.Link::new);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, write),
                net.jqwik.api.Tuple.of(2, folder),
                net.jqwik.api.Tuple.of(1, link),
                net.jqwik.api.Tuple.of(3, path().map(Change.Delete::new)));
    }

    private static Arbitrary<String> path() {
        var names = isUtf8()
                ? Arbitraries.of("a", "A", "a.txt", "a b", "aux", "b.", "é", "日本", "x~2", "c?", "con.xml", "z z ")
                : Arbitraries.of("a", "A", "a.txt", "a b", "aux", "b.", "x~2", "c?", "con.xml", "z z ");
        return names.list().ofMinSize(1).ofMaxSize(4).map(segments -> String.join("/", segments));
    }

    private static boolean isUtf8() {
        return "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
    }

    private static Arbitrary<Long> time() {
        return Arbitraries.longs().between(0, 2_000_000_000_000_000_000L);
    }

    private static void apply(Path share, Change change) throws IOException {
        if (change instanceof Change.Write write) {
            var file = cleared(share, write.path());
            Files.write(file, bytes(write));
            dress(file, write.time(), write.mode());
        } else if (change instanceof Change.Folder folder) {
            var place = share.resolve(folder.path());
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(cleared(share, folder.path()));
            }
            dress(place, folder.time(), folder.mode());
        } else if (change instanceof Change.Link link) {
            Files.createSymbolicLink(cleared(share, link.path()), Path.of(link.target()));
        } else if (change instanceof Change.Delete delete && isReal(share, delete.path())) {
            Disk.delete(share.resolve(delete.path()));
        }
    }

    /** Makes room for a name: whatever is in its way, up to the share, goes. */
    private static Path cleared(Path share, String path) throws IOException {
        var place = share;
        for (var segment : Path.of(path)) {
            place = place.resolve(segment);
            var last = place.equals(share.resolve(path));
            if (last
                    || (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                            && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS))) {
                Disk.delete(place);
            }
            if (!last) {
                Files.createDirectories(place);
            }
        }
        return place;
    }

    private static boolean isReal(Path share, String path) {
        var place = share;
        for (var segment : Path.of(path)) {
            if (Files.isSymbolicLink(place)) {
                return false;
            }
            place = place.resolve(segment);
        }
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] bytes(Change.Write write) {
        var bytes = new byte[write.size()];
        if (write.random()) {
            new Random(write.seed()).nextBytes(bytes);
        }
        return bytes;
    }

    private static void dress(Path file, long time, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(0, time)));
    }

    /** Every name with its kind, mode, time and bytes, by a walk that shares nothing with ours. */
    private static Map<String, String> state(Path root) throws IOException {
        var state = new TreeMap<String, String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes found) throws IOException {
                if (!folder.equals(root)) {
                    state.put(root.relativize(folder).toString(), "folder " + dressOf(folder));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) throws IOException {
                var what = found.isSymbolicLink()
                        ? "link " + Files.readSymbolicLink(file)
                        : "file " + dressOf(file) + " " + io.poolkeeper.set.Hashes.sha256(file);
                state.put(root.relativize(file).toString(), what);
                return FileVisitResult.CONTINUE;
            }
        });
        return state;
    }

    private static String dressOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + " "
                + Files.getLastModifiedTime(file).toInstant();
    }

    /** A folder that is gone afterwards. */
    private static final class Place implements AutoCloseable {
        final Path folder = create();

        private static Path create() {
            try {
                return Files.createTempDirectory("share-chain");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            new Sandbox(folder).delete();
        }
    }
}
