// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.ProductProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A site whose broker and two workers are processes of their own: its coordinator or a worker dies at a numbered point of a run. */
@ExtendWith(Matrix.class)
class KilledSitesIT {
    /** Signs of life are points, too; without these there are few that differ from run to run. */
    private static final String QUIET = " -Dpoolkeeper.presence.period=3600000";

    @TempDir
    static Path folder;

    private static FarSite far;
    private static Kills ofCoordinator;
    private static Kills ofWorker;

    @BeforeAll
    static void start() throws IOException {
        far = FarSite.in(folder, "");
        ofCoordinator = Kills.in(folder.resolve("kills-of-coordinator"));
        ofWorker = Kills.in(folder.resolve("kills-of-worker"));
        far.broker = far.startBroker("");
        far.serve = startServe();
        far.first = startFirst();
        far.second = far.startSecond("");
        FarSite.awaitSaid(far.second, "takes steps");
    }

    @AfterAll
    static void stop() throws IOException {
        if (far != null) {
            far.close();
        }
    }

    private static ProductProcess startServe() throws IOException {
        var coordinator = far.startServe("");
        ofCoordinator.attach(coordinator.handle());
        return coordinator;
    }

    private static ProductProcess startFirst() throws IOException {
        var worker = far.startFirst(QUIET, Map.of());
        FarSite.awaitSaid(worker, "takes steps");
        ofWorker.attach(worker.handle());
        return worker;
    }

    /** The longest time that a run needed after what had died was there again, and the exit codes. */
    private static final class Worst {
        private Duration after = Duration.ZERO;
        private final Set<String> exits = new TreeSet<>();

        Duration note(JsonNode summary, Instant since) {
            var took = Duration.between(since, Instant.now());
            after = took.compareTo(after) > 0 ? took : after;
            exits.add(summary.path("exit").asText());
            return took;
        }
    }

    @Test
    @Case(value = "the coordinator is killed at any point", holds = "one run, one set, exit 0")
    void endsEveryRunOnceWhereverTheCoordinatorIsKilled(Matrix.Seen seen) throws Exception {
        var worst = new Worst();
        var process = "coordinator with a broker";
        var points = clean(ofCoordinator, process).size();
        for (var k : Kills.chosen(points)) {
            var key = "coordinator-killed-at-" + k;
            ofCoordinator.arm(k, key);
            far.asked.trigger("nightly", key);
            var died = ofCoordinator.awaitDeath(far.serve.handle(), k, () -> far.asked.hasEnded(key));
            if (died) {
                assertKilled(far.serve);
                far.serve = startServe();
            }
            Kills.tell(process, k, points, died, judge(key, Instant.now(), worst));
        }
        seen.ended("exit " + String.join(", ", worst.exits), worst.after);
    }

    @Test
    @Case(value = "a worker is killed at any point", holds = "the other goes on; exit 0")
    void endsEveryRunOnceWhereverAWorkerIsKilled(Matrix.Seen seen) throws Exception {
        FarSite.hang(far.second);
        var points = clean(ofWorker, "worker").size();
        var worst = new Worst();
        for (var k : Kills.chosen(points)) {
            var key = "worker-killed-at-" + k;
            ofWorker.arm(k, key);
            far.asked.trigger("nightly", key);
            var died = ofWorker.awaitDeath(far.first.handle(), k, () -> far.asked.hasEnded(key));
            FarSite.goOn(far.second);
            Kills.tell("worker", k, points, died, judge(key, Instant.now(), worst));
            if (died) {
                assertKilled(far.first);
                far.first = startFirst();
            }
            FarSite.hang(far.second);
        }
        FarSite.goOn(far.second);
        seen.ended("exit " + String.join(", ", worst.exits), worst.after);
    }

    private static List<String> clean(Kills kills, String process) throws IOException {
        var key = "clean-" + process.replace(' ', '-');
        kills.arm(0, key);
        far.asked.trigger("nightly", key);
        assertThat(far.asked.ended(key).path("exit").asInt()).isZero();
        kills.disarm();
        return kills.passed(process);
    }

    private static void assertKilled(ProductProcess process) throws InterruptedException {
        assertThat(process.await(Asked.BOUND)).isEqualTo(KillPoint.KILLED);
    }

    /** How long it took since then. */
    private static Duration judge(String key, Instant since, Worst worst) throws Exception {
        var summary = far.asked.ended(key);
        var took = worst.note(summary, since);
        assertThat(summary.path("exit").asInt()).as(key + " " + summary).isZero();
        far.asked.judge(key, summary);
        far.asked.awaitNoLeftovers();
        return took;
    }
}
