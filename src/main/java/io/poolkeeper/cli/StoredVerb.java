// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the verbs share that run over what the vault holds. */
abstract class StoredVerb extends RunVerb {
    @Option(
            names = "--set",
            paramLabel = "SET",
            description = "A set's id, or 'latest': the newest that holds each part (default).")
    private String set = "latest";

    /** Null for the newest that holds each part. */
    @Nullable String set() {
        return set.equals("latest") ? null : set;
    }
}
