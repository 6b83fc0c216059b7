// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.plan.RecordedInventory;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Inventory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} while the SQL Server and the domain controller accept connections and never answer. */
class PlanVerbTest {
    private static final Instant RECORDED = Instant.parse("2026-11-20T22:00:00Z");

    @TempDir
    Path folder;

    private ServerSocket silent;
    private String site = "";

    @BeforeEach
    void openSilentServer() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var yaml = TestSites.STANDARD
                .replace("127.0.0.1:1;", "127.0.0.1:" + silent.getLocalPort() + ";")
                .replace("127.0.0.1:3'", "127.0.0.1:" + silent.getLocalPort() + "'");
        site = TestSites.in(folder, yaml).file().toString();
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
    }

    @Test
    @Timeout(30)
    void showsTheRecordedInventoryWithItsAgeInAMoment() {
        record();
        Ran.of("plan", "-c", site); // loads classes: a process is measured elsewhere
        var before = System.nanoTime();

        var plan = Ran.of("plan", "-c", site);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        assertThat(plan.exit()).isEqualTo(4);
        assertThat(plan.out())
                .contains("shown is what was found at " + RECORDED)
                .contains("database:ocs2007-rtc/Surprise")
                .contains("HINT: ");
    }

    @Test
    @Timeout(30)
    void showsWhatTheSiteFileAsksForWhenNothingWasRecorded() {
        var plan = Ran.of("plan", "-c", site, "--json");

        assertThat(plan.exit()).isEqualTo(4);
        assertThat(plan.lines()).singleElement().satisfies(line -> {
            assertThat(Schemas.check("plan", line)).isEmpty();
            assertThat(line.path("warnings").toString()).contains("shown is what the site file asks for");
            assertThat(line.path("parts").findValuesAsText("part")).contains("database:ocs2007-rtc/rtc");
        });
    }

    @Test
    @Timeout(30)
    void leavesTheRecordedInventoryAsItIs() {
        record();
        var recorded = new RecordedInventory(SiteFile.read(Path.of(site)));
        var before = recorded.read();

        Ran.of("plan", "-c", site);

        assertThat(recorded.read()).isEqualTo(before);
    }

    private void record() {
        var found = new Inventory.SqlInstance(
                "ocs2007-rtc",
                RECORDED,
                null,
                null,
                false,
                "9.00.5000.00",
                "Express Edition",
                0,
                List.of(
                        new Inventory.Database("rtc", "ONLINE", "SIMPLE"),
                        new Inventory.Database("Surprise", "ONLINE", "SIMPLE")));
        new RecordedInventory(SiteFile.read(Path.of(site)))
                .keep(new Inventory(Map.of(found.key(), found), List.of(), null));
    }
}
