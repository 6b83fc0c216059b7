// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The kill points of one process, as the test that lets it die sees them. */
record Kills(Path agent, Path folder) {
    /** As many as a clean run had when somebody last looked; to lower one is to say that the harness may see less. */
    private static final String BASELINE = "/reliability/kill-points.properties";

    /** For a process whose points are kept in a folder of its own. */
    static Kills in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Kills(KillWeave.jar(folder), folder);
    }

    /** Puts its points into a process that has started. */
    void attach(ProcessHandle process) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(process.pid()));
            try {
                machine.loadAgent(agent.toString(), folder.toString());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("kill points cannot be put into process " + process.pid() + ": " + e.getMessage(), e);
        }
    }

    /** From now on points are counted; at the k-th the process dies, at none if it is 0. */
    void arm(int k, String key) throws IOException {
        Files.deleteIfExists(folder.resolve(KillPoint.PASSED));
        var written = Files.writeString(folder.resolve("arming"), k + " " + key);
        Files.move(written, folder.resolve(KillPoint.ARMED), StandardCopyOption.ATOMIC_MOVE);
    }

    void disarm() throws IOException {
        Files.deleteIfExists(folder.resolve(KillPoint.ARMED));
    }

    /** What was passed since it was armed; prints how many, which may not be fewer than they were. */
    List<String> passed(String process) throws IOException {
        var points = passed();
        System.out.println("a clean run passes " + points.size() + " kill points in the " + process);
        assertThat(points.size())
                .as("kill points in the " + process + ", see src/test/resources" + BASELINE)
                .isGreaterThanOrEqualTo(baseline(process));
        return points;
    }

    private static int baseline(String process) throws IOException {
        var all = new Properties();
        try (var in =
                new java.io.InputStreamReader(Kills.class.getResourceAsStream(BASELINE), StandardCharsets.UTF_8)) {
            all.load(in);
        }
        return Integer.parseInt(all.getProperty(process.replace(' ', '-')));
    }

    /**
     * Waits until the process dies at the point that was ordered, or its run has ended before it came there: a run has a few
     * points more or fewer than the one before, because signs of life are points, too. Then points do not count any more.
     *
     * @param ended whether the run has ended
     * @return whether it died
     */
    boolean awaitDeath(ProcessHandle process, int k, Callable<Boolean> ended) throws IOException {
        Awaitility.await("it dies at point " + k)
                .atMost(Asked.BOUND)
                .ignoreExceptions() // of a question to a process that is dying
                .until(() -> !process.isAlive() || ended.call());
        disarm();
        if (passed().size() >= k) { // it came there just after its run had ended
            process.onExit()
                    .orTimeout(Asked.BOUND.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        return !process.isAlive();
    }

    private List<String> passed() throws IOException {
        return Files.readAllLines(folder.resolve(KillPoint.PASSED));
    }

    /** How far a test is that takes minutes. */
    static void tell(String process, int k, int points, boolean died, Duration after) {
        var what = died
                ? String.format(Locale.ROOT, "its run ended with 0, %.1f s after it was back", after.toMillis() / 1e3)
                : "not killed, its run ended before it came there";
        System.out.printf("point %d of %d in the %s: %s%n", k, points, process, what);
    }

    /** Each point with {@code POOLKEEPER_KILL=all}, which {@code ./verify --all} sets, else every 25th. */
    static int[] chosen(int points) {
        var each = "all".equals(System.getenv("POOLKEEPER_KILL")) ? 1 : 25;
        return IntStream.rangeClosed(1, points / each).map(n -> n * each).toArray();
    }
}
