// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenStageRouteTest extends RouteTest {
    private static final String CLOSED = "{\"run\":\"run-1\",\"stage\":2}";

    private final Stages stages = new Stages();

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
                "watch", new Watch(story),
                "parking", new Parking(story));
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.watch.period", "1000", "poolkeeper.result.parallel", "1");
    }

    @Test
    void sendsEachStepToTheQueueOfItsWorker() throws Exception {
        stages.steps = List.of(step("capture-01", "local"), step("capture-02", "ocs2007"), step("capture-03", "local"));

        deliver("poolkeeper.stage", CLOSED);

        assertThat(stages.closed).isEqualTo(2);
        assertThat(story)
                .containsExactly("to poolkeeper.step.local", "to poolkeeper.step.ocs2007", "to poolkeeper.step.local");
        assertThat(jms.bodies("poolkeeper.step.local"))
                .extracting(body -> messages.step(body).step())
                .containsExactly("capture-01", "capture-03");
        assertThat(messages.step(jms.bodies("poolkeeper.step.ocs2007").get(0))).isEqualTo(stages.steps.get(1));
    }

    @Test
    void concludesARunThatIsThroughAndSaysSo() throws Exception {
        stages.conclude = true;

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).containsExactly("conclude run-1", "to topic:poolkeeper.event");
        assertThat(jms.bodies("topic:poolkeeper.event"))
                .containsExactly("{\"event\": \"concluded\", \"run\": \"run-1\"}");
    }

    @Test
    void doesNothingForAStageThatWasOpenedBefore() throws Exception {
        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).isEmpty();
    }

    @Test
    void sendsAStepOnceAlthoughTheBrokerWasAwayForAMoment() throws Exception {
        stages.steps = List.of(step("capture-01", "local"), step("capture-02", "ocs2007"));
        answers.put("poolkeeper.step.ocs2007", exchange -> {
            answers.clear();
            throw new java.io.IOException("away for a moment");
        });

        deliver("poolkeeper.stage", CLOSED);

        assertThat(story).doesNotContain("to poolkeeper.dead");
        assertThat(jms.bodies("poolkeeper.step.local")).hasSize(1);
    }
}
