// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Messages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.junit.jupiter.api.Test;

class WatchExportRouteTest extends RouteTest {
    private static final String PART = "settings:cwa/cwa.ocs.lab";

    private final Changes changes = new Changes();

    /** Stands in for bean {@code exportChanges}. */
    public static final class Changes {
        private Optional<Messages.Trigger> due = Optional.empty();

        public Optional<Messages.Trigger> due(String part) {
            assertThat(part).isEqualTo(PART);
            return due;
        }
    }

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/watch-export");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("exportChanges", changes, "parking", new Parking(story));
    }

    @Test
    void asksForARunOfAPartWithANewerExportAndOfNoOther() throws Exception {
        TemplatedRouteBuilder.builder(context, "watch-export")
                .routeId("watch-export-1")
                .parameter("part", PART)
                .parameter("id", "1")
                .parameter("period", "2000")
                .add();

        fire("look-for-export-1");
        assertThat(jms.sent()).isEmpty();

        changes.due = Optional.of(new Messages.Trigger("nightly", "change:x", List.of(PART), "change"));
        fire("look-for-export-1");

        assertThat(jms.bodies("poolkeeper.trigger"))
                .containsExactly(
                        "{\"plan\":\"nightly\",\"key\":\"change:x\",\"parts\":[\"settings:cwa/cwa.ocs.lab\"],\"requestedBy\":\"change\"}");
    }
}
