// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Messages;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.step.Presence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TellAndObeyRouteTest extends RouteTest {
    private final Worker worker = new Worker(story);

    /** Is doing what it is told. */
    public static final class Worker {
        private final List<String> story;
        private List<Progress> signs = List.of();

        Worker(List<String> story) {
            this.story = story;
        }

        public List<Progress> signs() {
            return signs;
        }

        public Presence presence() {
            return new Presence("local", "host/1", "svc", "0.1.0", "0".repeat(64), List.of("vault"), NOON);
        }

        public void obey(Messages.Control control) {
            story.add(control.order() + " " + control.run());
        }
    }

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "worker/tell-and-obey");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("worker", worker, "parking", new Parking(story));
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.progress.period", "1000", "poolkeeper.presence.period", "1000");
    }

    @Test
    void tellsHowFarEachStepIsInMessagesThatTheBrokerNeedNotKeep() throws Exception {
        var part = PartId.parse("share:meeting-content");
        worker.signs = List.of(
                new Progress("run-1", "capture-01", 1, "local", part, 1, 2, "files", NOON),
                new Progress("run-1", "capture-02", 1, "local", part, 2, 2, "files", NOON));

        fire("tell-progress");

        assertThat(jms.sent("topic:poolkeeper.progress"))
                .hasSize(2)
                .allSatisfy(sign -> assertThat(sign.options()).containsEntry("deliveryPersistent", "false"));
        assertThat(jms.bodies("topic:poolkeeper.progress"))
                .extracting(messages::sign)
                .isEqualTo(worker.signs);
    }

    @Test
    void tellsNothingWhenItDoesNothing() throws Exception {
        fire("tell-progress");

        assertThat(story).isEmpty();
    }

    @Test
    void tellsThatItIsThereInAMessageThatTheBrokerNeedNotKeep() throws Exception {
        fire("tell-presence");

        assertThat(jms.sent("topic:poolkeeper.progress"))
                .singleElement()
                .satisfies(sign -> assertThat(sign.options()).containsEntry("deliveryPersistent", "false"));
        assertThat(jms.bodies("topic:poolkeeper.progress"))
                .extracting(messages::sign)
                .containsExactly(worker.presence());
    }

    @Test
    void stopsTheWorkForARunThatWasCancelled() throws Exception {
        deliver("topic:poolkeeper.control", messages.cancel("run-1"));

        assertThat(story).containsExactly("cancel run-1");
    }

    @Test
    void parksAnOrderThatItDoesNotKnow() throws Exception {
        deliver("topic:poolkeeper.control", "{\"run\": \"run-1\", \"order\": \"run a command\"}");

        assertThat(story).hasSize(2).last().isEqualTo("to poolkeeper.dead");
    }
}
