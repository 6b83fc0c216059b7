// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Edition;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One share of a site: the part {@code share:<key>}.
 *
 * @param key of the site file, or made from the role for a default folder
 * @param role what it holds, in the catalogue's words
 * @param pool the pool it belongs to
 * @param edition that of the pool
 * @param worker the worker that reads it
 * @param path the folder as this host sees it; absent if it is reached by {@code url}, or if no installation was found
 * @param url {@code smb://host/share}; absent for a folder
 */
public record ShareFolder(
        String key,
        String role,
        Optional<String> pool,
        Edition edition,
        String worker,
        Optional<Path> path,
        Optional<String> url) {
    /** Why it cannot be read although the site file is in order; empty if {@link #path} or {@link #url} says where it is. */
    public Optional<String> obstacle() {
        return path.isPresent() || url.isPresent()
                ? Optional.empty()
                : Optional.of("no installation was found on this host; set installRoot of the server");
    }
}
