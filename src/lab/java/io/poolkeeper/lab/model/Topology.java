// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.model;

import io.poolkeeper.lab.model.SqlInstance.Release;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which servers, instances and shares there are.
 *
 * @param pool the one pool
 * @param servers all servers but the domain controller
 * @param instances the last one is for drills
 * @param shares in the order of {@link ShareRole}
 */
public record Topology(Pool pool, List<Server> servers, List<SqlInstance> instances, List<Share> shares) {
    private static final Path INSTALL_ROOT =
            Path.of("ocs2007", "Program Files", "Microsoft Office Communications Server 2007 R2");
    private static final SqlInstance DRILL = new SqlInstance("drill-sql", "DRILL", Release.CURRENT, List.of(), true);

    static Topology of(Edition edition, Domain domain) {
        return edition == Edition.STANDARD ? standard(domain) : enterprise(domain);
    }

    /** Where OCS is installed on a Standard Edition server, relative to the lab's folder. */
    static Path installRoot() {
        return INSTALL_ROOT;
    }

    /** The article's lab: one server named ocs2007 on Windows 2008 R2 with SQL Server 2005 Express. */
    private static Topology standard(Domain domain) {
        var host = "ocs2007";
        return new Topology(
                new Pool(host, domain.fqdn(host), Edition.STANDARD, "(local)\\rtc"),
                List.of(new Server(host, domain.fqdn(host), List.of("standard-edition"), "2008r2")),
                List.of(
                        new SqlInstance(
                                "ocs2007-rtc",
                                "OCS2007\\RTC",
                                Release.EXPRESS_2005,
                                List.of("rtc", "RTCConfig", "RTCDyn", "RTCAB"),
                                false),
                        DRILL),
                Arrays.stream(ShareRole.values())
                        .filter(role -> !role.standardFolders().isEmpty())
                        .map(Topology::installedShare)
                        .toList());
    }

    private static Share installedShare(ShareRole role) {
        return new Share(
                role, role.standardFolders().stream().map(INSTALL_ROOT::resolve).toList());
    }

    /** A consolidated pool with every optional role, so that every catalogued part exists. */
    private static Topology enterprise(Domain domain) {
        var pool = "ocspool";
        return new Topology(
                new Pool(pool, domain.fqdn(pool), Edition.ENTERPRISE, "SQL1"),
                Stream.of(
                                frontEnd(domain, "ocsfe1"),
                                frontEnd(domain, "ocsfe2"),
                                server(domain, "sql1", "back-end"),
                                server(domain, "ocsarch", "archiving"),
                                server(domain, "ocsmon", "monitoring"),
                                server(domain, "ocschat", "group-chat", "group-chat-compliance"),
                                server(domain, "ocsmed", "mediation"),
                                server(domain, "ocsedge", "edge"),
                                server(domain, "ocscwa", "cwa"))
                        .toList(),
                List.of(
                        instance("backend", "SQL1", "rtc", "RTCConfig", "RTCDyn", "RTCAB", "ACDDyn"),
                        instance("archiving", "SQL2", "LCSLog", "RTCCDR", "QoEMetrics"),
                        instance("groupchat", "SQL3", "GroupChat", "GroupChatCompliance"),
                        DRILL),
                Arrays.stream(ShareRole.values())
                        .map(role -> new Share(role, List.of(Path.of("shares", role.key()))))
                        .toList());
    }

    private static Server frontEnd(Domain domain, String host) {
        return server(domain, host, "front-end", "web-components", "web-conferencing", "av-conferencing");
    }

    private static Server server(Domain domain, String host, String... roles) {
        return new Server(host, domain.fqdn(host), List.of(roles), "2008r2");
    }

    private static SqlInstance instance(String key, String serverName, String... databases) {
        return new SqlInstance(key, serverName, Release.STANDARD_2008, List.of(databases), false);
    }
}
