// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PlanTimerRouteTest extends RouteTest {
    /** The real one's only method that a timer needs. */
    public static final class Triggers {
        public Messages.Trigger due(String plan, Date planned) {
            return io.poolkeeper.app.Triggers.due(plan, planned);
        }
    }

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/plan-timer");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("triggers", new Triggers(), "watch", new Watch(story), "parking", new Parking(story));
    }

    @Test
    void asksForARunOfThePlanWheneverItsCronExpressionIsDue() {
        // A planned time is a whole second: the first may be the second that is going on.
        var before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        TemplatedRouteBuilder.builder(context, "plan-timer")
                .routeId("plan-timer-nightly")
                .parameter("plan", "nightly")
                .parameter("cron", "* * * * * ?")
                .parameter("timeZone", "Europe/Amsterdam")
                .add();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> jms.sent("poolkeeper.trigger").size() >= 2);

        var triggers =
                jms.bodies("poolkeeper.trigger").stream().map(messages::trigger).toList();
        assertThat(triggers).allSatisfy(trigger -> {
            assertThat(trigger.plan()).isEqualTo("nightly");
            assertThat(trigger.requestedBy()).isEqualTo("timer");
            var planned = Instant.parse(trigger.key().replace("nightly@", ""));
            assertThat(planned).isBetween(before, Instant.now());
            assertThat(planned).isEqualTo(planned.truncatedTo(ChronoUnit.SECONDS));
        });
        assertThat(triggers).extracting(Messages.Trigger::key).doesNotHaveDuplicates();
    }

    @Test
    void looksWhetherPlansThatWereDueHaveStarted() throws Exception {
        TemplatedRouteBuilder.builder(context, "watch-over-plans")
                .routeId("watch-over-plans")
                .parameter("period", "1000")
                .add();

        fire("watch-over-plans");

        assertThat(story).containsExactly("tell of missed plans");
    }
}
