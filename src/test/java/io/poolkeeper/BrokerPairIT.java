// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two brokers with one store, as processes: one has it, the other waits and takes over. */
@ExtendWith(Matrix.class)
class BrokerPairIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<ProductProcess> started = new ArrayList<>();
    private BrokerSite site;
    private Path secondFile;
    private int secondPort;

    @BeforeEach
    void describeBoth() throws IOException {
        site = BrokerSite.in(folder);
        secondPort = freePort();
        Files.writeString(
                site.file,
                Files.readString(site.file)
                        .replace("localhost:" + site.port, "localhost:" + site.port + ",ssl://localhost:" + secondPort)
                        .replace("  serve:\n", "  serve:\n    dir: first\n    store: shared\n"));
        secondFile = Files.writeString(
                folder.resolve("second.yaml"),
                Files.readString(site.file)
                        .replace("127.0.0.1:" + site.port, "127.0.0.1:" + secondPort)
                        .replace("127.0.0.1:" + site.amqp, "127.0.0.1:" + freePort())
                        .replace("dir: first", "dir: second"));
    }

    @AfterEach
    void stop() {
        started.forEach(ProductProcess::close);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    @Case(value = "one of two brokers dies or loses the lock", holds = "the other takes over; exit 0")
    void theSecondTakesOverFromAKilledOneInTheMiddleOfARun() throws Exception {
        var first = keep(site.start("broker"));
        waitFor(first, "listens on");
        var second = keep(site.startAnother(ProductProcess.LAUNCHER, secondFile, "broker"));
        waitFor(second, "another broker has " + folder.resolve("shared"));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), secondPort).close())
                .isInstanceOf(IOException.class);
        waitFor(keep(site.start("serve")), "serving far");
        waitFor(keep(site.start("worker", "--name", "files")), "takes steps");
        site.closeGate();
        var backup = keep(site.start("backup", "gated", "--json"));
        Awaitility.await().atMost(BOUND).until(site::isGateReached);

        first.kill();
        waitFor(second, "listens on");
        site.openGate();

        assertThat(backup.await(BOUND)).as(backup.err()).isZero();
        var summary = last(backup);
        assertThat(summary.path("expected").asInt()).isEqualTo(1);
        assertThat(summary.path("ok").asInt()).isEqualTo(1);
        assertThat(new Vault(folder.resolve("vault/far")).sets())
                .containsExactly(summary.path("set").asText());

        givesWayWhenItsStoreIsTaken(second);
    }

    /** As a network file system does that gave the lock to somebody else. */
    private void givesWayWhenItsStoreIsTaken(ProductProcess second) throws Exception {
        var first = keep(site.start("broker"));
        waitFor(first, "another broker has");

        Files.setLastModifiedTime(
                folder.resolve("shared/lock"), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(second.await(BOUND)).isEqualTo(70);
        assertThat(second.err()).contains("the broker stopped", "HINT: ");
        waitFor(first, "listens on");
        var backup = keep(site.start("backup", "gated", "--json"));
        assertThat(backup.await(BOUND)).as(backup.err()).isZero();
    }

    @Test
    @Case(value = "a second broker wants the first one's store", holds = "it does not start, and says why")
    void withoutASharedStoreTheSecondIsRefused() throws Exception {
        Files.writeString(site.file, Files.readString(site.file).replace("    store: shared\n", ""));
        Files.writeString(
                secondFile,
                Files.readString(secondFile).replace("    store: shared\n", "").replace("dir: second", "dir: first"));
        waitFor(keep(site.start("broker")), "listens on");

        var second = keep(site.startAnother(ProductProcess.LAUNCHER, secondFile, "broker"));

        assertThat(second.await(BOUND)).isEqualTo(16);
        assertThat(second.err()).contains("could not be locked", "HINT: is its port or its folder taken?");
    }

    private ProductProcess keep(ProductProcess process) {
        started.add(process);
        return process;
    }

    private static void waitFor(ProductProcess process, String said) {
        Awaitility.await(said).atMost(BOUND).until(() -> process.out().contains(said));
    }

    private static JsonNode last(ProductProcess process) {
        var lines = process.lines();
        return lines.get(lines.size() - 1);
    }
}
