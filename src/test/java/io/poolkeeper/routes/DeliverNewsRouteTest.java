// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.run.Outbox.News;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class DeliverNewsRouteTest extends RouteTest {
    private final Outbox outbox = new Outbox(story);
    private final Outside smtp = new Outside(story, answers);
    private final Outside https = new Outside(story, answers);

    /** Has one piece of news for Teams between two e-mails. */
    public static final class Outbox {
        private final List<String> story;
        private List<News> due = List.of(news(1, "email"), news(2, "teams"), news(3, "email"));

        Outbox(List<String> story) {
            this.story = story;
        }

        private static News news(long id, String channel) {
            return new News(id, "run-1", channel, "{}", 0, null);
        }

        public List<News> due() {
            return due;
        }

        public void sent(long id) {
            story.add("told " + id);
        }
    }

    /** Makes short messages, and takes any status of the webhook but 202 for a refusal. */
    public static final class Channels {
        private final List<String> story;

        Channels(List<String> story) {
            this.story = story;
        }

        public void email(Exchange exchange) {
            exchange.getMessage().setBody("an e-mail");
        }

        public void teams(Exchange exchange) {
            exchange.getMessage().setBody("a card");
        }

        public void judge(Exchange exchange) {
            if (!Integer.valueOf(202).equals(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))) {
                throw new IllegalStateException("the webhook refused it");
            }
        }

        public void failed(News news, Exception error) {
            story.add("keep " + news.id() + ": " + error.getMessage());
        }
    }

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/deliver-news");
    }

    @Override
    Map<String, Object> beans() {
        answers.put("workflows.invalid", exchange -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202));
        return Map.of(
                "outbox", outbox,
                "channels", new Channels(story),
                "parking", new Parking(story),
                "smtp", smtp,
                "https", https);
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of(
                "poolkeeper.outbox.period", "1000",
                "poolkeeper.mail.host", "mail.example.com",
                "poolkeeper.mail.port", "25",
                "poolkeeper.mail.from", "poolkeeper@example.com",
                "poolkeeper.mail.to", "ops@example.com");
    }

    @Test
    void tellsEachPieceOfNewsOnItsChannelAndNotesIt() throws Exception {
        fire("deliver-news");

        assertThat(story)
                .containsExactly(
                        "to mail.example.com:25",
                        "told 1",
                        "to workflows.invalid",
                        "told 2",
                        "to mail.example.com:25",
                        "told 3");
        assertThat(https.bodies("workflows.invalid")).containsExactly("a card");
        assertThat(smtp.sent("mail.example.com:25").get(0).options())
                .containsEntry("from", "poolkeeper@example.com")
                .containsEntry("to", "ops@example.com");
    }

    @Test
    void keepsTheNewsOfAMailServerThatIsDownAndTellsTheOthers() throws Exception {
        answers.put("mail.example.com:25", exchange -> {
            throw new ConnectException("connection refused");
        });

        fire("deliver-news");

        assertThat(story)
                .containsExactly(
                        "to mail.example.com:25",
                        "keep 1: connection refused",
                        "to workflows.invalid",
                        "told 2",
                        "to mail.example.com:25",
                        "keep 3: connection refused");
    }

    @Test
    void keepsTheNewsThatTheWebhookRefused() throws Exception {
        answers.put("workflows.invalid", exchange -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 429));

        fire("deliver-news");

        assertThat(story)
                .contains("keep 2: the webhook refused it", "told 1", "told 3")
                .doesNotContain("told 2");
    }

    @Test
    void sendsNothingWhenThereIsNoNews() throws Exception {
        outbox.due = List.of();

        fire("deliver-news");

        assertThat(story).isEmpty();
    }
}
