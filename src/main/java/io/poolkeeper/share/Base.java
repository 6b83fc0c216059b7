// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a capture compares with.
 *
 * @param level what can be taken: full where there is nothing to compare with
 * @param set the base; null for a full capture
 * @param warnings what is wrong with the base that was named, so that it is full
 * @param promoted why it is full although nothing is wrong; null if it is what was asked
 * @param allRead when all files were read, if what did not change is only copied now; null if it is not copied
 */
record Base(
        Previous previous,
        Level level,
        @Nullable String set,
        List<String> warnings,
        @Nullable String promoted,
        @Nullable Instant allRead)
        implements AutoCloseable {
    /** A restore reads each set of a chain. */
    private static final int DEEPEST = 7;

    /** Times of files can lie: so often all of them are read whatever they say. */
    private static final Duration READ_ALL = Duration.ofDays(30);

    private static final String ALL_READ = "allRead";

    /** Opens the list of the set that a step names, if that list is whole. */
    static Base open(Vault vault, Step step, Instant now) {
        if (step.level() == Level.FULL || step.base() == null) {
            return full(List.of(), null);
        }
        try {
            var manifest = vault.manifest(step.base());
            var part = manifest.part(step.part())
                    .orElseThrow(() -> new MalformedDocument("the set holds nothing of " + step.part()));
            var chain = StoredChain.of(new StoredPart(vault, vault.set(step.base()), manifest, part));
            var allRead = allRead(chain.get(0).part());
            if (allRead != null && Duration.between(allRead, now).compareTo(READ_ALL) >= 0) {
                return full(
                        List.of(), "all files are read every " + READ_ALL.toDays() + " days, because times can lie");
            }
            var previous = new Previous(new FileListReader(FileList.checked(vault.set(step.base()), part)));
            return chain.size() < DEEPEST
                    ? new Base(previous, Level.INCREMENTAL, step.base(), List.of(), null, null)
                    : synthetic(previous, chain.size(), allRead);
        } catch (IOException | MalformedDocument | StoredChain.Broken e) {
            var why = e instanceof IOException io ? Faults.text(io) : e.getMessage();
            return full(
                    List.of("a full copy was taken, because the list of set %s cannot be used: %s"
                            .formatted(step.base(), why)),
                    null);
        }
    }

    /** When all files were read for a full capture; null if its manifest does not say. */
    private static @Nullable Instant allRead(Manifest.Part full) {
        var copied = full.recorded() == null ? null : full.recorded().get(ALL_READ);
        return copied == null ? full.started() : Instant.parse(copied.asText());
    }

    private static Base synthetic(Previous previous, int depth, @Nullable Instant allRead) {
        var why = "the chain is " + depth + " sets deep; what did not change was copied from it";
        return new Base(previous, Level.FULL, null, List.of(), why, allRead == null ? Instant.EPOCH : allRead);
    }

    private static Base full(List<String> warnings, @Nullable String promoted) {
        return new Base(new Previous(null), Level.FULL, null, warnings, promoted, null);
    }

    /** Whether files that did not change are copied from where the vault holds them, so that nothing is needed of it. */
    boolean copies() {
        return allRead != null;
    }

    /** Adds to the record of a capture how it came about. */
    void tell(ObjectNode recorded) {
        if (promoted != null) {
            recorded.put("promoted", promoted);
        }
        if (allRead != null) {
            recorded.put(ALL_READ, allRead.toString());
        }
    }

    @Override
    public void close() {
        previous.close();
    }
}
