// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whose settings are meant.
 *
 * @param attribute what the XML calls the name
 * @param name of the forest's service, the pool or the server
 * @param store where they are kept
 */
record Target(String attribute, String name, Path store) {
    static Target of(OcsFolder ocs, Level level, Arguments command) {
        return switch (level) {
            case GLOBAL -> new Target("Container", "RTC Service", ocs.global());
            case POOL -> pool(ocs, command.required("poolname"));
            case MACHINE -> machine(ocs, command);
        };
    }

    private static Target pool(OcsFolder ocs, String name) {
        return new Target("PoolName", name, ocs.pool(name));
    }

    private static Target machine(OcsFolder ocs, Arguments command) {
        if (command.has("fqdn")) {
            return new Target("Fqdn", command.required("fqdn"), ocs.machine(command.required("fqdn")));
        }
        if (!command.has("poolname")) {
            throw new Refused("Required parameter '/fqdn' is missing.");
        }
        var name = command.required("poolname");
        var host = hostOfStandardEdition(ocs, name);
        return new Target("Fqdn", host, ocs.machine(host));
    }

    /** On a Standard Edition the pool has the name of its one server. */
    private static String hostOfStandardEdition(OcsFolder ocs, String pool) {
        try {
            for (var section : ocs.read(ocs.pool(pool), "The pool '" + pool + "' does not exist.")) {
                var fqdn = section.values().getOrDefault("PoolFQDN", "");
                if (Files.exists(ocs.machine(fqdn))) {
                    return fqdn;
                }
            }
        } catch (IOException e) {
            throw new Refused(e.toString());
        }
        throw new Refused("'" + pool + "' is an Enterprise pool: use '/fqdn' to name one of its servers.");
    }

    List<Section> read(OcsFolder ocs) throws IOException {
        return ocs.read(
                store,
                attribute.equals("Fqdn")
                        ? "The server '" + name
                                + "' could not be found, or no component of Office Communications Server is installed on it."
                        : "The pool '" + name + "' does not exist.");
    }
}
