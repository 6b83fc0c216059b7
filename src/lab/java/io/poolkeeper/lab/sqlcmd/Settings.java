// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sqlcmd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/** What the lab told this program to be like: sqlcmd.properties in its folder, read anew at each start. */
final class Settings {
    private final Properties properties = new Properties();

    Settings(Path folder) throws IOException {
        var file = folder.resolve("sqlcmd.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
    }

    Language language() {
        return Language.valueOf(properties.getProperty("language", "english").toUpperCase(Locale.ROOT));
    }

    /** Where a server of -S really listens, {@code host,port}: what stands there may be one that only this client reaches. */
    String address(String server) {
        return properties.getProperty("server." + server, server);
    }

    /** Whether a message never arrives. */
    boolean swallows(int number) {
        return properties.getProperty("swallow", "").equals(Integer.toString(number));
    }
}
