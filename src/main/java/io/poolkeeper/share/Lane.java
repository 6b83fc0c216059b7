// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.Hashes;
import io.poolkeeper.step.Output.Artefact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Takes files into segments, one after the other: each is read once, hashed and compressed on the way. One per core works
 * at a time. Not thread-safe.
 */
final class Lane implements AutoCloseable {
    private final Place place;
    private final SegmentRoll roll;
    private final Compressor compressor;
    private final byte[] block;

    /**
     * What all lanes of a capture share.
     *
     * @param set the set that is being filled
     * @param zone of the times in ZIP headers, which know none
     * @param block files up to this many bytes are read as a whole
     * @param onRead hears how many bytes were read; throws to end the work
     */
    record Place(FileTree tree, String set, ZoneId zone, SegmentLimits limits, int block, LongConsumer onRead) {}

    Lane(Place place, SegmentRoll roll) {
        this.place = place;
        this.roll = roll;
        this.compressor = new Compressor(place.block());
        this.block = new byte[place.block()];
    }

    /** The bytes of a file as they were read. */
    private record Copy(long size, String sha256, Taken.How how) {}

    /**
     * Takes one file. If it changes while it is read, it is read once more.
     *
     * @return what the list says of it: also that it cannot be read, or is gone
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    Taken take(Node node) {
        var facts = node.facts();
        for (var again = false; ; again = true) {
            Copy copy;
            Facts now;
            Extras extras;
            try (var file = place.tree().open(node.path())) {
                copy = copy(node.entry(), facts, file.bytes());
                now = file.now(); // before the access list: who changes that in between is seen the next time
                extras = file.extras();
            } catch (NoSuchFileException e) {
                return without(node.with(Facts.GONE));
            } catch (IOException e) {
                return without(node.with(Facts.unreadable(Faults.text(e))));
            }
            var steady = copy.size() == facts.size() && (now.sameContent(facts) || now.is(NodeType.GONE));
            if (steady || again || !now.is(NodeType.FILE)) {
                return kept(node.with(facts.withSize(copy.size())), copy, extras, steady);
            }
            roll.drop();
            facts = now;
        }
    }

    /**
     * Takes one file by copying its packed bytes from where they lie already, if they are still those that were captured.
     *
     * @param line what is known of it
     * @return what the list says of it; null if the bytes are others, or cannot be read
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    @Nullable Taken copy(Node node, FileLine line, Dressing dressing, OpenSegments from) {
        try (var reader = new ContentReader(from)) {
            reader.read(line, (bytes, length) -> place.onRead().accept(length));
            var packed = 0L;
            for (var piece = 0; piece < line.held().segments().size(); piece++) {
                var segment = from.get(line.held().set(), line.held().segments().get(piece));
                var entry = segment.entry(line.held().entry(piece));
                packed += entry.packed();
                roll.add(
                        head(FileLine.Content.pieceName(node.entry(), piece), node.facts(), entry),
                        sink -> segment.packed(entry, sink));
            }
            var content = new FileLine.Content(line.held().sha256(), place.set(), node.entry(), roll.keep());
            return new Taken(
                    new FileLine(node.path(), node.facts(), content, dressing.of(node, line)),
                    packed < line.facts().size() ? Taken.How.DEFLATED_COPY : Taken.How.STORED_COPY);
        } catch (IOException e) {
            roll.drop();
            return null;
        }
    }

    private ZipEntryHead head(String name, Facts facts, SegmentEntry entry) {
        return ZipEntryHead.known(
                name, facts.time(), place.zone(), entry.method(), entry.crc(), entry.packed(), entry.size());
    }

    private Taken without(Node node) {
        roll.drop();
        return new Taken(FileLine.of(node), Taken.How.LISTED);
    }

    private Taken kept(Node node, Copy copy, Extras extras, boolean steady) {
        var content = new FileLine.Content(copy.sha256(), place.set(), node.entry(), roll.keep());
        return new Taken(
                new FileLine(node.path(), node.facts(), content, extras), steady ? copy.how() : Taken.How.UNSTEADY);
    }

    private Copy copy(String entry, Facts facts, InputStream in) throws IOException {
        var length = fill(in, Math.min(facts.size(), block.length));
        return length < block.length ? small(entry, facts, length) : large(entry, facts, in, length);
    }

    private Copy small(String entry, Facts facts, int length) {
        var digest = Hashes.digest();
        digest.update(block, 0, length);
        var packed = compressor.whole(block, length);
        var stored = packed < 0;
        var head = ZipEntryHead.known(
                entry,
                facts.time(),
                place.zone(),
                stored ? ZipEntryHead.STORED : ZipEntryHead.DEFLATED,
                crc(length),
                stored ? length : packed,
                length);
        roll.add(head, stored ? block : compressor.packed(), stored ? length : packed);
        return new Copy(length, Hashes.hex(digest.digest()), stored ? Taken.How.STORED : Taken.How.DEFLATED);
    }

    private long crc(int length) {
        var crc = new CRC32();
        crc.update(block, 0, length);
        return crc.getValue();
    }

    /** Piece by piece, if it does not fit into one segment. What does not compress is wrapped in deflate's own frames. */
    private Copy large(String entry, Facts facts, InputStream in, int first) throws IOException {
        var digest = Hashes.digest();
        var stream = compressor.stream(block, first);
        var size = 0L;
        var length = first;
        for (var piece = 0; length > 0; piece++) {
            var head = ZipEntryHead.streamed(FileLine.Content.pieceName(entry, piece), facts.time(), place.zone());
            var out = roll.begin(head, Math.max(facts.size() - size, length));
            var crc = new CRC32();
            var inPiece = 0L;
            do {
                digest.update(block, 0, length);
                crc.update(block, 0, length);
                stream.write(block, length, out::write);
                inPiece += length;
                length = fill(in, block.length);
            } while (length > 0 && !out.isFull() && inPiece < place.limits().bytes());
            stream.end(out::write);
            out.end(crc.getValue(), inPiece);
            size += inPiece;
        }
        return new Copy(size, Hashes.hex(digest.digest()), stream.compresses() ? Taken.How.DEFLATED : Taken.How.STORED);
    }

    /** A small file is not read beyond the size that it had: whether it grew is looked at afterwards anyway. */
    private int fill(InputStream in, long most) throws IOException {
        var length = in.readNBytes(block, 0, (int) most);
        place.onRead().accept(length);
        return length;
    }

    /** Closes the last segment and names all. */
    List<Artefact> finish() {
        return roll.finish();
    }

    @Override
    public void close() {
        compressor.close();
        roll.close();
    }
}
