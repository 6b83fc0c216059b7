// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.run.StageClosed;
import io.poolkeeper.step.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakeResultRouteTest extends RouteTest {
    private final Steps steps = new Steps(story);

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/take-result");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("steps", steps, "watch", new Watch(story), "parking", new Parking(story));
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.result.parallel", "1");
    }

    @Test
    void notesAClaimAndOpensNothing() throws Exception {
        steps.closes = Optional.of(new StageClosed("run-1", 1));

        deliver("poolkeeper.result", messages.write(new Claim("run-1", "capture-01", 1, "local", NOON)));

        assertThat(story).containsExactly("claim of capture-01 by local");
    }

    @Test
    void notesAResultThatOthersOfItsStageStillWaitFor() throws Exception {
        deliver("poolkeeper.result", messages.write(result(step("capture-01", "local"))));

        assertThat(story).containsExactly("result of capture-01: OK");
    }

    @Test
    void tellsOnceThatAResultClosedItsStage() throws Exception {
        steps.closes = Optional.of(new StageClosed("run-1", 1));

        deliver("poolkeeper.result", messages.write(result(step("capture-01", "local"))));

        assertThat(story).containsExactly("result of capture-01: OK", "to poolkeeper.stage");
        assertThat(jms.bodies("poolkeeper.stage")).containsExactly("{\"run\":\"run-1\",\"stage\":1}");
    }

    @Test
    void saysThatAResultIsDeliveredAgain() throws Exception {
        var again = Map.<String, Object>of("JMSRedelivered", true);

        jms.deliver("poolkeeper.result", messages.write(result(step("capture-01", "local"))), again);

        assertThat(story).containsExactly("result of capture-01: OK again");
    }

    @Test
    void parksWhatAnotherWorkerSaysInsteadOfTakingIt() throws Exception {
        var liar = Map.<String, Object>of("JMSXUserID", Senders.LIAR);

        jms.deliver("poolkeeper.result", messages.write(result(step("capture-01", "local"))), liar);
        jms.deliver("poolkeeper.result", messages.write(new Claim("run-1", "capture-01", 1, "local", NOON)), liar);

        assertThat(story).hasSize(4).allMatch(line -> line.startsWith("park ") || line.equals("to poolkeeper.dead"));
    }
}
