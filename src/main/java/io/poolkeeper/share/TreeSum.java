// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

/**
 * What a share amounts to; two shares with the same sum hold the same.
 *
 * @param bytes of all files together
 * @param sha256 over a line for each name, see {@link TreeDigest}
 */
record TreeSum(long files, long folders, long links, long bytes, String sha256) {}
