// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import java.nio.file.Path;
import java.util.List;

/**
 * One file share of the site.
 *
 * @param role what OCS keeps in it, also its key under {@code shares:} in the site file
 * @param folders where it lies, relative to the lab's folder; update files have two in a Standard Edition
 */
public record Share(ShareRole role, List<Path> folders) {
    /** The key in the site file, and the part's name. */
    public String key() {
        return role.key();
    }
}
