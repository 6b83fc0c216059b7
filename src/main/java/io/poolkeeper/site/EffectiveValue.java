// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import org.jspecify.annotations.Nullable;

/**
 * One value that is in force, for {@code config show}.
 *
 * @param key dotted path, e.g. {@code sql.ocs2007-rtc.parallel}
 * @param value as text; eight asterisks for a secret
 * @param origin file and line, or {@code default}
 * @param reference where a secret is fetched from; null for anything else
 */
public record EffectiveValue(
        String key, String value, String origin, @Nullable String reference) {}
