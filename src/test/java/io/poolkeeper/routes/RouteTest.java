// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.Delivery;
import io.poolkeeper.app.Messages;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.run.Opening;
import io.poolkeeper.run.ProgressBoard.Progress;
import io.poolkeeper.run.StageClosed;
import io.poolkeeper.run.Steps.Reaped;
import io.poolkeeper.schema.Home;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Presence;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;

/**
 * Runs real files of routes/ with stand-ins for the beans and for the outside. All of them write into one story, so that
 * a test can say what happens in which order.
 */
abstract class RouteTest extends CamelTestSupport {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    final List<String> story = new CopyOnWriteArrayList<>();

    /** What happens when something is sent to a destination; set before or during a test. */
    final Map<String, Processor> answers = new HashMap<>();

    final Outside jms = new Outside(story, answers);
    final Outside timer = new Outside(story, answers);
    final Messages messages = new Messages();

    /** The files to run, such as {@code coordinator/open-stage}, with those that they call. */
    abstract List<String> files();

    /** The stand-ins by the names of the beans. */
    abstract Map<String, Object> beans();

    /** What the files ask for in double braces. */
    Map<String, String> placeholders() {
        return Map.of();
    }

    @Override
    protected final RoutesBuilder[] createRouteBuilders() throws Exception {
        var loader = PluginHelper.getRoutesLoader(context);
        for (var file : files()) {
            loader.loadRoutes(
                    ResourceHelper.resolveResource(context, "file:" + Home.file("routes/" + file + ".camel.yaml")));
        }
        return new RoutesBuilder[0];
    }

    @Override
    protected final void bindToRegistry(Registry registry) {
        context.setAllowUseOriginalMessage(true);
        context.getComponent("direct", DirectComponent.class).setTimeout(1); // no route is on its way
        var policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(3);
        policy.setRedeliveryDelay(1);
        registry.bind("messageRetry", policy);
        registry.bind("resultRetry", policy);
        registry.bind("messages", messages);
        registry.bind("senders", new Senders());
        registry.bind("jms", jms);
        registry.bind("scheduler", timer);
        var beans = new HashMap<>(beans());
        beans.putIfAbsent("delivery", new Delivery());
        beans.forEach(registry::bind);
    }

    @Override
    public final void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        var properties = new Properties();
        properties.putAll(placeholders());
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    /** A message comes. */
    final void deliver(String queue, Object body) throws Exception {
        jms.deliver(queue, body, Map.of());
    }

    /** A timer fires. */
    final void fire(String name) throws Exception {
        timer.deliver(name, null, Map.of());
    }

    /** A step that backs up a share. */
    static Step step(String id, String worker) {
        return step(id, worker, Action.CAPTURE, "share:meeting-content", Method.ARCHIVE);
    }

    static Step step(String id, String worker, Action action, String part, Method method) {
        return new Step(
                "run-1",
                id,
                1,
                PartId.parse(part),
                action,
                method,
                action.effect(),
                worker,
                "2026-11-23T120000Z-nightly-0001",
                null,
                Level.FULL,
                Depth.CONTENT,
                false,
                NOON.plusSeconds(3600),
                "0".repeat(64));
    }

    /** A share that was captured. */
    static StepResult result(Step step) {
        var output = new Output.Captured(
                List.of(), JsonNodeFactory.instance.objectNode(), Map.of(), Level.FULL, null, List.of());
        return StepResult.done(step, step.worker(), output, NOON, NOON.plusSeconds(9));
    }

    /** Stands in for bean {@code conclusion}. */
    public static final class Conclusion {
        private final List<String> story;

        Conclusion(List<String> story) {
            this.story = story;
        }

        public void conclude(String run) {
            story.add("conclude " + run);
        }
    }

    /** Stands in for bean {@code stages}: opens what it is told, or fails as often as it is told. */
    public static final class Stages {
        List<Step> steps = List.of();
        boolean conclude;
        int failures;
        int calls;
        int closed;

        public Opening open(StageClosed stage, String message) {
            calls++;
            if (calls <= failures) {
                throw new IllegalStateException("the run store is busy");
            }
            closed = stage.stage();
            return new Opening(stage.run(), steps, conclude);
        }
    }

    /** Stands in for bean {@code steps}: closes a stage and loses steps when it is told to. */
    public static final class Steps {
        private final List<String> story;
        Optional<StageClosed> closes = Optional.empty();
        Reaped reaped = new Reaped(List.of(), List.of());

        Steps(List<String> story) {
            this.story = story;
        }

        public Optional<StageClosed> take(StepResult result, Boolean redelivered) {
            story.add("result of " + result.step() + ": " + result.outcome()
                    + (Boolean.TRUE.equals(redelivered) ? " again" : ""));
            return closes;
        }

        public Reaped reap() {
            return reaped;
        }
    }

    /** Stands in for bean {@code senders}: believes everybody but one user. */
    public static final class Senders {
        static final String LIAR = "liar";

        public Object believe(Object message, String user) {
            if (LIAR.equals(user)) {
                new Messages().stage("no message"); // refused, as a message of a liar is
            }
            return message;
        }

        public boolean isBelieved(Object sign, String user) {
            return !LIAR.equals(user);
        }
    }

    /** Stands in for bean {@code watch}. */
    public static final class Watch {
        private final List<String> story;
        List<String> overdue = List.of();
        boolean firstUnsent = true;
        List<StageClosed> closedByStopping = List.of();
        List<StageClosed> forgotten = List.of();

        Watch(List<String> story) {
            this.story = story;
        }

        public void claimed(Claim claim) {
            story.add("claim of " + claim.step() + " by " + claim.worker());
        }

        public void alive(Object sign) {
            story.add(
                    sign instanceof Progress progress
                            ? "alive " + progress.step() + " " + progress.done() + " " + progress.unit()
                            : "there is " + ((Presence) sign).worker());
        }

        public void sent(Step step) {
            story.add("sent " + step.step());
        }

        public boolean unsent(Step step, Throwable why) {
            story.add("unsent " + step.step());
            return firstUnsent;
        }

        public List<String> overdue() {
            return overdue;
        }

        public List<StageClosed> abandon(String run) {
            story.add("abandon " + run);
            return closedByStopping;
        }

        public List<StageClosed> forgotten() {
            return forgotten;
        }

        public void tellOfMissedPlans() {
            story.add("tell of missed plans");
        }

        public void discardLeftovers() {
            story.add("discard leftovers");
        }

        public String concluded(String run) {
            return "{\"event\": \"concluded\", \"run\": \"" + run + "\"}";
        }
    }

    /** Stands in for bean {@code parking}. */
    public static final class Parking {
        private final List<String> story;
        private String stuckRun;
        private String stuckStep;

        Parking(List<String> story) {
            this.story = story;
        }

        /** From now on what is parked keeps a run from going on. */
        void stuck(String run) {
            stuckRun = run;
        }

        /** From now on what is parked keeps a step from being answered. */
        void stuckStep(String result) {
            stuckStep = result;
        }

        public void park(Exchange exchange) {
            story.add("park "
                    + exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                            .getMessage());
            exchange.setProperty("stuckRun", stuckRun);
            exchange.setProperty("stuckStep", stuckStep);
        }

        public String reason(Throwable error) {
            return error.getMessage();
        }

        public void keep(String place, String reason, Object body) {
            story.add("keep " + place + ": " + reason + ": " + body);
        }
    }
}
