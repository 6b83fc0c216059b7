// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A command line of sqlcmd: a dash and one letter that knows case; a value follows at once or as the next argument. */
final class Options {
    private static final String FLAGS = "EbuWx";
    private static final String WITH_VALUE = "SUPVmliosdwhQt";

    /** Its value, if any, follows at once. */
    private static final String WITH_DIGIT = "r";

    private final Map<Character, String> values = new LinkedHashMap<>();

    /**
     * Reads it.
     *
     * @throws Refused if the real one would not take it
     */
    Options(List<String> arguments) {
        var left = arguments.iterator();
        while (left.hasNext()) {
            var argument = left.next();
            if (argument.length() < 2 || (argument.charAt(0) != '-' && argument.charAt(0) != '/')) {
                throw new Refused("Sqlcmd: '" + argument + "': Unexpected argument. Enter '-?' for help.");
            }
            var letter = argument.charAt(1);
            var rest = argument.substring(2);
            if (FLAGS.indexOf(letter) >= 0 && rest.isEmpty()) {
                values.put(letter, "");
            } else if (WITH_DIGIT.indexOf(letter) >= 0) {
                values.put(letter, rest.isEmpty() ? "0" : rest);
            } else if (WITH_VALUE.indexOf(letter) >= 0) {
                if (rest.isEmpty() && !left.hasNext()) {
                    throw new Refused("Sqlcmd: '-" + letter + "': Missing argument. Enter '-?' for help.");
                }
                values.put(letter, rest.isEmpty() ? left.next() : rest);
            } else {
                throw new Refused("Sqlcmd: '" + argument + "': Unknown Option. Enter '-?' for help.");
            }
        }
        if (has('E') && has('U')) {
            throw new Refused("Sqlcmd: The -E and the -U/-P options are mutually exclusive.");
        }
        if (has('i') == has('Q')) {
            throw new Refused(
                    "Sqlcmd: The -i and the -Q options are mutually exclusive, and one of them is needed here.");
        }
    }

    boolean has(char letter) {
        return values.containsKey(letter);
    }

    String text(char letter, String fallback) {
        return values.getOrDefault(letter, fallback);
    }

    int number(char letter, int fallback) {
        var text = values.get(letter);
        try {
            return text == null ? fallback : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refused("Sqlcmd: '-" + letter + " " + text + "': Unexpected argument. Enter '-?' for help.");
        }
    }
}
