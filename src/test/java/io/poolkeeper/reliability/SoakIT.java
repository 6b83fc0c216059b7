// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.ProductProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many short runs, five at a time, while one process after the other is killed at a moment that a seed chose. {@code
 * POOLKEEPER_SOAK} says how many runs, {@code POOLKEEPER_SEED} which seed.
 */
@ExtendWith(Matrix.class)
class SoakIT {
    private static final int FEW = 5;
    private static final List<String> PLANS = List.of("nightly", "gated", "soak-1", "soak-2", "soak-3");

    /** About as long as the five runs take that are triggered at once. */
    private static final long LATEST_KILL_MS = 4000;

    @TempDir
    static Path folder;

    private static FarSite far;

    private final Map<String, Integer> exits = new TreeMap<>();
    private final Map<String, Integer> killed = new TreeMap<>();
    private final List<String> stuck = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        far = FarSite.in(folder, """
                  soak-1: {kind: backup, parts: ['share:here']}
                  soak-2: {kind: backup, parts: ['share:there']}
                  soak-3: {kind: backup, parts: ['share:here', 'share:there']}
                """);
        far.start("");
    }

    @AfterAll
    static void stop() throws IOException {
        if (far != null) {
            far.close();
        }
    }

    @Test
    @Case(value = "many short runs, random kills", holds = "0 stuck, 0 wrong counts")
    void leavesNoRunStuckAndNoCountWrong(Matrix.Seen seen) throws Exception {
        var runs = number("POOLKEEPER_SOAK", FEW);
        var seed = number("POOLKEEPER_SEED", System.nanoTime() & 0xffffff);
        var random = new Random(seed);
        for (var round = 0; round < runs / PLANS.size(); round++) {
            for (var plan : PLANS) {
                far.asked.trigger(plan, key(round, plan));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(LATEST_KILL_MS)));
            killOne(random.nextInt(4));
            for (var plan : PLANS) {
                judge(key(round, plan));
            }
            if (round % 10 == 9) {
                System.out.println("soak: " + told((round + 1L) * PLANS.size(), seed));
            }
        }
        var told = told(runs, seed) + " " + stuck + wrong;
        System.out.println("soak: " + told);
        assertThat(stuck).as(told).isEmpty();
        assertThat(wrong).as(told).isEmpty();
        far.asked.awaitNoLeftovers();
        seen.ended("0 and 0");
    }

    private String told(long runs, long seed) {
        return "%d runs, seed %d, killed %s, exits %s, %d stuck, %d wrong counts"
                .formatted(runs, seed, killed, exits, stuck.size(), wrong.size());
    }

    private static long number(String variable, long otherwise) {
        var said = System.getenv(variable);
        return said == null || said.isBlank() ? otherwise : Long.parseLong(said);
    }

    private static String key(int round, String plan) {
        return "soak-" + round + "-" + plan;
    }

    private void judge(String key) throws Exception {
        try {
            var summary = far.asked.ended(key);
            exits.merge(summary.path("exit").asText(), 1, Integer::sum);
            far.asked.judge(key, summary);
        } catch (ConditionTimeoutException e) {
            stuck.add(key + ": " + e.getMessage());
        } catch (AssertionError e) {
            wrong.add(key + ": " + e.getMessage());
        }
    }

    private void killOne(int which) throws Exception {
        switch (which) {
            case 0 -> {
                kill("broker", far.broker);
                far.broker = far.startBroker("");
            }
            case 1 -> {
                kill("coordinator", far.serve);
                far.serve = far.startServe("");
            }
            case 2 -> {
                kill("worker", far.first);
                far.first = far.startFirst("", Map.of());
            }
            default -> {
                kill("worker", far.second);
                far.second = far.startSecond("");
            }
        }
    }

    private void kill(String name, ProductProcess process) throws InterruptedException {
        killed.merge(name, 1, Integer::sum);
        process.close();
        process.await(Asked.BOUND);
    }
}
