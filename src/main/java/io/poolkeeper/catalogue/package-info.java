// SPDX-License-Identifier: Apache-2.0
/**
 * What a product keeps where, and how much it matters: data read from config/catalogue, and the words that data uses
 * (kind, disposition, method).
 *
 * <p>May import: nothing of ours. Must not import: any other package of ours.
 */
@NullMarked
package io.poolkeeper.catalogue;

import org.jspecify.annotations.NullMarked;
