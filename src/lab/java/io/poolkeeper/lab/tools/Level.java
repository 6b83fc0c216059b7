// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What settings belong to. Global and pool may be exported together; machine stands alone. */
public enum Level {
    /** The forest: lives in the directory. */
    GLOBAL,
    /** A pool: lives in RTCConfig. */
    POOL,
    /** A server: lives in the WMI repository of the machine. */
    MACHINE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<Level> parse(String value) {
        var levels = new ArrayList<Level>();
        for (var name : value.split(",", -1)) {
            levels.add(of(name.strip()));
        }
        if (levels.contains(MACHINE) && levels.size() > 1) {
            throw new Refused("The value '" + value + "' of '/level' is not valid: machine cannot be combined.");
        }
        return levels;
    }

    private static Level of(String name) {
        for (var level : values()) {
            if (level.key().equalsIgnoreCase(name)) {
                return level;
            }
        }
        throw new Refused("The value '" + name + "' of '/level' is not valid. Use global, pool or machine.");
    }
}
