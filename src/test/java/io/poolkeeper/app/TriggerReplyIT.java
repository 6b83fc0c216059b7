// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.plan.Planner;
import io.poolkeeper.reliability.Case;
import io.poolkeeper.reliability.Matrix;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.SiteFile;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for a run with a message is answered on a temporary queue of his own, and nowhere else. Over the real broker. */
@ExtendWith(Matrix.class)
class TriggerReplyIT {
    private static final long PATIENCE = Duration.ofSeconds(30).toMillis();

    @TempDir
    Path folder;

    private StateOwner owner;
    private Coordinator coordinator;
    private ActiveMQConnection connection;
    private Session session;

    @BeforeEach
    void start() throws IOException, JMSException {
        var file = Files.writeString(folder.resolve("site.yaml"), """
                site: replies
                product: ocs-2007-r2
                state: {dir: state}
                vault: {path: vault}
                pools:
                  - {name: ocs2007, edition: standard, servers: [{fqdn: ocs2007.example.com, roles: [standard-edition]}]}
                plans:
                  nightly: {kind: backup}
                """);
        var site = SiteFile.read(file);
        owner = StateOwner.take(site.state().dir()).orElseThrow();
        coordinator = Coordinator.start(site, new Coordinator.Options(false, new Planner(), Clock.systemUTC()));
        connection = (ActiveMQConnection) new ActiveMQConnectionFactory(EmbeddedBroker.URL).createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @AfterEach
    void stop() throws JMSException {
        connection.close();
        coordinator.close();
        owner.close();
    }

    @Test
    @Case(value = "one trigger is sent twice", holds = "one run, told twice")
    void tellsTheRunOnATemporaryQueueAndTheSameRunForTheSameKey() throws JMSException {
        var mine = session.createTemporaryQueue();
        var answers = session.createConsumer(mine);

        var question = ask("monday", mine, null);
        var first = answer(answers);
        ask("monday", mine, "my-own-id");
        var second = answer(answers);

        var run = coordinator.recent(1).get(0).run();
        assertThat(json(first).path("answer").asText()).isEqualTo("started");
        assertThat(json(first).path("run").asText()).isEqualTo(run);
        assertThat(first.getJMSCorrelationID()).isEqualTo(question.getJMSMessageID());
        assertThat(json(second).path("answer").asText()).isEqualTo("known");
        assertThat(json(second).path("run").asText()).isEqualTo(run);
        assertThat(second.getJMSCorrelationID()).isEqualTo("my-own-id");
    }

    @Test
    void neverWritesIntoAQueueWithAName() throws JMSException {
        var named = session.createQueue("payroll.orders");
        var answers = session.createConsumer(named);
        var mine = session.createTemporaryQueue();

        ask("tuesday", named, null);
        var run = awaitRun();
        ask("tuesday", mine, null);

        assertThat(json(answer(session.createConsumer(mine))).path("run").asText())
                .isEqualTo(run.run());
        assertThat(answers.receiveNoWait()).isNull();
        assertThat(isEmpty("poolkeeper.reply")).isTrue();
    }

    @Test
    void startsTheRunOfASenderThatDidNotWaitAndAlertsNobody() throws JMSException {
        var gone = session.createTemporaryQueue();
        gone.delete();

        ask("wednesday", gone, null);

        assertThat(awaitRun().plan()).isEqualTo("nightly");
        var mine = session.createTemporaryQueue();
        ask("wednesday", mine, null);
        assertThat(answer(session.createConsumer(mine))).isNotNull();
        assertThat(isEmpty("poolkeeper.dead")).isTrue();
    }

    private Message ask(String key, Destination replyTo, String correlation) throws JMSException {
        var message = session.createTextMessage("{\"plan\": \"nightly\", \"key\": \"" + key + "\"}");
        message.setJMSReplyTo(replyTo);
        message.setJMSCorrelationID(correlation);
        session.createProducer(session.createQueue("poolkeeper.trigger")).send(message);
        return message;
    }

    private static Message answer(MessageConsumer consumer) throws JMSException {
        var answer = consumer.receive(PATIENCE);
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    private static JsonNode json(Message message) throws JMSException {
        return Json.tree(message.getBody(String.class));
    }

    private RunStatus awaitRun() {
        return Awaitility.await()
                .atMost(Duration.ofMillis(PATIENCE))
                .until(() -> coordinator.recent(1), runs -> !runs.isEmpty())
                .get(0);
    }

    private boolean isEmpty(String queue) throws JMSException {
        return !session.createBrowser(session.createQueue(queue))
                .getEnumeration()
                .hasMoreElements();
    }
}
