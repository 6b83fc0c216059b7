// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.run.StageClosed;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.jms.UncategorizedJmsException;

class ErrorHandlingRouteTest extends RouteTest {
    private static final String CLOSED = "{\"run\":\"run-1\",\"stage\":0}";

    private final Stages stages = new Stages();
    private final Watch watch = new Watch(story);
    private final Parking parking = new Parking(story);

    @Override
    List<String> files() {
        return List.of(
                "coordinator/error-handling",
                "coordinator/open-stage",
                "coordinator/conclude-run",
                "coordinator/watch-over-runs",
                "coordinator/take-result");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of(
                "stages", stages,
                "steps", new Steps(story),
                "conclusion", new Conclusion(story),
                "watch", watch,
                "parking", parking);
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.watch.period", "1000", "poolkeeper.result.parallel", "1");
    }

    @Test
    void parksAMessageThatMakesNoSenseAtOnceAndAsItCame() throws Exception {
        deliver("poolkeeper.stage", "{\"run\": 7}");

        assertThat(story).hasSize(2).last().isEqualTo("to poolkeeper.dead");
        assertThat(story.get(0)).startsWith("park not a valid stage");
        assertThat(jms.bodies("poolkeeper.dead")).containsExactly("{\"run\": 7}");
        assertThat(stages.calls).isZero();
    }

    @Test
    void triesAnyOtherErrorAgain() throws Exception {
        stages.failures = 3;

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).isEmpty();
        assertThat(stages.calls).isEqualTo(1 + 3);
    }

    @Test
    void parksTheMessageAsItCameWhenTheErrorStays() throws Exception {
        stages.failures = 100;

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).containsExactly("park the run store is busy", "to poolkeeper.dead");
        assertThat(jms.bodies("poolkeeper.dead")).containsExactly(CLOSED);
        assertThat(stages.calls).isEqualTo(1 + 3);
    }

    @Test
    void endsARunThatCannotGoOn() throws Exception {
        stages.failures = 100;
        parking.stuck("run-1");
        watch.closedByStopping = List.of(new StageClosed("run-1", 1));

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story)
                .containsExactly(
                        "park the run store is busy",
                        "to poolkeeper.dead",
                        "abandon run-1",
                        "to topic:poolkeeper.control",
                        "to poolkeeper.stage",
                        "conclude run-1",
                        "to topic:poolkeeper.event");
        assertThat(jms.bodies("topic:poolkeeper.control")).containsExactly("{\"run\":\"run-1\",\"order\":\"cancel\"}");
    }

    @Test
    void answersAStepThatNobodyCouldHandle() throws Exception {
        stages.failures = 100;
        parking.stuckStep("{\"outcome\":\"FAILED\"}");

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).containsExactly("park the run store is busy", "to poolkeeper.dead", "to poolkeeper.result");
        assertThat(jms.bodies("poolkeeper.result")).containsExactly("{\"outcome\":\"FAILED\"}");
    }

    @Test
    void leavesTheMessageToTheBrokerWhenItCannotBeParked() {
        stages.failures = 100;
        answers.put("poolkeeper.dead", exchange -> {
            throw new IllegalStateException("the broker's store is full");
        });

        assertThatThrownBy(() -> deliver("poolkeeper.stage", CLOSED)).hasMessage("the broker's store is full");

        assertThat(Collections.frequency(story, "to poolkeeper.dead")).isEqualTo(1);
    }

    @Test
    void leavesTheMessageToTheBrokerWhenTheProgramStops() {
        stages.steps = List.of(step("capture-01", "local"));
        answers.put("poolkeeper.step.local", exchange -> {
            throw new RejectedExecutionException();
        });

        assertThatThrownBy(() -> deliver("poolkeeper.stage", CLOSED))
                .hasRootCauseInstanceOf(RejectedExecutionException.class);

        assertThat(story).containsExactly("to poolkeeper.step.local");
    }

    @Test
    void leavesTheMessageToTheBrokerWhenItsTransactionIsDead() throws Exception {
        stages.steps = List.of(step("capture-01", "local"), step("capture-02", "local"));
        answers.put("poolkeeper.step.local", exchange -> {
            answers.clear();
            throw new UncategorizedJmsException(new jakarta.jms.IllegalStateException("marked rollback only"));
        });

        assertThatThrownBy(() -> deliver("poolkeeper.stage", CLOSED)).hasRootCauseMessage("marked rollback only");
        assertThat(story).containsExactly("to poolkeeper.step.local");

        deliver("poolkeeper.stage", CLOSED); // as the broker does
        assertThat(story)
                .containsExactly("to poolkeeper.step.local", "to poolkeeper.step.local", "to poolkeeper.step.local");
    }

    @Test
    void parksWhatTheBrokerForbids() throws Exception {
        stages.steps = List.of(step("capture-01", "local"));
        answers.put("poolkeeper.step.local", exchange -> {
            throw new UncategorizedJmsException("no", new SecurityException("User may not write"));
        });

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).contains("to poolkeeper.dead");
    }

    @Test
    void triesAgainWhatNoBrokerWouldDeliverAgain() throws Exception {
        watch.forgotten = List.of(new StageClosed("run-1", 0));
        answers.put("poolkeeper.stage", exchange -> {
            answers.clear();
            throw new UncategorizedJmsException(new jakarta.jms.JMSException("away for a moment"));
        });

        fire("watch-over-runs");

        assertThat(story).containsExactly("to poolkeeper.stage", "to poolkeeper.stage", "discard leftovers");
    }
}
