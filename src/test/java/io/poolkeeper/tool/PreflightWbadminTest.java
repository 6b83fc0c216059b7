// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.lab.tools.WindowsBackupTools;
import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightWbadminTest {
    @TempDir
    Path folder;

    private WindowsBackupTools tools;

    @BeforeEach
    void install() throws IOException {
        tools = WindowsBackupTools.install(folder, "ocs2007", "2008r2", List::of);
        Files.createDirectory(folder.resolve("images"));
    }

    @AfterEach
    void stop() {
        tools.close();
    }

    private List<Finding> look(Method method) {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD + "methods: {database: wbadmin}\n"
                        + "wbadmin: {program: ['%s'], vssadmin: ['%s'], target: '%s'}\n"
                                .formatted(tools.wbadmin(), tools.vssadmin(), folder.resolve("images")));
        var findings = new Findings();
        PreflightWbadmin.look(site, Set.of(method), findings);
        return findings.all();
    }

    @Test
    void findsAllThatAnImageNeedsAndTakesNone() {
        assertThat(look(Method.WBADMIN))
                .hasSize(3)
                .allSatisfy(found -> assertThat(found.state()).isEqualTo(Finding.State.OK));
        assertThat(folder.resolve("images")).isEmptyDirectory();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        tools.strike("writer-absent");
        Files.delete(tools.wbadmin());
        Files.delete(folder.resolve("images"));

        assertThat(look(Method.WBADMIN))
                .hasSize(3)
                .allSatisfy(found -> assertThat(found.state()).isEqualTo(Finding.State.PROBLEM));
    }

    @Test
    void asksNothingOfASiteThatTakesNoImages() {
        assertThat(look(Method.SQL_NATIVE)).isEmpty();
    }
}
