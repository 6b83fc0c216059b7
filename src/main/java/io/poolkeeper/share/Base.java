// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
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
 */
record Base(
        Previous previous,
        Level level,
        @Nullable String set,
        List<String> warnings,
        @Nullable String promoted) implements AutoCloseable {
    /** A restore reads each set of a chain. */
    private static final int DEEPEST = 7;

    /** Times of files can lie: so often all of them are read whatever they say. */
    private static final Duration READ_ALL = Duration.ofDays(30);

    /** Opens the list of the set that a step names, if that list is whole. */
    static Base open(Vault vault, Step step, Instant now) {
        if (step.level() == Level.FULL || step.base() == null) {
            return full(List.of());
        }
        try {
            var manifest = vault.manifest(step.base());
            var part = manifest.part(step.part())
                    .orElseThrow(() -> new MalformedDocument("the set holds nothing of " + step.part()));
            var chain = StoredChain.of(new StoredPart(vault, vault.set(step.base()), manifest, part));
            var due = due(chain, now);
            if (due != null) {
                return new Base(new Previous(null), Level.FULL, null, List.of(), due);
            }
            var list = FileList.checked(vault.set(step.base()), part);
            return new Base(new Previous(new FileListReader(list)), Level.INCREMENTAL, step.base(), List.of(), null);
        } catch (IOException | MalformedDocument | StoredChain.Broken e) {
            var why = e instanceof IOException io ? Faults.text(io) : e.getMessage();
            return full(List.of("a full copy was taken, because the list of set %s cannot be used: %s"
                    .formatted(step.base(), why)));
        }
    }

    /** Why it is time for a full capture; null if it is not. */
    private static @Nullable String due(List<StoredPart> chain, Instant now) {
        if (chain.size() >= DEEPEST) {
            return "the chain is " + chain.size() + " sets deep";
        }
        var began = chain.get(0).part().started();
        return began != null && Duration.between(began, now).compareTo(READ_ALL) >= 0
                ? "all files are read every " + READ_ALL.toDays() + " days, because times can lie"
                : null;
    }

    private static Base full(List<String> warnings) {
        return new Base(new Previous(null), Level.FULL, null, warnings, null);
    }

    @Override
    public void close() {
        previous.close();
    }
}
