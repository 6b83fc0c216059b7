// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.Changed;
import io.poolkeeper.app.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchShareRouteTest extends RouteTest {
    private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");

    private final Outside watcher = new Outside(story, answers);
    private final Changes changes = new Changes();

    /** Stands in for bean {@code shareChanges}: says how much was gathered whenever a share is woken. */
    public static final class Changes {
        private final List<String> woken = new CopyOnWriteArrayList<>();
        private final List<Integer> groups = new CopyOnWriteArrayList<>();
        private volatile int most = Integer.MAX_VALUE;
        private Optional<Messages.Trigger> due = Optional.empty();
        private volatile int gathered;

        public Changed gather(Changed before, Changed now) {
            var all = before == null
                    ? now
                    : new Changed(before.share(), before.first(), before.since(), before.events() + now.events());
            gathered = all.events();
            return all;
        }

        public boolean hasWaited(Changed changed, String atMost) {
            assertThat(atMost).isEqualTo("PT30M");
            if (changed.events() >= most) {
                groups.add(changed.events());
            }
            return changed.events() >= most;
        }

        public void wake(String share) {
            woken.add(share + " after " + gathered);
        }

        public Optional<Messages.Trigger> due(String share) {
            return due;
        }
    }

    @Override
    List<String> files() {
        return List.of("coordinator/error-handling", "coordinator/watch-share");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of("shareChanges", changes, "share-watch", watcher, "parking", new Parking(story));
    }

    @Test
    void aBurstOfChangesIsLookedAtOnceWhenItIsOver() throws Exception {
        watch();

        for (var i = 0; i < 200; i++) {
            hear("file-" + i);
        }

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !changes.woken.isEmpty());
        assertThat(changes.woken).containsExactly("meetings after 200");
    }

    @Test
    void aShareThatIsNeverQuietIsLookedAtAllTheSame() throws Exception {
        watch();
        changes.most = 10;

        for (var i = 0; i < 20; i++) {
            hear("file-" + i);
        }

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> changes.woken.size() == 2);
        assertThat(changes.groups).as("not one of twenty").containsExactly(10, 10);
    }

    @Test
    void isLookedAtFromTimeToTimeWhateverWasHeard() throws Exception {
        TemplatedRouteBuilder.builder(context, "scan-share")
                .routeId("scan-share-meetings")
                .parameter("share", "meetings")
                .parameter("scan", "3600000")
                .add();

        fire("scan-meetings");

        assertThat(changes.woken).containsExactly("meetings after 0");
    }

    @Test
    void asksForARunOfAShareThatIsDifferentAndOfNoOther() throws Exception {
        TemplatedRouteBuilder.builder(context, "ask-for-changed-share")
                .routeId("ask-for-changed-share-meetings")
                .parameter("share", "meetings")
                .parameter("period", "2000")
                .add();

        fire("look-at-meetings");
        assertThat(jms.sent()).isEmpty();

        changes.due = Optional.of(
                new Messages.Trigger("nightly", "change:meetings@set-1", List.of("share:meetings"), "change"));
        fire("look-at-meetings");

        assertThat(jms.bodies("poolkeeper.trigger"))
                .containsExactly(
                        "{\"plan\":\"nightly\",\"key\":\"change:meetings@set-1\",\"parts\":[\"share:meetings\"],\"requestedBy\":\"change\"}");
    }

    private void watch() {
        TemplatedRouteBuilder.builder(context, "watch-share")
                .routeId("watch-share-meetings")
                .parameter("share", "meetings")
                .parameter("quiet", "500")
                .parameter("atMost", "PT30M")
                .add();
    }

    private void hear(String path) throws Exception {
        watcher.deliver("meetings", new Changed("meetings", path, THEN, 1), Map.of());
    }
}
