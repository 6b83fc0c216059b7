// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.site;

import io.poolkeeper.schema.Problems;
import java.net.URI;
import java.util.HashSet;
import java.util.regex.Pattern;

/** What the site file says about the broker: nothing is offered or used without users, and nothing in the clear over a network. */
final class BrokerChecks {
    private static final Pattern LOOPBACK = Pattern.compile("127\\.[0-9.]+|localhost|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("(tcp|nio|auto)://([^,:/()?]+|\\[[^]]+])");
    private final Site site;
    private final Problems problems;

    BrokerChecks(Site site, Problems problems) {
        this.site = site;
        this.problems = problems;
    }

    void run() {
        site.broker().ifPresent(this::broker);
        site.workers().forEach((name, worker) -> {
            if (worker.user().isPresent() != worker.password().isPresent()) {
                problems.add("/workers/" + name, "needs both user and password, or neither", "");
            }
        });
    }

    private void broker(Broker broker) {
        var addresses = ADDRESS.matcher(broker.url());
        while (addresses.find()) {
            if (!LOOPBACK.matcher(addresses.group(2)).matches()) {
                problems.add(
                        "/broker/url",
                        "would send steps and results in the clear to " + addresses.group(2),
                        "use ssl:// there");
            }
        }
        broker.serve().ifPresent(serve -> serve(broker, serve));
    }

    private void serve(Broker broker, Broker.Serve serve) {
        if (broker.user().isEmpty() || broker.password().isEmpty()) {
            problems.add("/broker", "a broker is never served without users", "give the coordinator user and password");
        }
        for (var index = 0; index < serve.listen().size(); index++) {
            listen(
                    "/broker/serve/listen/" + index,
                    serve,
                    URI.create(serve.listen().get(index)));
        }
        users(broker, serve);
    }

    private void listen(String place, Broker.Serve serve, URI address) {
        var scheme = String.valueOf(address.getScheme());
        if (scheme.endsWith("ssl") && serve.certificate().isEmpty()) {
            problems.add(place, "TLS needs a certificate", "add broker.serve.certificate and certificatePassword");
        }
        if (!scheme.endsWith("ssl")
                && !LOOPBACK.matcher(String.valueOf(address.getHost())).matches()) {
            problems.add(place, "would listen in the clear on a network", "use ssl:// or amqp+ssl://, or 127.0.0.1");
        }
    }

    private void users(Broker broker, Broker.Serve serve) {
        var names = new HashSet<String>();
        broker.user().ifPresent(names::add);
        site.workers()
                .forEach((name, worker) -> worker.user()
                        .filter(user -> !names.add(user))
                        .ifPresent(user -> problems.add(
                                "/workers/" + name + "/user",
                                user + " is somebody else already",
                                "give each worker a user of its own: its rights go by it")));
        serve.schedulers().keySet().stream()
                .filter(user -> !names.add(user))
                .forEach(user -> problems.add(
                        "/broker/serve/schedulers/" + user, user + " is somebody else already", "use another name"));
    }
}
