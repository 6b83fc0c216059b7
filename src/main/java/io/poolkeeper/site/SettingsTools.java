// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import java.util.List;

/**
 * The product's own export tools, each a program with fixed first arguments.
 *
 * @param lcscmd empty if it is not configured
 * @param dbimpexp empty if it is not configured
 */
public record SettingsTools(List<String> lcscmd, List<String> dbimpexp) {}
