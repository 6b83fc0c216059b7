// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilentHostsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T16:00:00Z");

    @TempDir
    Path folder;

    private List<String> warnings() {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD.replace(
                                "roles: [standard-edition], os", "roles: [standard-edition], worker: ocs2007, os")
                        + "workers: {ocs2007: {handOff: desk}, unused: {handOff: other}}\n");
        return SilentHosts.warnings(site, Expectations.of(site, Inventory.EMPTY, NOW), NOW);
    }

    private void seen(Duration ago, String text) throws IOException {
        Files.createDirectories(folder.resolve("desk/out"));
        Files.setLastModifiedTime(
                Files.writeString(folder.resolve("desk/out/alive.txt"), text), FileTime.from(NOW.minus(ago)));
    }

    @Test
    void areNamedOnceHoweverManyPartsTheyHaveAndOnlyIfTheyHaveOne() {
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("worker ocs2007", "it was never seen", "HINT: does its task run there every minute");
    }

    @Test
    void areNotThoseThatWereSeenInTheLastTenMinutes() throws IOException {
        seen(Duration.ofMinutes(9), "version=1\r\nutc=2026-11-27T15:51:00Z\r\n");
        assertThat(warnings()).isEmpty();

        seen(Duration.ofMinutes(11), "version=1\r\nutc=2026-11-27T15:49:00Z\r\n");
        assertThat(warnings()).singleElement().asString().contains("last seen at 2026-11-27T15:49:00Z, 660 s ago");
    }

    @Test
    void orThatKnowNoCommandLinesForADatabase() throws IOException {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD.replace(
                                "    url: jdbc:sqlserver://127.0.0.1:1;",
                                "    method: sqlcmd\n    worker: back" + "\n    url: jdbc:sqlserver://127.0.0.1:1;")
                        + "workers: {back: {handOff: desk}}\n");
        var parts = Expectations.of(site, Inventory.EMPTY, NOW);
        var can = new StringBuilder("version=1\r\nutc=2026-11-27T15:59:00Z\r\n");
        for (var job : HostJobs.of(site, "back", Inventory.EMPTY).all()) {
            can.append("can")
                    .append(can.length())
                    .append('=')
                    .append(job.name())
                    .append("\r\n");
        }
        seen(Duration.ZERO, can.toString());
        assertThat(SilentHosts.warnings(site, parts, NOW)).isEmpty();

        seen(Duration.ZERO, can.toString().replaceFirst("can[0-9]+=sqlcmd-ocs2007-rtc..RTCConfig\r\n", ""));
        assertThat(SilentHosts.warnings(site, parts, NOW))
                .singleElement()
                .asString()
                .contains("no command lines for database:ocs2007-rtc/RTCConfig: they would fail", "script --host");
    }

    @Test
    void areThoseWhoseSignMakesNoSense() throws IOException {
        seen(Duration.ZERO, "PK\u0003\u0004");

        assertThat(warnings()).singleElement().asString().contains("makes no sense");
    }
}
