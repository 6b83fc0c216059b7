// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.set.ObservedRun;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.TransientFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of a host printed, and whether that is an image. */
class HostImagesTest {
    private static final String WRITERS = """
            Writer name: 'NTDS'
               Writer Id: {b2014c9e-8711-4c5c-a5a9-3cf384484757}
               State: [1] Stable
               Last error: No error
            """;
    private static final String NONE = "ERROR - There are no backups in the specified location.\n";

    @TempDir
    Path folder;

    private final Map<String, String> printed = new HashMap<>(Map.of(
            "writers.txt", WRITERS,
            "before.txt", NONE,
            "after.txt", version("11/27/2026-16:05")));
    private ToolRun.Ended ended = new ToolRun.Ended(0, "", "");

    private static String version(String... identifiers) {
        var text = new StringBuilder();
        for (var identifier : identifiers) {
            text.append("Backup time: x\nVersion identifier: ")
                    .append(identifier)
                    .append("\n\n");
        }
        return text.toString();
    }

    private WindowsImage take(String target) {
        Site site = TestSites.in(folder, TestSites.STANDARD + "wbadmin: {target: '%s'}\n".formatted(target));
        HandOff host = (job, step, into, work) -> {
            assertThat(job).isEqualTo("system-state");
            printed.forEach((name, text) -> {
                try {
                    Files.writeString(into.resolve(name), text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return new HandOff.Done(Instant.parse("2026-11-27T16:05:26Z"), ended);
        };
        var run = new ObservedRun(site, "directory:ocs-system-state", Method.SYSTEM_STATE);
        return HostImages.takeSystemState(
                site, host, run.step(Action.CAPTURE), folder, new Unattended(Duration.ofMinutes(1)));
    }

    @Test
    void isTheVersionThatWasNotThereBefore() {
        printed.put("before.txt", version("11/27/2026-16:04"));
        printed.put("after.txt", version("11/27/2026-16:04", "11/27/2026-16:05"));

        var image = take("E:");

        assertThat(image.target()).isEqualTo("E:");
        assertThat(image.version()).isEqualTo("11/27/2026-16:05");
        assertThat(image.include()).containsExactly(WindowsImage.SYSTEM_STATE);
    }

    @Test
    void liesInAFolderOfItsJobOnAShare() {
        printed.remove("before.txt");

        assertThat(take("\\\\nas\\images\\").target()).isEqualTo("\\\\nas\\images\\run-1.capture-01-1\\image");
    }

    @Test
    void isNotOneThatWasThereBefore() {
        printed.put("before.txt", printed.get("after.txt"));

        assertThatThrownBy(() -> take("E:"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("wbadmin ended with 0, but E: shows no new version");
    }

    @Test
    void isNotOneOfEarlierThatTheFirstListingMissed() {
        printed.put("after.txt", version("11/26/2026-23:00"));

        assertThatThrownBy(() -> take("E:")).hasMessageContaining("shows no new version");
    }

    @Test
    void isNoneWhenWbadminFailedWhateverIsListed() {
        ended = new ToolRun.Ended(-3, "", "There is not enough disk space");

        assertThatThrownBy(() -> take("E:"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("wbadmin ended with -3: There is not enough disk space");
    }

    @Test
    void mayBeTriedAgainWhenAnotherBackupRan() {
        ended = new ToolRun.Ended(-3, "", "Another backup or recovery operation is already in progress.");

        assertThatThrownBy(() -> take("E:")).isInstanceOf(TransientFault.class);
    }

    @Test
    void isNoneOfActiveDirectoryWithoutItsWriter() {
        printed.put("writers.txt", WRITERS.replace("b2014c9e", "a65faa63"));
        assertThatThrownBy(() -> take("E:")).hasMessageContaining("this host is no domain controller");

        printed.put("writers.txt", WRITERS.replace("[1] Stable", "[8] Failed"));
        assertThatThrownBy(() -> take("E:")).hasMessageContaining("NTDS writer is in state [8]");

        printed.put("writers.txt", "Access is denied.");
        assertThatThrownBy(() -> take("E:")).hasMessageContaining("lists none: Access is denied.");
    }

    @Test
    void isNoneWhenTheHostDoesNotTellWhatIsThere() {
        printed.remove("after.txt");

        assertThatThrownBy(() -> take("E:"))
                .isInstanceOf(PermanentFault.class)
                .hasMessageContaining("left no after.txt");
    }
}
