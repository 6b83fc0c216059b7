// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a process may be killed: before and after each call to the broker, the run store and the vault. Lives in the process
 * that is killed, put there by {@link KillAgent}.
 */
public final class KillPoint {
    /** What a process that SIGKILL ended answers. */
    static final int KILLED = 137;

    /** Of this process: where it finds its order and tells what it passed. */
    static final String FOLDER_PROPERTY = "poolkeeper.kill.folder";

    private static final Path FOLDER = Path.of(System.getProperty(FOLDER_PROPERTY));

    /** Holds the number of the point at which to die, 0 for none, and for which run; points count while it is there. */
    static final String ARMED = "armed";

    /** One line per point that was passed. */
    static final String PASSED = "passed";

    private static String order = "";
    private static int passed;

    private KillPoint() {}

    /** Called by the code that {@link KillAgent} weaves in. */
    public static synchronized void pass(String point) {
        try {
            var armed = Files.readString(FOLDER.resolve(ARMED));
            passed = armed.equals(order) ? passed + 1 : 1;
            order = armed;
            Files.writeString(
                    FOLDER.resolve(PASSED),
                    point + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (passed == Integer.parseInt(armed.substring(0, armed.indexOf(' ')))) {
                Runtime.getRuntime().halt(KILLED); // no hook, no finally, nothing flushed: as SIGKILL
            }
        } catch (NoSuchFileException e) {
            return; // not armed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
