// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Programs that a test needs and that may be missing here. Then the test is skipped and says why; but it fails where the
 * environment variable POOLKEEPER_REQUIRE, a list with commas, promises the program.
 */
public final class Needed {
    private static final Map<List<String>, Boolean> KNOWN = new ConcurrentHashMap<>();

    private Needed() {}

    /** Goes on only if a command ends with 0. */
    public static void works(String name, String hint, String... command) {
        if (!ends(command)) {
            missing(name, "no " + name + " here: `" + String.join(" ", command) + "` does not work. HINT: " + hint);
        }
    }

    /** The first of some commands that ends with 0. */
    public static List<String> firstThatWorks(
            String name, String hint, List<List<String>> commands, String... arguments) {
        for (var command : commands) {
            var whole = new ArrayList<>(command);
            whole.addAll(List.of(arguments));
            if (ends(whole.toArray(String[]::new))) {
                return command;
            }
        }
        missing(name, "no " + name + " here. HINT: " + hint);
        throw new AssertionError("unreachable");
    }

    /** Asked once for all tests. */
    private static boolean ends(String... command) {
        return KNOWN.computeIfAbsent(List.of(command), Needed::run);
    }

    private static boolean run(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void missing(String name, String reason) {
        var promised = System.getenv().getOrDefault("POOLKEEPER_REQUIRE", "");
        if (Set.of(promised.split(",", -1)).contains(name)) {
            fail(reason);
        }
        throw new TestAbortedException(reason);
    }
}
