// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.settings.SettingsToolCheck.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsToolCheckTest {
    @TempDir
    Path folder;

    @Test
    void findsWhatCanBeStarted() {
        var program = StandIn.program(folder, "exit 0");
        var run = new SettingsRun(folder, SettingsRun.STANDARD + SettingsRun.tools(program));

        assertThat(new SettingsToolCheck(run.site).look())
                .containsExactly(
                        new Found("settings.lcscmd", program.toString(), true, true),
                        new Found("settings.dbimpexp", program.toString(), true, true));
    }

    @Test
    void findsProgramsBesideTheSiteFileAndInThePath() {
        StandIn.program(folder, "exit 0");
        var run = new SettingsRun(folder, SettingsRun.STANDARD + "settings: {lcscmd: [./stand-in], dbimpexp: [sh]}\n");

        assertThat(new SettingsToolCheck(run.site).look()).allMatch(Found::startable);
    }

    @Test
    void tellsWhatIsMissingFromWhatIsNotConfigured() throws IOException {
        var file = Files.writeString(folder.resolve("not-executable"), "");
        var run = new SettingsRun(folder, SettingsRun.STANDARD + "settings: {lcscmd: ['" + file + "']}\n");

        assertThat(new SettingsToolCheck(run.site).look())
                .containsExactly(
                        new Found("settings.lcscmd", file.toString(), true, false),
                        new Found("settings.dbimpexp", "", false, false));
    }
}
