// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.app.StateOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteCoordinatorTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "{\"run\": \"run-1\""})
    void isUnreachableIfItDiesWithinItsAnswer(String told) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var dying = CompletableFuture.runAsync(() -> answer(server, told));
            var url = "http://127.0.0.1:" + server.getLocalPort();
            var coordinator = new RemoteCoordinator(new StateOwner.Card(url, "token", 1, Instant.EPOCH));

            assertThatThrownBy(() -> coordinator.status("run-1"))
                    .isInstanceOf(RemoteCoordinator.Unreachable.class)
                    .hasMessageContaining("the answer ended after " + told.length() + " of 500 bytes");
            dying.join();
        }
    }

    private static void answer(ServerSocket server, String told) {
        try (var socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + told)
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
