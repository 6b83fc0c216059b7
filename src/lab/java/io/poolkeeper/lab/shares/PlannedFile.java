// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.shares;

import java.time.Instant;

/**
 * One file to be written.
 *
 * @param path relative to the share's folder, with slashes
 * @param size in bytes
 * @param text whether it compresses
 * @param modified when the site's users last changed it, whole milliseconds
 * @param seed decides its bytes
 */
record PlannedFile(String path, int size, boolean text, Instant modified, long seed) {}
