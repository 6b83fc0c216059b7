// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTeamsTest {
    private static final String CARD = """
            {"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,
             "content":{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"%s"}]}}]}
            """;

    @TempDir
    private Path folder;

    private LabTeams teams;

    @BeforeEach
    void start() throws IOException {
        teams = LabTeams.start(folder, "1f2e", "s3cret");
    }

    @AfterEach
    void stop() {
        teams.close();
    }

    @Test
    void acceptsACardWithAnEmptyAnswerAndKeepsIt() throws IOException, InterruptedException {
        var card = CARD.formatted("OK");
        var answer = post(teams.url(), card);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(Files.readString(folder.resolve("0001.json"))).isEqualTo(card);
    }

    @Test
    void refusesAWrongSignature() throws IOException, InterruptedException {
        assertThat(post(teams.url() + "x", CARD.formatted("OK")).statusCode()).isEqualTo(401);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAQueryThatWasEncodedAnew() throws IOException, InterruptedException {
        assertThat(post(teams.url().replace("%2F", "/"), CARD.formatted("OK")).statusCode())
                .isEqualTo(401);
        assertThat(post(teams.url().replace("%2F", "%252F"), CARD.formatted("OK"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void refusesABodyThatIsNoCard() throws IOException, InterruptedException {
        for (var body : new String[] {
            "",
            "not json",
            "{\"text\":\"legacy\"}",
            "{\"type\":\"message\",\"attachments\":[]}",
            CARD.formatted("OK").replace("1.4", "1.5"),
            CARD.formatted("OK").replace("card.adaptive", "card.hero")
        }) {
            assertThat(post(teams.url(), body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void refusesMoreThan28Kilobytes() throws IOException, InterruptedException {
        assertThat(post(teams.url(), CARD.formatted("x".repeat(28 * 1024))).statusCode())
                .isEqualTo(413);
    }

    @Test
    void knowsNoOtherWorkflow() throws IOException, InterruptedException {
        assertThat(post(teams.url().replace("1f2e", "1f2f"), CARD.formatted("OK"))
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> post(String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
