// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import java.util.List;
import java.util.Map;

/**
 * What a folder holds.
 *
 * @param names in any order
 * @param facts of those names of which the listing tells them; the others are to be looked at one by one
 */
record Listing(List<String> names, Map<String, Facts> facts) {}
