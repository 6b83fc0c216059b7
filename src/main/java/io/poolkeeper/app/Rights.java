// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.site.Broker;
import io.poolkeeper.site.Site;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.security.AuthenticationUser;
import org.apache.activemq.security.AuthorizationEntry;
import org.apache.activemq.security.AuthorizationPlugin;
import org.apache.activemq.security.DefaultAuthorizationMap;
import org.apache.activemq.security.SimpleAuthenticationPlugin;
import org.apache.activemq.security.TempDestinationAuthorizationEntry;

/**
 * Who may do what on the stand-alone broker. The coordinator may do all; a worker reads its own step queue and the control
 * topic and writes results and progress; a scheduler asks for runs and reads its answers. Nobody else gets in.
 */
final class Rights {
    private static final String COORDINATOR = "coordinator";
    private static final String WORKERS = "workers";
    private static final String SCHEDULERS = "schedulers";
    private static final String EVERYBODY = "everybody";
    private static final String OWN = "worker-";

    private final Site site;
    private final Broker broker;
    private final Broker.Serve serve;

    Rights(Site site, Broker broker, Broker.Serve serve) {
        this.site = site;
        this.broker = broker;
        this.serve = serve;
    }

    /** Knows the users of the site file; their passwords are read now. */
    SimpleAuthenticationPlugin users() {
        var users = new ArrayList<AuthenticationUser>();
        users.add(new AuthenticationUser(
                broker.user().orElseThrow(), broker.password().orElseThrow().resolve(), COORDINATOR + "," + EVERYBODY));
        site.workers()
                .values()
                .forEach(worker -> worker.user()
                        .ifPresent(user -> users.add(new AuthenticationUser(
                                user,
                                worker.password().orElseThrow().resolve(),
                                WORKERS + "," + OWN + worker.name() + "," + EVERYBODY))));
        serve.schedulers()
                .forEach((user, password) ->
                        users.add(new AuthenticationUser(user, password.resolve(), SCHEDULERS + "," + EVERYBODY)));
        var plugin = new SimpleAuthenticationPlugin(users);
        plugin.setAnonymousAccessAllowed(false);
        return plugin;
    }

    /** What each of them may do. Queues are there already: to write into one is no right to make one. */
    AuthorizationPlugin rights() throws Exception {
        var entries = new ArrayList<AuthorizationEntry>();
        entries.add(queue(">", COORDINATOR, COORDINATOR));
        entries.add(topic(">", COORDINATOR, COORDINATOR));
        entries.add(queue("poolkeeper.trigger", COORDINATOR, COORDINATOR + "," + SCHEDULERS));
        entries.add(queue("poolkeeper.result", COORDINATOR, COORDINATOR + "," + WORKERS));
        entries.add(topic("poolkeeper.control", COORDINATOR + "," + WORKERS, COORDINATOR));
        entries.add(topic("poolkeeper.progress", COORDINATOR, COORDINATOR + "," + WORKERS));
        for (var worker : site.workers().keySet()) {
            entries.add(queue("poolkeeper.step." + worker, COORDINATOR + "," + OWN + worker, COORDINATOR));
        }
        var advisories = topic("ActiveMQ.Advisory.>", EVERYBODY, EVERYBODY);
        advisories.setAdmin(EVERYBODY);
        entries.add(advisories);
        var temporary = new TempDestinationAuthorizationEntry(); // the answers to triggers: read by who made them alone
        temporary.setRead(COORDINATOR + "," + SCHEDULERS);
        temporary.setWrite(COORDINATOR);
        temporary.setAdmin(COORDINATOR + "," + SCHEDULERS);
        var map = new DefaultAuthorizationMap();
        map.setAuthorizationEntries(List.copyOf(entries));
        map.setTempDestinationAuthorizationEntry(temporary);
        return new AuthorizationPlugin(map);
    }

    private static AuthorizationEntry queue(String name, String readers, String writers) throws Exception {
        var entry = entry(readers, writers);
        entry.setQueue(name);
        return entry;
    }

    private static AuthorizationEntry topic(String name, String readers, String writers) throws Exception {
        var entry = entry(readers, writers);
        entry.setTopic(name);
        return entry;
    }

    private static AuthorizationEntry entry(String readers, String writers) throws Exception {
        var entry = new AuthorizationEntry();
        entry.setRead(readers);
        entry.setWrite(writers);
        entry.setAdmin(COORDINATOR);
        return entry;
    }
}
