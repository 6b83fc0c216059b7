// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.lab.model.Edition;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A drill of a whole Enterprise site: what it proves, what only it finds, and what it says when it cannot be held. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillIT {
    @TempDir
    static Path folder;

    private static LabSite site;
    private static LabSite.Ended backup;

    @BeforeAll
    static void backUpOnce() {
        site = LabSite.start(folder.resolve("lab"), Edition.ENTERPRISE, 0.02);
        backup = site.run("backup");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void provesEveryDatabaseThatWasCaptured() {
        assertThat(backup.exit()).as(backup.err()).isZero();

        var drill = site.run("drill");

        assertThat(drill.exit()).as(drill.out()).isZero();
        var drilled = databases(drill);
        assertThat(ids(drilled)).isEqualTo(ids(databases(backup))).hasSizeGreaterThanOrEqualTo(8);
        assertThat(drilled).allSatisfy(part -> {
            assertThat(part.path("outcome").asText()).isEqualTo("OK");
            assertThat(part.path("verdict").asText()).isEqualTo("PROVEN");
            assertThat(part.path("depth").asText()).isEqualTo("restored");
        });
        assertThat(site.run("status").last().path("restorable").path("line").asText())
                .startsWith("Restorable to ")
                .contains("Proven just now");
    }

    @Test
    @Order(2)
    void leavesNothingBehindOnTheInstanceForDrills() throws SQLException {
        assertThat(site.databases("drill-sql")).containsExactlyInAnyOrder("master", "model", "msdb", "tempdb");
    }

    @Test
    @Order(3)
    void findsLogicalDamageThatPassesEveryHashAndEveryChecksum() throws SQLException {
        try (var engine = site.lab().sql().openForSeeding("archiving", "QoEMetrics");
                var damage = engine.createStatement()) {
            damage.execute("CREATE TABLE \"dbo\".\"Jitter\" (\"Id\" INT PRIMARY KEY, \"Value\" DOUBLE PRECISION)");
            damage.execute("INSERT INTO \"dbo\".\"Jitter\" VALUES (1, CAST('NaN' AS DOUBLE PRECISION))");
        }
        var damaged = site.run("backup", "--part", "QoEMetrics");
        assertThat(damaged.exit()).as(damaged.out()).isZero();
        assertThat(site.run("verify", "--part", "QoEMetrics").exit()).isZero();

        var drill = site.run("drill", "--part", "QoEMetrics");

        assertThat(drill.exit()).as(drill.out()).isEqualTo(28);
        var part = databases(drill).get(0);
        assertThat(part.path("part").asText()).endsWith("/QoEMetrics");
        assertThat(part.path("verdict").asText()).isEqualTo("SUSPECT");
        assertThat(part.path("cause").asText()).contains("DBCC CHECKDB: 2570").contains("Column \"Value\"");
    }

    @Test
    @Order(4)
    void takesTheSetBeforeWhenTheNewestIsKnownToBeDamaged() {
        var restored = site.run("drill", "--part", "QoEMetrics");

        assertThat(restored.exit()).as(restored.out()).isZero();
    }

    @Test
    @Order(5)
    void concludesNothingWhenTheInstanceForDrillsIsAway() throws IOException {
        var siteFile = site.lab().siteFile();
        var whole = Files.readString(siteFile);
        Files.writeString(siteFile, whole.replace(":" + site.lab().sqlPort("drill-sql"), ":" + closedPort()));
        try {
            var drill = site.run("drill", "--part", "QoEMetrics", "--part", "LCSLog");

            assertThat(drill.exit()).as(drill.out()).isEqualTo(24);
            assertThat(databases(drill)).hasSize(2).allSatisfy(part -> {
                assertThat(part.path("verdict").asText()).isEqualTo("UNKNOWN");
                assertThat(part.path("outcome").asText()).isEqualTo("WARNING");
            });
        } finally {
            Files.writeString(siteFile, whole);
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The databases that a run captured or judged. */
    private static List<JsonNode> databases(LabSite.Ended run) {
        var databases = new ArrayList<JsonNode>();
        run.last().path("parts").forEach(part -> {
            if (part.path("kind").asText().equals("database")
                    && !part.path("verdict").asText().equals("UNCHECKED")) {
                databases.add(part);
            }
        });
        return databases;
    }

    private static List<String> ids(List<JsonNode> parts) {
        return parts.stream().map(part -> part.path("part").asText()).sorted().toList();
    }
}
