// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TestWork;
import io.poolkeeper.step.TransientFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
    @TempDir
    Path folder;

    private final Turns turns = new Turns();
    private SqlSource two;
    private SqlSource other;

    @BeforeEach
    void readSite() {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD.replace("    drill: drill-sql\n", "    drill: drill-sql\n    parallel: 2\n"));
        two = site.sql().get("ocs2007-rtc");
        other = site.sql().get("drill-sql");
    }

    @Test
    void letsNoMoreIntoAnInstanceThanTheSiteFileSays() throws InterruptedException {
        var pool = Executors.newFixedThreadPool(8);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var met = new CountDownLatch(2);
        for (var i = 0; i < 40; i++) {
            pool.execute(() -> turns.during(two, work(), () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                met.countDown();
                await(met); // nobody leaves before a second one is in: two at once do happen
                return inside.decrementAndGet();
            }));
        }
        pool.shutdown();

        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(most).hasValue(2);
    }

    @Test
    void letsTheNextInWhenTheWorkFails() {
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> turns.during(two, work(), () -> {
                        throw new TransientFault("the connection was lost", "look at the network");
                    }))
                    .hasMessage("the connection was lost");
        }
        assertThat(turns.during(two, work(), () -> "in")).isEqualTo("in");
    }

    @Test
    void keepsTheInstancesApart() {
        whileBusy(() -> assertThat(turns.during(other, work(), () -> "in")).isEqualTo("in"));
    }

    @Test
    void endsTheWaitingWhenTheRunIsCancelled() {
        var cancelled = work();
        cancelled.cancel();

        whileBusy(() -> assertThatThrownBy(() -> turns.during(two, cancelled, () -> "in"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("CANCELLED"));
    }

    @Test
    void waitsNoLongerThanTheStepMayTake() {
        var hurried = work().timeLeft(Duration.ofMillis(100));

        whileBusy(() -> assertThatThrownBy(() -> turns.during(two, hurried, () -> "in"))
                .isInstanceOf(TransientFault.class)
                .hasMessageContaining("waited in vain for a turn on sql.ocs2007-rtc: 2 at once are busy"));
    }

    /** Both turns of the instance are taken meanwhile. */
    private void whileBusy(Runnable check) {
        var release = new CountDownLatch(1);
        var taken = new CountDownLatch(2);
        var busy = java.util.stream.Stream.generate(() ->
                        CompletableFuture.runAsync(() -> turns.during(two, work(), () -> {
                            taken.countDown();
                            await(release);
                            return null;
                        })))
                .limit(2)
                .toList();
        await(taken);
        try {
            check.run();
        } finally {
            release.countDown();
            busy.forEach(CompletableFuture::join);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestWork work() {
        return new TestWork(folder, folder.resolve("attempt"), folder.resolve("sandbox"));
    }
}
