// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The identifiers that {@code wbadmin get versions} prints: {@code MM/DD/YYYY-HH:MM}, UTC, in every language. All else that it
 * prints is localised.
 */
final class ImageVersions {
    private static final Pattern LINE = Pattern.compile("(?m):\\s*(\\d{2}/\\d{2}/\\d{4}-\\d{2}:\\d{2})\\s*$");
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("MM/dd/uuuu-HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private ImageVersions() {}

    /** The identifiers in an output; what is written like one and is no time is none. */
    static Set<String> in(String output) {
        var found = new TreeSet<String>();
        LINE.matcher(output)
                .results()
                .map(match -> match.group(1))
                .filter(ImageVersions::isTime)
                .forEach(found::add);
        return found;
    }

    private static boolean isTime(String version) {
        try {
            instant(version);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** When an image was begun, to the minute. */
    static Instant instant(String version) {
        return LocalDateTime.parse(version, FORM).toInstant(ZoneOffset.UTC);
    }
}
