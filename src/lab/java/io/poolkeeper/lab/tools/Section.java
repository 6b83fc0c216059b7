// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.util.Map;

/**
 * One record of a store: an instance of a WMI class, or one user's data.
 *
 * @param type the class
 * @param key tells instances of a class apart; may be empty
 * @param values in the order in which they were written
 */
public record Section(String type, String key, Map<String, String> values) {}
