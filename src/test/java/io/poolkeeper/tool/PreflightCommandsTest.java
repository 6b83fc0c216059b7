// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightCommandsTest {
    @TempDir
    Path folder;

    @Test
    void saysWhetherTheProgramsCouldBeStartedAndStartsNone() {
        var found = look("backup: [sh, -c, 'touch started'], verify: ['./none'], result: left");

        assertThat(found)
                .extracting(Finding::about, Finding::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("shares.own.command.backup", Finding.State.OK),
                        org.assertj.core.groups.Tuple.tuple("shares.own.command.verify", Finding.State.PROBLEM),
                        org.assertj.core.groups.Tuple.tuple("shares.own.command.result", Finding.State.WARNING));
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void saysNothingOfAShareWithoutOne() {
        var findings = new Findings();

        PreflightCommands.look(TestSites.standard(folder), "meeting-content", findings);

        assertThat(findings.all()).isEmpty();
    }

    private List<Finding> look(String command) {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD
                        + "shares: {own: {path: share, role: meeting-compliance, pool: ocs2007, command: {%s}}}\n"
                                .formatted(command));
        var findings = new Findings();
        PreflightCommands.look(site, "own", findings);
        return findings.all();
    }
}
