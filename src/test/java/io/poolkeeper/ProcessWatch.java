// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the command lines and environments of all processes of a Linux system, many times a second until it is closed.
 *
 * <p>The environment of Poolkeeper's own process is apart: a secret that the site file fetches by {@code env:} stands there,
 * because an administrator put it there.
 */
final class ProcessWatch implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final String PRODUCT = "io.poolkeeper.cli.Poolkeeper";

    /** Between fork and exec the JDK's helper still has the environment of the process that starts another. */
    private static final String HELPER = "jspawnhelper";

    private final SecretSearch search;
    private final Set<String> found = new ConcurrentSkipListSet<>();
    private final Set<String> inProduct = new ConcurrentSkipListSet<>();
    private final Set<String> commands = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean closed;

    private ProcessWatch(SecretSearch search) {
        this.search = search;
        this.thread = new Thread(this::watch, "process-watch");
        thread.setDaemon(true);
    }

    static ProcessWatch start(SecretSearch search) {
        var watch = new ProcessWatch(search);
        watch.thread.start();
        return watch;
    }

    /** Secrets in command lines and in the environments of other processes. */
    Set<String> found() {
        return found;
    }

    /** Secrets in the environment of Poolkeeper itself. */
    Set<String> inProduct() {
        return inProduct;
    }

    /** The command lines that were seen of what this test's Poolkeeper started. */
    Set<String> commands() {
        return commands;
    }

    private void watch() {
        while (!closed) {
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> read(process, "cmdline").contains(PRODUCT))
                    .forEach(this::lookAtProduct);
            ProcessHandle.allProcesses().forEach(this::lookAtCommandLine);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void lookAtCommandLine(ProcessHandle process) {
        var command = read(process, "cmdline");
        for (var secret : search.in(bytes(command))) {
            found.add("command line of " + command + ": " + secret);
        }
    }

    private void lookAtProduct(ProcessHandle product) {
        inProduct.addAll(search.in(bytes(read(product, "environ"))));
        product.descendants().forEach(process -> {
            var command =
                    read(process, "cmdline"); // first, so that an environment is never taken for a later program's
            if (!command.contains(PRODUCT) && !command.contains(HELPER)) {
                commands.add(command);
                for (var secret : search.in(bytes(read(process, "environ")))) {
                    found.add("environment of " + command + ": " + secret);
                }
            }
        });
    }

    /** As they were read. */
    private static byte[] bytes(String read) {
        return read.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String read(ProcessHandle process, String what) {
        try {
            return Files.readString(PROC.resolve(process.pid() + "/" + what), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it ended, or is another user's
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
