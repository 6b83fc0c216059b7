// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What vssadmin and diskshadow print about the shadow copy that they made: ids and devices are the same in every language. */
final class ShadowOutput {
    private static final String GUID = "\\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}}";
    private static final Pattern ID = Pattern.compile(GUID);
    private static final Pattern DEVICE =
            Pattern.compile("\\\\\\\\\\?\\\\GLOBALROOT\\\\Device\\\\HarddiskVolumeShadowCopy\\d+");

    private ShadowOutput() {}

    /** The id that {@code vssadmin create shadow} prints: the only one. */
    static Optional<String> id(String output) {
        return ID.matcher(output)
                .results()
                .findFirst()
                .map(found -> found.group().toLowerCase(Locale.ROOT));
    }

    /** The device that {@code vssadmin create shadow} prints. */
    static Optional<String> device(String output) {
        return DEVICE.matcher(output).results().findFirst().map(found -> found.group());
    }

    /** The id that {@code diskshadow} prints in the line of an alias; it prints others, of the set and of providers. */
    static Optional<String> id(String output, String alias) {
        return output.lines()
                .filter(line -> line.contains(alias) && !line.contains("VSS_SHADOW_SET"))
                .map(ID::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group().toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
