// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.CoordinatorApi;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.run.Workers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the REST interface lets in; the coordinator behind it notes what it is asked for. */
class RestServerTest {
    private static final String CANCEL = "POST /v1/runs/run-1/cancel";

    private final Asked asked = new Asked();
    private RestServer server;
    private URI url;

    /** A coordinator that does nothing. */
    private static final class Asked implements CoordinatorApi {
        private final List<String> story = new ArrayList<>();

        @Override
        public Accepted request(Request request) {
            story.add("request " + request.plan());
            return new Accepted.Started("run-1");
        }

        @Override
        public Optional<RunStatus> status(String run) {
            story.add("status " + run);
            return Optional.empty();
        }

        @Override
        public List<RunStatus> recent(int most) {
            story.add("recent");
            return List.of();
        }

        @Override
        public boolean cancel(String run) {
            story.add("cancel " + run);
            return true;
        }

        @Override
        public List<String> untold(String run) {
            return List.of();
        }

        @Override
        public List<Workers.Heard> workers() {
            return List.of();
        }
    }

    @BeforeEach
    @BeforeProperty
    void start() {
        server = RestServer.start(asked);
        url = URI.create(server.card().url());
    }

    @AfterEach
    @AfterProperty
    void stop() {
        server.close();
    }

    /** By a bare socket: HTTP clients will not send a false Host. */
    private int status(String line, String body, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.setSoTimeout(10_000);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            var head = line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nContent-Length: " + bytes.length
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(bytes);
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring(9));
        }
    }

    private String host() {
        return "Host: 127.0.0.1:" + url.getPort();
    }

    private String token() {
        return "Authorization: Bearer " + server.card().token();
    }

    @Test
    void obeysWhoHasTheTokenAndNamesItAsItIs() throws IOException {
        assertThat(status(CANCEL, "", host(), token())).isEqualTo(200);
        assertThat(status(CANCEL, "", "Host: localhost:" + url.getPort(), token()))
                .isEqualTo(200);
        assertThat(asked.story).containsExactly("cancel run-1", "cancel run-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X: y", "Authorization: Bearer ", "Authorization: Bearer null", "Authorization: Basic YTpi"})
    void refusesWhoHasNoToken(String header) throws IOException {
        assertThat(status(CANCEL, "", host(), header)).isEqualTo(403);
        assertThat(status("GET /v1/runs", "", host(), header)).isEqualTo(403);
        assertThat(asked.story).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example.com", "evil.example.com:%d", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.nip.io:%d"})
    void refusesANameThatAStrangerLetPointHere(String name) throws IOException {
        var host = "Host: " + name.replace("%d", String.valueOf(url.getPort()));

        assertThat(status(CANCEL, "", host, token())).isEqualTo(403);
        assertThat(asked.story).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example.com", "null", "http://127.0.0.1"})
    void refusesAWebPage(String origin) throws IOException {
        assertThat(status(CANCEL, "", host(), token(), "Origin: " + origin)).isEqualTo(403);
        assertThat(asked.story).isEmpty();
    }

    @Test
    void readsNoMoreThanAMegabyte() throws IOException {
        assertThat(status("POST /v1/runs", "x".repeat((1 << 20) + 1), host(), token()))
                .isEqualTo(413);
        assertThat(asked.story).isEmpty();
    }

    @Test
    void answersOnLoopbackAlone() {
        assertThat(url.getHost()).isEqualTo("127.0.0.1");
    }

    @Property(tries = 100)
    void refusesABodyThatAsksForNothingKnown(@ForAll @StringLength(max = 300) String body) throws IOException {
        assertThat(status("POST /v1/runs", body, host(), token())).isEqualTo(400);
        assertThat(status(
                        "POST /v1/runs",
                        "{\"kind\": \"" + body.replaceAll("[\"\\\\\\p{Cc}]", "") + "\"}",
                        host(),
                        token()))
                .isEqualTo(400);
        assertThat(asked.story).isEmpty();
    }

    @Property(tries = 100)
    void answersAnyPath(@ForAll @StringLength(max = 60) String path) throws IOException {
        var encoded = java.net.URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/");

        assertThat(status("GET /" + encoded, "", host(), token())).isIn(200, 404);
        assertThat(status("GET /v1/runs/" + encoded, "", host(), token())).isIn(200, 404);
    }
}
