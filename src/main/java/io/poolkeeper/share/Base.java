// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import io.poolkeeper.step.Step;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a capture compares with.
 *
 * @param level what can be taken: full where there is nothing to compare with
 * @param set the base; null for a full capture
 * @param warnings why it is full although a base was named
 */
record Base(Previous previous, Level level, @Nullable String set, List<String> warnings) implements AutoCloseable {
    /** Opens the list of the set that a step names, if that list is whole. */
    static Base open(Vault vault, Step step) {
        if (step.level() == Level.FULL || step.base() == null) {
            return full(List.of());
        }
        try {
            var part = vault.manifest(step.base())
                    .part(step.part())
                    .orElseThrow(() -> new MalformedDocument("the set holds nothing of " + step.part()));
            var list = FileList.checked(vault.set(step.base()), part);
            return new Base(new Previous(new FileListReader(list)), Level.INCREMENTAL, step.base(), List.of());
        } catch (IOException | MalformedDocument e) {
            var why = e instanceof IOException io ? Faults.text(io) : e.getMessage();
            return full(List.of("a full copy was taken, because the list of set %s cannot be used: %s"
                    .formatted(step.base(), why)));
        }
    }

    private static Base full(List<String> warnings) {
        return new Base(new Previous(null), Level.FULL, null, warnings);
    }

    @Override
    public void close() {
        previous.close();
    }
}
