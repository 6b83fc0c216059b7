// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.database.DiscoverDatabases;
import io.poolkeeper.database.SqlConnections;
import io.poolkeeper.run.Accepted;
import io.poolkeeper.schema.Home;
import io.poolkeeper.site.Site;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;

/** The routes of routes/, running in Camel Main with our beans under the names that they use. */
final class Workflow implements AutoCloseable {
    private final Site site;
    private final Settings settings;
    private final BrokerConnections connections;
    private final Main main = new Main();
    private @Nullable ProducerTemplate template;

    /** What a process is; each has its files of routes/. */
    enum Role {
        /** Decides, and works itself as worker {@code local}. */
        COORDINATOR("coordinator/*", "worker/*"),
        /** Works, and nothing else. */
        WORKER("coordinator/error-handling", "worker/*");

        private final String first;
        private final String second;

        Role(String first, String second) {
            this.first = first;
            this.second = second;
        }
    }

    /**
     * Routes of a site.
     *
     * @param connections closed with the routes
     */
    Workflow(Site site, Settings settings, BrokerConnections connections) {
        this.site = site;
        this.settings = settings;
        this.connections = connections;
    }

    void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * Starts the routes.
     *
     * @param role what this process is
     * @param name of its worker
     */
    void start(Role role, String name) {
        settings.all()
                .stringPropertyNames()
                .forEach(key -> property(key, settings.all().getProperty(key)));
        property("poolkeeper.home", Home.folder().toString());
        property("poolkeeper.worker.name", name);
        main.bind("messageRetry", messageRetry());
        main.bind("resultRetry", resultRetry());
        main.bind("jms", connections.component());
        site.sql()
                .values()
                .forEach(source ->
                        main.bind("sql-" + source.key(), SqlConnections.dataSource(source, DiscoverDatabases.LOGIN)));
        main.configure()
                .setRoutesIncludePattern(Stream.of(role.first, role.second)
                        .map(files -> "file:" + Home.folder() + "/routes/" + files + ".camel.yaml")
                        .collect(Collectors.joining(",")));
        main.start();
    }

    /** A value that routes name in double braces. */
    void property(String key, String value) {
        main.addInitialProperty(key, value);
    }

    private static RedeliveryPolicy messageRetry() {
        var policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(3);
        policy.setRedeliveryDelay(500);
        return policy;
    }

    /** For hours; longer than a broker is away. Others that wait are not held up. */
    private static RedeliveryPolicy resultRetry() {
        var policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(1000);
        policy.setRedeliveryDelay(500);
        policy.setUseExponentialBackOff(true);
        policy.setMaximumRedeliveryDelay(Duration.ofSeconds(30).toMillis());
        policy.setAsyncDelayedRedelivery(true);
        return policy;
    }

    void startRun(Accepted accepted) {
        template().sendBody("direct:start-run", accepted);
    }

    void stopRun(String run) {
        template().sendBody("direct:stop-run", run);
    }

    /**
     * Puts a job into the folder of a host without Java.
     *
     * @throws org.apache.camel.CamelExecutionException if it cannot be written
     */
    void handOut(String host, String file, String text) {
        template().sendBodyAndHeader("direct:hand-off-job-" + host, text, Exchange.FILE_NAME, file);
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
        connections.close();
    }
}
