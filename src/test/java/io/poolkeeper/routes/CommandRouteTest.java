// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.step.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandRouteTest extends RouteTest {
    @Override
    List<String> files() {
        return List.of("worker/command");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of(
                "captureByCommand", new ObserveRouteTest.Named("ran for"),
                "verifyByCommand", new ObserveRouteTest.Named("judged"),
                "restoreByCommand", new ObserveRouteTest.Named("put back"));
    }

    @Test
    void runsTheCommandJudgesWhatItLeftAndPutsItsFilesBack() {
        assertThat(done(Action.CAPTURE)).isEqualTo("ran for share:meeting-content");
        assertThat(done(Action.VERIFY)).isEqualTo("judged share:meeting-content");
        assertThat(done(Action.DRILL)).isEqualTo("put back share:meeting-content");
        assertThat(done(Action.RESTORE)).isEqualTo("put back share:meeting-content");
    }

    private String done(Action action) {
        var step = step("step-01", "local", action, "share:meeting-content", Method.COMMAND);
        return template.request("direct:command-part", asked -> {
                    asked.setProperty("work", "work");
                    asked.getMessage().setBody(step);
                })
                .getMessage()
                .getBody(String.class);
    }
}
