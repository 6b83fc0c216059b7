// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.Home;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Outcome;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepResult;
import io.poolkeeper.step.TransientFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TakeStepRouteTest extends RouteTest {
    private static final List<String> HANDLERS = List.of(
            "observeFiles",
            "verifyObservedDatabase",
            "verifyObservedFiles",
            "restoreObservedDatabase",
            "restoreObserved",
            "captureDatabaseByWbadmin",
            "captureShareByWbadmin",
            "captureSystemState",
            "captureByController",
            "captureByLdifde",
            "verifyControllerFiles",
            "restoreByCommand",
            "verifyImage",
            "discoverShares",
            "discoverDirectory",
            "captureDatabase",
            "captureShare",
            "captureDirectory",
            "captureSettings",
            "captureUserData",
            "publishSet",
            "verifyDatabase",
            "verifyShare",
            "verifyDirectory",
            "verifySettings",
            "verifySet",
            "cohereSet",
            "restoreDatabase",
            "restoreShare",
            "restoreDirectory",
            "restoreSettings");

    private final Map<String, Handler> handlers = new HashMap<>();
    private final Delivery delivery = new Delivery(story);

    /** Captures nothing, or fails as it is told. */
    public static final class Handler {
        private final String name;
        private final List<String> story;
        private Throwable fault;

        Handler(String name, List<String> story) {
            this.name = name;
            this.story = story;
        }

        public Output handle(Step step, Object work) throws Throwable {
            story.add(name + " does " + step.step() + " in " + work);
            if (fault != null) {
                throw fault;
            }
            return new Output.Captured(
                    List.of(), JsonNodeFactory.instance.objectNode(), Map.of(), Level.FULL, null, List.of());
        }
    }

    /** Claims everything; makes results as the real one does. */
    public static final class Worker {
        private final List<String> story;

        Worker(List<String> story) {
            this.story = story;
        }

        public Claim claim(Step step) {
            story.add("claim");
            return new Claim(step.run(), step.step(), step.attempt(), "local", NOON);
        }

        public Object begin(Step step) {
            return "the folder of attempt " + step.attempt();
        }

        public StepResult done(Step step, Output output) {
            return StepResult.done(step, "local", output, NOON, NOON);
        }

        public StepResult failed(Step step, Throwable error) {
            var cause = error.getCause() == null ? error : error.getCause(); // Camel wraps what is no Exception
            var fault = cause instanceof StepFault known ? known : new PermanentFault("a bug: " + cause, "report it");
            return StepResult.failed(step, "local", fault, NOON, NOON);
        }

        public void end(Step step) {
            story.add("end");
        }
    }

    /** Commits so often as the broker lasts. */
    public static final class Delivery {
        private final List<String> story;
        private int lasts = Integer.MAX_VALUE;

        Delivery(List<String> story) {
            this.story = story;
        }

        public boolean isRepeated(Exchange exchange) {
            return false;
        }

        public void hold(Exchange exchange) {
            story.add("hold");
        }

        public void commit(Exchange exchange) {
            if (lasts-- <= 0) {
                throw new IllegalStateException("the broker is gone");
            }
            story.add("commit");
        }
    }

    @Override
    List<String> files() {
        return List.of(
                "coordinator/error-handling",
                "worker/take-step",
                "worker/discover",
                "worker/observe",
                "worker/wbadmin",
                "worker/domain-controller",
                "worker/capture-database",
                "worker/capture-share",
                "worker/capture-directory",
                "worker/capture-settings",
                "worker/publish-set",
                "worker/verify",
                "worker/drill",
                "worker/restore");
    }

    @Override
    Map<String, Object> beans() {
        HANDLERS.forEach(name -> handlers.put(name, new Handler(name, story)));
        var beans = new HashMap<String, Object>(handlers);
        beans.put("worker", new Worker(story));
        beans.put("delivery", delivery);
        beans.put("parking", new Parking(story));
        beans.put("discoverDatabases", new DiscoverRouteTest.Databases(story));
        beans.put("sqlcmdDatabases", new DiscoverRouteTest.Sqlcmd(story));
        beans.put("sentinel", new DiscoverRouteTest.Sentinel(story));
        beans.put("observeDatabase", new ObserveRouteTest.History());
        return beans;
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of(
                "poolkeeper.worker.name", "local",
                "poolkeeper.worker.parallel", "1",
                "poolkeeper.home", Home.folder().toString());
    }

    @Test
    void claimsAndCommitsBeforeItWorksAndAnswersAfterwards() throws Exception {
        take(step("capture-01", "local"));

        assertThat(story)
                .containsExactly(
                        "hold",
                        "claim",
                        "to poolkeeper.result",
                        "commit",
                        "captureShare does capture-01 in the folder of attempt 1",
                        "end",
                        "to poolkeeper.result",
                        "commit");
        assertThat(messages.claimOrResult(sent(0))).isInstanceOf(Claim.class);
        assertThat(result().outcome()).isEqualTo(Outcome.OK);
        assertThat(result().output()).isInstanceOf(Output.Captured.class);
    }

    static List<Throwable> faults() {
        return new ArrayList<>(List.of(
                new TransientFault("the share is offline", "wait"),
                new PermanentFault("access is denied", "give the right"),
                new NullPointerException("oops"),
                new StackOverflowError("too deep")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void makesAResultOfWhateverIsThrownAndTriesNothingAgainByItself(Throwable fault) throws Exception {
        handlers.get("captureShare").fault = fault;

        take(step("capture-01", "local"));

        assertThat(story).filteredOn(line -> line.startsWith("captureShare")).hasSize(1);
        assertThat(story).endsWith("end", "to poolkeeper.result", "commit");
        assertThat(result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result().cause()).contains(fault.getMessage());
        assertThat(result().again()).isEqualTo(fault instanceof TransientFault);
    }

    @Test
    void doesNotWorkWhenTheClaimCannotBeCommitted() throws Exception {
        delivery.lasts = 0;

        take(step("capture-01", "local"));

        assertThat(story).noneMatch(line -> line.startsWith("captureShare")).contains("to poolkeeper.dead");
    }

    @Test
    void sendsAResultAgainInATransactionOfItsOwnWhenTheBrokerDoesNotTakeIt() throws Exception {
        delivery.lasts = 1; // the claim's

        take(step("capture-01", "local"));

        Awaitility.await()
                .untilAsserted(() -> assertThat(story)
                        .endsWith(
                                "commit",
                                "captureShare does capture-01 in the folder of attempt 1",
                                "end",
                                "to poolkeeper.result",
                                "to poolkeeper.result"));
        assertThat(sent(2)).isEqualTo(sent(1));
        assertThat(story).doesNotContain("to poolkeeper.dead");
    }

    @Test
    void parksAStepThatMakesNoSenseAndClaimsNothing() throws Exception {
        deliver("poolkeeper.step.local", "{\"run\": \"run-1\", \"command\": \"format c:\"}");

        assertThat(story).startsWith("hold").endsWith("to poolkeeper.dead").doesNotContain("claim");
    }

    @ParameterizedTest
    @CsvSource({
        "DISCOVER, source:shares, ARCHIVE, discoverShares",
        "DISCOVER, source:directory, LDIF, discoverDirectory",
        "CAPTURE, database:ocs2007-rtc/rtc, SQL_NATIVE, captureDatabase",
        "CAPTURE, share:meeting-content, ARCHIVE, captureShare",
        "CAPTURE, directory:ocs, LDIF, captureDirectory",
        "CAPTURE, settings:global-pool/ocs2007, LCSCMD, captureSettings",
        "CAPTURE, settings:userdata/ocs2007, DBIMPEXP, captureUserData",
        "PUBLISH, set:a-set, VAULT, publishSet",
        "VERIFY, database:ocs2007-rtc/rtc, SQL_NATIVE, verifyDatabase",
        "VERIFY, share:meeting-content, ARCHIVE, verifyShare",
        "VERIFY, directory:ocs, LDIF, verifyDirectory",
        "VERIFY, settings:global-pool/ocs2007, LCSCMD, verifySettings",
        "VERIFY, set:a-set, VAULT, verifySet",
        "COHERE, set:a-set, VAULT, cohereSet",
        "DRILL, database:ocs2007-rtc/rtc, SQL_NATIVE, restoreDatabase",
        "DRILL, share:meeting-content, ARCHIVE, restoreShare",
        "DRILL, directory:ocs, LDIF, restoreDirectory",
        "DRILL, settings:global-pool/ocs2007, LCSCMD, restoreSettings",
        "RESTORE, database:ocs2007-rtc/rtc, SQL_NATIVE, restoreDatabase",
        "RESTORE, share:meeting-content, ARCHIVE, restoreShare",
        "RESTORE, directory:ocs, LDIF, restoreDirectory",
        "RESTORE, settings:global-pool/ocs2007, LCSCMD, restoreSettings",
        "DISCOVER, source:shares, OBSERVED, discoverShares",
        "CAPTURE, share:meeting-content, OBSERVED, observeFiles",
        "VERIFY, database:ocs2007-rtc/rtc, OBSERVED, verifyObservedDatabase",
        "DRILL, database:ocs2007-rtc/rtc, OBSERVED, restoreObservedDatabase",
        "RESTORE, directory:ocs, OBSERVED, restoreObserved",
        "DISCOVER, source:shares, WBADMIN, discoverShares",
        "CAPTURE, database:ocs2007-rtc/rtc, WBADMIN, captureDatabaseByWbadmin",
        "CAPTURE, share:meeting-content, WBADMIN, captureShareByWbadmin",
        "VERIFY, share:meeting-content, WBADMIN, verifyImage",
        "DRILL, database:ocs2007-rtc/rtc, WBADMIN, restoreObserved",
        "DISCOVER, source:directory, SYSTEM_STATE, discoverDirectory",
        "CAPTURE, directory:ocs-system-state, SYSTEM_STATE, captureSystemState",
        "VERIFY, directory:ocs-system-state, SYSTEM_STATE, verifyImage",
        "DRILL, directory:ocs-system-state, SYSTEM_STATE, restoreObserved",
        "DISCOVER, source:directory, IFM, discoverDirectory",
        "CAPTURE, directory:ocs-ifm, IFM, captureByController",
        "CAPTURE, directory:ocs-snapshot, SNAPSHOT, captureByController",
        "CAPTURE, directory:ocs-samba-tool, SAMBA_TOOL, captureByController",
        "VERIFY, directory:ocs-samba-tool, SAMBA_TOOL, verifyControllerFiles",
        "RESTORE, directory:ocs-ifm, IFM, restoreByCommand"
    })
    void handsEachActionAndKindToItsHandler(Action action, String part, Method method, String handler)
            throws Exception {
        take(step("any-01", "local", action, part, method));

        assertThat(story).contains(handler + " does any-01 in the folder of attempt 1");
        assertThat(result().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void failsAStepThatNoRouteTakes() throws Exception {
        take(step("any-01", "local", Action.CAPTURE, "set:a-set", Method.VAULT));

        assertThat(result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result().cause()).contains("capture-set");
    }

    private void take(Step step) throws Exception {
        deliver("poolkeeper.step.local", messages.write(step));
    }

    private String sent(int index) {
        return jms.bodies("poolkeeper.result").get(index);
    }

    private StepResult result() {
        return (StepResult) messages.claimOrResult(sent(1));
    }
}
