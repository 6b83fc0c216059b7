// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.database.DiscoverDatabases;
import io.poolkeeper.database.SqlConnections;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.schema.Home;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.Notify;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The routes of routes/, running in Camel Main with our beans under the names that they use. */
final class Workflow implements AutoCloseable {
    private final Site site;
    private final Settings settings;
    private final Main main = new Main();
    private @Nullable ProducerTemplate template;
    private final JmsPoolConnectionFactory connections = new JmsPoolConnectionFactory();

    Workflow(Site site, Settings settings) {
        this.site = site;
        this.settings = settings;
    }

    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * Starts the routes.
     *
     * @param embedded whether the broker runs in this process
     * @param timers whether plans start by themselves
     */
    void start(boolean embedded, boolean timers) {
        settings.all()
                .stringPropertyNames()
                .forEach(key -> main.addInitialProperty(key, settings.all().getProperty(key)));
        main.addInitialProperty("poolkeeper.home", Home.folder().toString());
        main.addInitialProperty("poolkeeper.worker.name", Site.LOCAL);
        main.addInitialProperty("poolkeeper.trigger.folder", triggerFolder().toString());
        main.addInitialProperty(
                "poolkeeper.mail.host",
                site.notifications().email().map(Notify.Email::host).orElse("unconfigured.invalid"));
        main.addInitialProperty(
                "poolkeeper.mail.port",
                site.notifications().email().map(Notify.Email::port).orElse(25).toString());
        main.addInitialProperty(
                "poolkeeper.mail.from",
                site.notifications().email().map(Notify.Email::from).orElse("nobody@unconfigured.invalid"));
        main.addInitialProperty(
                "poolkeeper.mail.to",
                site.notifications()
                        .email()
                        .map(email -> String.join(",", email.to()))
                        .orElse("nobody@unconfigured.invalid"));
        var mail = new MailServer(site.notifications().email());
        main.bind("mailProperties", mail.properties());
        main.bind("mailAuthenticator", mail);
        main.bind("messageRetry", messageRetry());
        main.bind("jms", jms(embedded));
        site.sql()
                .values()
                .forEach(source ->
                        main.bind("sql-" + source.key(), SqlConnections.dataSource(source, DiscoverDatabases.LOGIN)));
        main.configure()
                .setRoutesIncludePattern("file:" + Home.folder() + "/routes/coordinator/*.camel.yaml,file:"
                        + Home.folder() + "/routes/worker/*.camel.yaml");
        main.start();
        if (timers) {
            addTimers(main.getCamelContext());
            addWatches(main.getCamelContext());
        }
    }

    private Path triggerFolder() {
        try {
            return Disk.createFolders(site.state().dir().resolve("trigger"));
        } catch (IOException e) {
            throw new NotStarted("the trigger folder cannot be created: " + e.getMessage(), e);
        }
    }

    private static RedeliveryPolicy messageRetry() {
        var policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(3);
        policy.setRedeliveryDelay(500);
        return policy;
    }

    private JmsComponent jms(boolean embedded) {
        var factory = new ActiveMQConnectionFactory(
                embedded ? EmbeddedBroker.URL : site.broker().orElseThrow().url());
        if (!embedded) {
            site.broker().orElseThrow().user().ifPresent(factory::setUserName);
            site.broker().orElseThrow().password().ifPresent(password -> factory.setPassword(password.resolve()));
        }
        factory.getRedeliveryPolicy()
                .setMaximumRedeliveries(org.apache.activemq.RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        factory.getRedeliveryPolicy().setUseExponentialBackOff(true);
        factory.getRedeliveryPolicy()
                .setMaximumRedeliveryDelay(Duration.ofMinutes(1).toMillis());
        factory.setTrustedPackages(java.util.List.of("none")); // object messages are refused
        connections.setConnectionFactory(factory);
        var component = JmsComponent.jmsComponent(connections);
        component.setDestinationResolver(new Destinations());
        component.setHeaderFilterStrategy(new HeaderAllowList());
        return component;
    }

    /** Three routes per watched share: what is heard of it, the time to scan it, and the question for a run. */
    private void addWatches(CamelContext context) {
        for (var share : site.shares().values()) {
            share.watch().ifPresent(watch -> {
                TemplatedRouteBuilder.builder(context, "watch-share")
                        .routeId("watch-share-" + share.key())
                        .parameter("share", share.key())
                        .parameter("quiet", watch.quiet().toMillis())
                        .parameter("atMost", watch.atMost().toString())
                        .add();
                TemplatedRouteBuilder.builder(context, "scan-share")
                        .routeId("scan-share-" + share.key())
                        .parameter("share", share.key())
                        .parameter("scan", watch.scan().toMillis())
                        .add();
                TemplatedRouteBuilder.builder(context, "ask-for-changed-share")
                        .routeId("ask-for-changed-share-" + share.key())
                        .parameter("share", share.key())
                        .parameter("period", "{{poolkeeper.watch.period}}")
                        .add();
            });
        }
    }

    /** One route per plan with a cron expression, and one that looks whether they start. */
    private void addTimers(CamelContext context) {
        TemplatedRouteBuilder.builder(context, "watch-over-plans")
                .routeId("watch-over-plans")
                .parameter("period", "{{poolkeeper.watch.period}}")
                .add();
        for (var plan : site.plans().values()) {
            plan.cron()
                    .ifPresent(cron -> TemplatedRouteBuilder.builder(context, "plan-timer")
                            .routeId("plan-timer-" + plan.name())
                            .parameter("plan", plan.name())
                            .parameter("cron", cron)
                            .parameter("timeZone", site.zone().getId())
                            .add());
        }
    }

    void startRun(Accepted accepted) {
        template().sendBody("direct:start-run", accepted);
    }

    void stopRun(String run) {
        template().sendBody("direct:stop-run", run);
    }

    /** Sends a text to a queue, as a client from outside would. */
    void send(String queue, Object body) {
        template().sendBody("jms:" + queue, body);
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = main.getCamelContext().createProducerTemplate();
        }
        return template;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
        connections.stop();
    }
}
