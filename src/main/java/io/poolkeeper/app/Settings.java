// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.schema.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;

/**
 * How the program runs: config/application.properties, each key overridable by a system property of the same name.
 *
 * @param heartbeat how often a worker tells that it lives
 * @param stepPause how long before a step is sent again after a passing fault
 * @param patience how long a message may be under way
 */
record Settings(Properties all, Duration heartbeat, Duration stepPause, Duration patience) {
    static Settings read() {
        var all = new Properties();
        try (var in = Files.newBufferedReader(Home.file("config/application.properties"))) {
            all.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.stringPropertyNames().stream()
                .filter(key -> System.getProperty(key) != null)
                .forEach(key -> all.setProperty(key, System.getProperty(key)));
        return new Settings(
                all,
                duration(all, "poolkeeper.heartbeat"),
                duration(all, "poolkeeper.step.pause"),
                duration(all, "poolkeeper.patience"));
    }

    /** How long a worker may be silent: three missed heartbeats. */
    Duration lease() {
        return heartbeat.multipliedBy(3);
    }

    private static Duration duration(Properties all, String key) {
        return Duration.parse(String.valueOf(all.getProperty(key)));
    }
}
