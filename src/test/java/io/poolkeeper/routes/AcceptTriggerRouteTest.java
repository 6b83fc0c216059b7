// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Messages;
import io.poolkeeper.app.Replies;
import io.poolkeeper.run.Accepted;
import jakarta.jms.Destination;
import java.util.List;
import java.util.Map;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTempQueue;
import org.apache.activemq.command.ActiveMQTempTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceptTriggerRouteTest extends RouteTest {
    private static final String NIGHTLY = "{\"plan\": \"nightly\", \"key\": \"monday\"}";
    private static final ActiveMQTempQueue MINE = new ActiveMQTempQueue("ID:sender:1");

    private final Triggers triggers = new Triggers();

    /** Answers as it is told. */
    public static final class Triggers {
        private Accepted answer = new Accepted.Started("run-1");
        private String asked = "";

        public Accepted accept(Messages.Trigger trigger, String source) {
            asked = trigger.plan() + " from " + source;
            if (trigger.plan().equals("unknown")) {
                new Messages().trigger("{\"why\": \"there is no such plan\"}");
            }
            return answer;
        }
    }

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/accept-trigger");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("triggers", triggers, "replies", new Replies(), "parking", new Parking(story));
    }

    @Test
    void opensTheFirstStageOfANewRun() throws Exception {
        deliver("poolkeeper.trigger", NIGHTLY);

        assertThat(triggers.asked).isEqualTo("nightly from queue");
        assertThat(story).containsExactly("to poolkeeper.stage");
        assertThat(jms.bodies("poolkeeper.stage")).containsExactly("{\"run\":\"run-1\",\"stage\":-1}");
    }

    @Test
    void startsNothingForAKnownKey() throws Exception {
        triggers.answer = new Accepted.Known("run-0");

        deliver("poolkeeper.trigger", NIGHTLY);

        assertThat(story).isEmpty();
    }

    @Test
    void startsNothingWhileARunOfThePlanIsGoingOn() throws Exception {
        triggers.answer = new Accepted.Refused("run-0", "run run-0 of plan nightly is going on");

        deliver("poolkeeper.trigger", NIGHTLY);

        assertThat(story).isEmpty();
    }

    @Test
    void answersTheRunOnATemporaryQueue() throws Exception {
        ask(MINE);

        assertThat(story).containsExactly("to poolkeeper.stage", "to " + MINE);
        var answer = jms.sent(MINE.toString()).get(0);
        assertThat(answer.body()).isEqualTo("{\"run\":\"run-1\",\"answer\":\"started\"}");
        assertThat(answer.headers())
                .containsEntry("JMSCorrelationID", "ID:question:1")
                .doesNotContainKey("JMSReplyTo");
    }

    @Test
    void answersWhyThereIsNoRun() throws Exception {
        triggers.answer = new Accepted.Refused("run-0", "run run-0 is going on");

        ask(MINE);

        assertThat(jms.bodies(MINE.toString()))
                .containsExactly("{\"run\":\"run-0\",\"answer\":\"refused\",\"reason\":\"run run-0 is going on\"}");
    }

    static List<Destination> foreign() {
        return List.of(
                new ActiveMQQueue("payroll.orders"),
                new ActiveMQQueue("poolkeeper.stage"),
                new ActiveMQTempTopic("ID:sender:2"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void answersNowhereElse(Destination replyTo) throws Exception {
        ask(replyTo);

        assertThat(story).containsExactly("to poolkeeper.stage");
    }

    @Test
    void startsTheRunAlthoughItsSenderIsGone() throws Exception {
        answers.put(MINE.toString(), exchange -> {
            throw new jakarta.jms.InvalidDestinationException("deleted");
        });

        ask(MINE);

        assertThat(story).containsExactly("to poolkeeper.stage", "to " + MINE);
    }

    @Test
    void parksATriggerForAPlanThatIsNotThere() throws Exception {
        deliver("poolkeeper.trigger", "{\"plan\": \"unknown\"}");

        assertThat(story).hasSize(2).last().isEqualTo("to poolkeeper.dead");
        assertThat(jms.bodies("poolkeeper.dead")).containsExactly("{\"plan\": \"unknown\"}");
    }

    private void ask(Destination replyTo) throws Exception {
        jms.deliver("poolkeeper.trigger", NIGHTLY, Map.of("JMSReplyTo", replyTo, "JMSMessageID", "ID:question:1"));
    }
}
