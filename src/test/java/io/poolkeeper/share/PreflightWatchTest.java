// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.TestSites;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check says of how the changes of a watched share are noticed. */
class PreflightWatchTest {
    @TempDir
    Path folder;

    @Test
    void aFolderOfThisMachineHasWatcherAndScan() throws IOException {
        Files.createDirectory(folder.resolve("share"));

        var found = look("path: share", true);

        assertThat(found.state()).isEqualTo(Finding.State.OK);
        assertThat(found.about()).isEqualTo("shares.own.watch");
        assertThat(found.what()).startsWith("by watcher and scan, every PT10M: a folder of this machine (");
    }

    @Test
    void aShareOfAFileServerHasTheScanAlone() {
        assertThat(look("url: 'smb://files/updates', user: 'OCS\\backup', password: env:SMB_PASSWORD", true)
                        .what())
                .startsWith("by scan alone, every PT10M");
    }

    @Test
    void ofAFolderThatIsAwayNobodyKnows() {
        assertThat(look("path: nowhere", true).state()).isEqualTo(Finding.State.UNKNOWN);
    }

    @Test
    void aShareThatAnotherWorkerReadsIsNotWatched() {
        var found = look("path: share, worker: far", true);

        assertThat(found.state()).isEqualTo(Finding.State.PROBLEM);
        assertThat(found.what()).contains("neither watcher nor scan");
    }

    @Test
    void aShareThatNobodyCapturesStartsNothing() {
        assertThat(look("path: share", false).state()).isEqualTo(Finding.State.WARNING);
    }

    private Finding look(String where, boolean captured) {
        var site = TestSites.in(
                folder,
                TestSites.STANDARD
                        + "workers: {far: {}}\nshares: {own: {%s, role: meeting-compliance, pool: ocs2007, watch: {scan: PT10M}}}\n"
                                .formatted(where));
        var findings = new Findings();
        PreflightShares.watched(site.shares().get("own"), captured, findings);
        assertThat(findings.all()).hasSize(1);
        return findings.all().get(0);
    }
}
