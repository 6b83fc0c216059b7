// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.Needed;
import io.poolkeeper.ProductProcess;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Hashes;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong between coordinator, broker and two workers that run as they do in a company: nothing lost, twice or stuck. */
@ExtendWith(Matrix.class)
class FaultsIT {
    /** Three heartbeats of a second, and some time to notice. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    private static FarSite far;
    private static Asked asked;
    private static int count;

    @BeforeAll
    static void start() throws IOException {
        far = FarSite.in(folder, "");
        var big = new byte[80 << 20];
        new Random(7).nextBytes(big);
        Files.write(folder.resolve("here/big.bin"), big);
        asked = far.asked;
        far.start("");
    }

    @AfterAll
    static void stop() throws IOException {
        if (far != null) {
            far.close();
        }
    }

    @AfterEach
    void isWholeAgain() throws IOException {
        far.site.openGate();
    }

    /** A run of the gated share that waits in its command, and the worker that has it. */
    private static ProductProcess startGated(String key) throws IOException {
        var before = far.site.starters().size();
        far.site.closeGate();
        asked.trigger("gated", key);
        awaitStarts(before + 1);
        return holder();
    }

    private static String key(String word) {
        return word + "-" + ++count;
    }

    /** The worker that started the command last. */
    private static ProductProcess holder() throws IOException {
        var starters = far.site.starters();
        return starters.get(starters.size() - 1) == far.first.handle().pid() ? far.first : far.second;
    }

    /** Its command does not hang with it: it would write its file just while the other attempt looks whether its own is written. */
    private static void endCommand(ProductProcess worker) {
        worker.handle().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static void awaitStarts(int most) {
        Awaitility.await("the command was started " + most + " times")
                .atMost(Asked.BOUND)
                .until(() -> far.site.starters().size() >= most);
    }

    private static void assertStarts(int exactly) throws IOException {
        assertThat(far.site.starters()).hasSize(exactly);
    }

    private static String published(JsonNode summary) throws IOException {
        return Hashes.sha256(asked.vault().set(summary.path("set").asText()).resolve("SHA256SUMS"));
    }

    @Test
    @Case(value = "a worker hangs without dying", holds = "another does it; its late answer changes nothing")
    void givesTheStepOfAWorkerThatHangsToAnotherAndKeepsItsLateAnswer(Matrix.Seen seen) throws Exception {
        var starts = far.site.starters().size();
        var key = key("hangs");
        var hung = startGated(key);
        FarSite.hang(hung);
        try {
            awaitStarts(starts + 2);
            assertThat(holder()).isNotSameAs(hung);
            endCommand(hung);
            far.site.openGate();
            var summary = asked.ended(key);
            seen.ended("exit " + summary.path("exit"));
            asked.judge(key, summary);
            assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();

            var set = published(summary);
            FarSite.goOn(hung);
            far.awaitWorkers();
            Awaitility.await()
                    .atMost(Asked.BOUND)
                    .until(() -> far.waiting("poolkeeper.result").isEmpty());
            assertThat(asked.ended(key)).isEqualTo(summary);
            assertThat(published(summary)).isEqualTo(set);
            assertStarts(starts + 2);
        } finally {
            FarSite.goOn(hung);
        }
    }

    @Test
    @Case(value = "both attempts of a step answer at once", holds = "one counts")
    void countsOneOfTwoAttemptsThatAnswerAtOnce(Matrix.Seen seen) throws Exception {
        var starts = far.site.starters().size();
        var key = key("crossing");
        var hung = startGated(key);
        FarSite.hang(hung);
        try {
            awaitStarts(starts + 2);
        } finally {
            FarSite.goOn(hung);
        }
        seen.recovered();
        far.site.openGate();

        var summary = asked.ended(key);
        seen.ended("exit " + summary.path("exit"));
        asked.judge(key, summary);
        assertThat(summary.path("ok").asInt()).isEqualTo(1);
    }

    @Test
    @Case(value = "results come doubled, in reverse", holds = "each counts once")
    void countsResultsThatComeTwiceAndInReverseOnce(Matrix.Seen seen) throws Exception {
        var key = key("doubled");
        startGated(key);
        FarSite.hang(far.serve);
        List<String> results;
        try {
            far.site.openGate();
            results = Awaitility.await()
                    .atMost(Asked.BOUND)
                    .until(() -> far.waiting("poolkeeper.result"), waiting -> !waiting.isEmpty());
            var reversed = new ArrayList<>(results);
            Collections.reverse(reversed);
            far.send("poolkeeper.result", reversed);
            far.send("poolkeeper.result", results);
        } finally {
            FarSite.goOn(far.serve);
        }
        seen.recovered();

        var summary = asked.ended(key);
        seen.ended("exit " + summary.path("exit"));
        asked.judge(key, summary);
        assertThat(summary.path("ok").asInt()).isEqualTo(1);
        Awaitility.await()
                .atMost(Asked.BOUND)
                .until(() -> far.waiting("poolkeeper.result").isEmpty());
        assertThat(asked.ended(key)).isEqualTo(summary);
    }

    @Test
    @Case(value = "one trigger is sent 100 times", holds = "one run, one set")
    void startsOneRunForATriggerThatComesAHundredTimes(Matrix.Seen seen) throws Exception {
        var key = key("hundred");
        var before = asked.vault().sets().size();

        far.send("poolkeeper.trigger", Collections.nCopies(100, "{\"plan\":\"nightly\",\"key\":\"" + key + "\"}"));

        var summary = asked.ended(key);
        Awaitility.await()
                .atMost(Asked.BOUND)
                .until(() -> far.waiting("poolkeeper.trigger").isEmpty());
        seen.ended("exit " + summary.path("exit"));
        asked.judge(key, summary);
        assertThat(asked.vault().sets()).hasSize(before + 1);
    }

    @Test
    @Case(value = "a worker's network is cut and healed", holds = "another does it; one result counts")
    void sendsTheStepOfAWorkerWithoutNetworkToAnother(Matrix.Seen seen) throws Exception {
        var starts = far.site.starters().size();
        var key = key("worker-cut");
        startGatedAtFirst(key);
        var more = far.site.starters().size();
        far.ofFirst.cut();
        try {
            awaitStarts(more + 1);
            assertThat(holder()).isSameAs(far.second);
            far.site.openGate();
            var summary = asked.ended(key);
            seen.ended("exit " + summary.path("exit"));
            asked.judge(key, summary);
            assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
            var set = published(summary);

            far.ofFirst.heal();
            far.awaitWorkers();
            assertThat(asked.ended(key)).isEqualTo(summary);
            assertThat(published(summary)).isEqualTo(set);
            assertThat(far.site.starters().size()).isGreaterThan(starts);
        } finally {
            far.ofFirst.heal();
        }
    }

    /** The second worker hangs until the first one has the step. */
    private static void startGatedAtFirst(String key) throws IOException {
        FarSite.hang(far.second);
        try {
            assertThat(startGated(key)).isSameAs(far.first);
        } finally {
            FarSite.goOn(far.second);
        }
    }

    @Test
    @Case(value = "the network is cut within a restore", holds = "it happens once; its end is final")
    void restoresOnceWhenTheNetworkIsCutInTheMiddle(Matrix.Seen seen) throws Exception {
        var backup = key("before-restore");
        asked.trigger("nightly", backup);
        assertThat(asked.ended(backup).path("exit").asInt()).isZero();
        var target = folder.resolve("restored");
        try (var restore = far.site.start("restore", "--part", "share:here", "--to", target.toString(), "--json")) {
            Awaitility.await()
                    .atMost(Asked.BOUND)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Files.exists(target.resolve("share/here")));
            far.ofCoordinator.cut();
            assertThat(restore.isRunning()).isTrue();
            Awaitility.await().during(LEASE.plusSeconds(2)).atMost(Asked.BOUND).until(restore::isRunning);
            far.ofCoordinator.heal();
            seen.recovered();

            var exit = restore.await(Asked.BOUND);
            seen.ended("exit " + exit);
            var summary = restore.lines().get(restore.lines().size() - 1);
            asked.judge(summary.path("key").asText(), summary);
            assertThat(exit).as(summary.toString()).isEqualTo(12);
            assertThat(summary.toString()).contains("LOST");
            assertThat(Files.mismatch(folder.resolve("here/big.bin"), target.resolve("share/here/big.bin")))
                    .isEqualTo(-1);
        } finally {
            far.ofCoordinator.heal();
        }
        far.awaitWorkers();
    }

    @Test
    @Case(value = "a step is found after a day", holds = "refused; the outcome stays")
    void refusesAStepThatIsFoundADayLater(Matrix.Seen seen) throws Exception {
        var key = key("stale");
        hangBoth();
        String step;
        try {
            asked.trigger("gated", key);
            step = Awaitility.await()
                    .atMost(Asked.BOUND)
                    .until(() -> far.waiting("poolkeeper.step.files"), steps -> !steps.isEmpty())
                    .get(0);
        } finally {
            goOnBoth();
        }
        var summary = asked.ended(key);
        asked.judge(key, summary);
        var starts = far.site.starters().size();
        var stale = step.replaceAll(
                "\"notAfter\":\"[^\"]*\"", "\"notAfter\":\"" + Instant.now().minusSeconds(86_400) + "\"");
        var newest = Json.tree(stale).path("attempt").asInt() + 1;

        far.send("poolkeeper.step.files", List.of(stale.replaceAll("\"attempt\":\\d+", "\"attempt\":" + newest)));

        Awaitility.await()
                .atMost(Asked.BOUND)
                .until(() -> far.waiting("poolkeeper.step.files").isEmpty()
                        && far.waiting("poolkeeper.result").isEmpty());
        far.awaitWorkers();
        assertThat(asked.ended(key)).isEqualTo(summary);
        assertStarts(starts);
        seen.ended("exit " + summary.path("exit"));
    }

    @Test
    @Case(value = "a worker has another site file", holds = "its steps FAIL and say so; check does too")
    void failsTheStepsThatAWorkerWithAnotherSiteFileTakes(Matrix.Seen seen) throws Exception {
        var other = Files.writeString(
                folder.resolve("other.yaml"), Files.readString(far.site.file) + "# a line that others do not have\n");
        try (var stranger = far.site.startAnother(ProductProcess.LAUNCHER, other, "worker", "--name", "files")) {
            awaitHeard(stranger);
            hangBoth();
            var key = key("other-file");
            try {
                asked.trigger("gated", key);
                var summary = asked.ended(key);
                seen.ended("exit " + summary.path("exit"));
                asked.judge(key, summary);
                assertThat(summary.path("exit").asInt()).isEqualTo(16);
                assertThat(summary.path("failure").asText())
                        .contains("worker files has another site file than the coordinator");
                assertThat(checked()).contains("/" + stranger.handle().pid() + " ", "has another site file");
            } finally {
                goOnBoth();
            }
        }
        far.awaitWorkers();
    }

    @Test
    @Case(value = "a worker is of another release", holds = "its work counts; check warns")
    void warnsOfAWorkerOfAnotherRelease(Matrix.Seen seen) throws Exception {
        var launcher = OtherRelease.in(folder.resolve("other"), "0.0.1");
        try (var stranger = far.site.startAnother(launcher, far.site.file, "worker", "--name", "files")) {
            awaitHeard(stranger);
            hangBoth();
            var key = key("other-release");
            try {
                asked.trigger("gated", key);
                var summary = asked.ended(key);
                seen.ended("exit " + summary.path("exit"));
                asked.judge(key, summary);
                assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
                assertThat(checked()).contains("is release 0.0.1, this is ", "give both the same release");
            } finally {
                goOnBoth();
            }
        }
        far.awaitWorkers();
    }

    @Test
    @Case(value = "a step says what a worker does not know", holds = "FAILED, and says so")
    void failsAStepOfANewerReleaseThanTheWorker(Matrix.Seen seen) throws Exception {
        var key = key("newer");
        hangBoth();
        try {
            asked.trigger("gated", key);
            Awaitility.await()
                    .atMost(Asked.BOUND)
                    .until(() -> !far.waiting("poolkeeper.step.files").isEmpty());
            var step = far.take("poolkeeper.step.files");
            far.send("poolkeeper.step.files", List.of(step.replaceFirst("\\{", "{\"ofANewerRelease\":true,")));
        } finally {
            goOnBoth();
        }
        seen.recovered();

        var summary = asked.ended(key);
        seen.ended("exit " + summary.path("exit"));
        asked.judge(key, summary);
        assertThat(summary.path("exit").asInt()).isEqualTo(16);
        assertThat(summary.path("failure").asText()).contains("worker files could not handle the step");
    }

    private static void hangBoth() throws IOException {
        FarSite.hang(far.first);
        FarSite.hang(far.second);
    }

    private static void goOnBoth() throws IOException {
        FarSite.goOn(far.first);
        FarSite.goOn(far.second);
    }

    private static void awaitHeard(ProductProcess worker) {
        Awaitility.await("the worker is heard of").atMost(Asked.BOUND).until(() -> far.isHeard(worker));
    }

    private static String checked() throws InterruptedException {
        try (var check = far.site.start("check", "--json")) {
            check.await(Asked.BOUND);
            return check.out();
        }
    }

    @Test
    @Case(value = "the broker's store is full", holds = "somebody is told; the run ends with space")
    void tellsOfAFullBrokerAndEndsTheRunWhenItHasSpace(Matrix.Seen seen) throws Exception {
        var key = key("full");
        startGated(key);
        try {
            restartBroker("-Dpoolkeeper.broker.store=24mb");
            fillBroker();
            far.site.openGate();
            Awaitility.await("somebody is told").atMost(Asked.BOUND).until(() -> far.mail.toldOf("is Full"));
        } finally {
            restartBroker("");
        }
        seen.recovered();

        var summary = asked.ended(key);
        seen.ended("exit " + summary.path("exit"));
        asked.judge(key, summary);
        assertThat(summary.path("ok").asInt()).as(summary.toString()).isEqualTo(1);
    }

    private static void restartBroker(String options) {
        far.broker.close();
        far.broker = far.startBroker(options);
        far.awaitWorkers();
    }

    private static void fillBroker() throws JMSException {
        var megabyte = "x".repeat(1 << 20);
        assertThatThrownBy(() -> far.send("poolkeeper.filler", Collections.nCopies(100, megabyte)))
                .isInstanceOf(JMSException.class)
                .hasMessageContaining("is Full");
    }

    @Test
    @Case(value = "a worker's clock is stepped", holds = "the run ends; the worker is heard of")
    void doesNotCareForAWorkersClock(Matrix.Seen seen) throws Exception {
        var clock = Clock.in(folder.resolve("clock-of-worker"));
        far.first.close();
        far.first = far.startFirst("", clock.environment());
        far.awaitWorkers();
        for (var step : List.of("-1800", "+3600")) {
            var key = key("worker-clock");
            startGatedAtFirst(key);
            clock.step(step);
            seen.recovered();
            awaitSkew(far.first, step);
            far.site.openGate();
            var summary = asked.ended(key);
            seen.ended("exit " + summary.path("exit"));
            asked.judge(key, summary);
            assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
            far.awaitWorkers();
        }
        far.first.close();
        far.first = far.startFirst("", Map.of());
        far.awaitWorkers();
    }

    private static void awaitSkew(ProductProcess worker, String seconds) {
        var expected = Long.parseLong(seconds);
        Awaitility.await("the worker tells its new time")
                .atMost(Asked.BOUND)
                .until(() -> asked.workers().stream()
                        .filter(heard -> heard.path("presence")
                                .path("process")
                                .asText()
                                .endsWith("/" + worker.handle().pid()))
                        .anyMatch(heard -> Math.abs(Duration.between(
                                                        Instant.parse(
                                                                heard.path("at").asText()),
                                                        Instant.parse(heard.path("presence")
                                                                .path("at")
                                                                .asText()))
                                                .toSeconds()
                                        - expected)
                                < 60));
    }

    @Test
    @Case(value = "the coordinator's clock is stepped", holds = "a dead worker's step is done by another")
    void findsADeadWorkerHoweverItsOwnClockIsStepped(Matrix.Seen seen) throws Exception {
        var clock = Clock.in(folder.resolve("clock-of-coordinator"));
        far.serve.close();
        far.serve = far.startServe("", clock.environment());
        far.awaitWorkers();
        for (var step : List.of("-1800", "+3600")) {
            var starts = far.site.starters().size();
            var key = key("coordinator-clock");
            startGatedAtFirst(key);
            clock.step(step);
            far.first.close();
            seen.recovered();
            awaitStarts(starts + 2);
            far.site.openGate();
            var summary = asked.ended(key);
            seen.ended("exit " + summary.path("exit"));
            asked.judge(key, summary);
            assertThat(summary.path("exit").asInt()).as(summary.toString()).isZero();
            far.first = far.startFirst("", Map.of());
            awaitHeardAtAll(far.first);
        }
        far.serve.close();
        far.serve = far.startServe("");
        far.awaitWorkers();
    }

    private static void awaitHeardAtAll(ProductProcess worker) {
        Awaitility.await()
                .atMost(Asked.BOUND)
                .until(() -> asked.workers().stream()
                        .anyMatch(heard -> heard.path("presence")
                                .path("process")
                                .asText()
                                .endsWith("/" + worker.handle().pid())));
    }

    /** The clock of a process, stepped by Debian's faketime; the time that has passed since its start it leaves alone. */
    private record Clock(Path offset) {
        static Clock in(Path file) throws IOException {
            Needed.works("faketime", "install Debian's faketime; ./verify does", "faketime", "-f", "+1h", "true");
            Files.writeString(file, "+0\n");
            return new Clock(file);
        }

        Map<String, String> environment() {
            return Map.of(
                    "LD_PRELOAD",
                    "/usr/$LIB/faketime/libfaketimeMT.so.1",
                    "FAKETIME_TIMESTAMP_FILE",
                    offset.toString(),
                    "FAKETIME_CACHE_DURATION",
                    "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC",
                    "1",
                    "FAKETIME_FORCE_MONOTONIC_FIX",
                    "0"); // with it, each wait of Java ends at once
        }

        void step(String seconds) throws IOException {
            Files.writeString(offset, seconds + "\n");
        }
    }
}
