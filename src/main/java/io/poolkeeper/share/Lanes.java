// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.step.Output.Artefact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * As many lanes as threads take files at the same time, so that a small share gets few segments. Thread-safe but for {@link
 * #finish} and {@link #close}.
 */
final class Lanes implements AutoCloseable {
    private final Lane.Place place;
    private final Path attemptFolder;
    private final String prefix;
    private final AtomicInteger segments = new AtomicInteger();
    private final Deque<Lane> idle = new ConcurrentLinkedDeque<>();
    private final Queue<Lane> all = new ConcurrentLinkedQueue<>();

    /**
     * Opens none yet.
     *
     * @param prefix path within the set up to the segments' numbers, e.g. {@code shares/updates/full}
     */
    Lanes(Lane.Place place, Path attemptFolder, String prefix) {
        this.place = place;
        this.attemptFolder = attemptFolder;
        this.prefix = prefix;
    }

    /** Takes one file, see {@link Lane#take}. */
    Taken take(Node node) {
        return with(lane -> lane.take(node));
    }

    /** Takes one file by copying it, see {@link Lane#copy}; if that is not possible, by reading it. */
    Taken copy(Node node, FileLine line, Dressing dressing, OpenSegments from) {
        return with(lane -> {
            var copied = lane.copy(node, line, dressing, from);
            return copied == null ? lane.take(node).insteadOfCopy() : copied;
        });
    }

    private Taken with(Function<Lane, Taken> work) {
        var lane = idle.poll();
        if (lane == null) {
            lane = new Lane(place, new SegmentRoll(this::segment));
            all.add(lane);
        }
        var taken = work.apply(lane);
        idle.push(lane);
        return taken;
    }

    private SegmentWriter segment() {
        var path = "%s-%04d.zip".formatted(prefix, segments.incrementAndGet());
        return new SegmentWriter(
                new ArtefactWriter(attemptFolder, path), path.substring(path.lastIndexOf('/') + 1), place.limits());
    }

    /**
     * Closes all segments and names them, in order.
     *
     * @throws io.poolkeeper.step.StepFault if the vault is full or fails
     */
    List<Artefact> finish() {
        var artefacts = new ArrayList<Artefact>();
        all.forEach(lane -> artefacts.addAll(lane.finish()));
        artefacts.sort(Comparator.comparing(Artefact::path));
        return artefacts;
    }

    @Override
    public void close() {
        all.forEach(Lane::close);
    }
}
