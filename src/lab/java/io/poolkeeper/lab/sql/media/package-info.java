// SPDX-License-Identifier: Apache-2.0
/**
 * Backup files: the lab's own stand-in for Microsoft Tape Format. A file holds one label and any number of sets; each
 * set has a header and its content in pages of 8 KB, each with room for a checksum. Knows nothing of databases.
 *
 * <pre>
 * block 0        label: magic, length, record, CRC-32C of the block
 * block n        set header: the same, rewritten when the set is complete
 * blocks n+1...  pages: 8188 bytes of content, CRC-32C of the page's number and content (0 without checksums)
 * </pre>
 */
package io.poolkeeper.lab.sql.media;
