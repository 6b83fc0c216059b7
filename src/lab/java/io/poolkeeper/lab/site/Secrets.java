// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.site;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The secrets of one run of the lab: random, and other ones each time. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    /** Makes a secret for each name. */
    public static Secrets random(List<String> names) {
        var values = new LinkedHashMap<String, String>();
        for (var name : names) {
            var bytes = new byte[BYTES];
            RANDOM.nextBytes(bytes);
            values.put(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return new Secrets(values);
    }

    /** The secret of that name. */
    public String get(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** All secrets by name, for a search in what was written. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** Writes a file for a secret, readable by its owner alone and without a line end. */
    static void write(Path folder, String name, String value) throws IOException {
        OwnerOnly.write(folder.resolve(name), value);
    }

    /** Never prints them. */
    @Override
    public String toString() {
        return "Secrets" + values.keySet();
    }
}
