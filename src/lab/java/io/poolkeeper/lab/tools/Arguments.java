// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A command line of slashes and colons: {@code /name:value}, names in any case. The first colon ends the name, so that values may
 * be paths.
 */
final class Arguments {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Reads the command line.
     *
     * @throws Refused if an argument does not begin with a slash or comes twice
     */
    Arguments(List<String> arguments) {
        for (var argument : arguments) {
            if (!argument.startsWith("/") || argument.length() == 1) {
                throw new Refused("Invalid parameter '" + argument + "'.");
            }
            var colon = argument.indexOf(':');
            var name = (colon < 0 ? argument : argument.substring(0, colon))
                    .substring(1)
                    .toLowerCase(Locale.ROOT);
            if (values.put(name, colon < 0 ? "" : argument.substring(colon + 1)) != null) {
                throw new Refused("Parameter '/" + name + "' is specified more than once.");
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The value, or empty text if the parameter is missing or has none. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** The value of a parameter that must be there. */
    String required(String name) {
        var value = get(name);
        if (value.isEmpty()) {
            throw new Refused("Required parameter '/" + name + "' is missing.");
        }
        return value;
    }

    /** The value as a file that can be made: its folder must be there. */
    Path newFile(String name) {
        var file = Path.of(required(name));
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Refused("Cannot create file '" + file + "': the folder does not exist.");
        }
        return file;
    }

    /** Refuses parameters that the tool does not know. */
    void allowOnly(String... known) {
        for (var name : values.keySet()) {
            if (!Arrays.asList(known).contains(name)) {
                throw new Refused("Unknown parameter '/" + name + "'.");
            }
        }
    }
}
