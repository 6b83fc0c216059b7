// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an attention does, at each moment at which it can come. */
@Timeout(20)
class RequestsTest {
    private static final TdsMessage REQUEST = new TdsMessage(PacketType.BATCH, false, false, new byte[0]);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Requests requests = new Requests(
            request -> {
                events.add("begin");
                await(interrupted);
                events.add("end");
            },
            () -> events.add("arm"),
            () -> {
                events.add("interrupt");
                interrupted.countDown();
            },
            () -> events.add("acknowledge"));

    private Thread worker;

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void prepare() {
        worker = new Thread(() -> {
            try {
                requests.work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        worker.setDaemon(true);
    }

    @AfterEach
    void end() throws InterruptedException {
        requests.close();
        interrupted.countDown();
        worker.join();
    }

    @Test
    void acknowledgesAnAttentionAtOnceWhenNothingRuns() {
        requests.attention();

        assertThat(events).containsExactly("acknowledge");
    }

    @Test
    void acknowledgesAnAttentionAfterTheResponseThatItInterrupts() {
        worker.start();
        requests.submit(REQUEST);
        Awaitility.await().until(() -> events.contains("begin"));

        requests.attention();

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(events).containsExactly("arm", "begin", "interrupt", "end", "acknowledge"));
    }

    @Test
    void interruptsARequestThatHasNotYetBegun() {
        requests.submit(REQUEST);
        requests.attention();
        worker.start();

        Awaitility.await()
                .untilAsserted(() -> assertThat(events)
                        .containsExactly("interrupt", "arm", "interrupt", "begin", "end", "acknowledge"));
    }
}
