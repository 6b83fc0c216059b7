// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TestWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareFoldersTest {
    @TempDir
    private Path folder;

    @Test
    void knowsTheDefaultFoldersOfAStandardEditionServer() throws IOException {
        var site = site("""
                - {name: ocs2007, edition: standard, servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition], installRoot: ocs}]}
                """, "");

        var folders = ShareFolders.of(site);

        assertThat(folders)
                .extracting(ShareFolder::key)
                .containsExactly(
                        "meeting-content",
                        "meeting-metadata",
                        "address-book-files",
                        "application-data",
                        "update-files-client",
                        "update-files-devices");
        assertThat(folders.get(0).path()).contains(folder.resolve("ocs/Web Components/Data MCU Web/Web"));
        assertThat(folders).allMatch(found -> found.edition() == Edition.STANDARD);
    }

    @Test
    void takesTheSiteFilesShareInsteadOfTheDefaultOfItsRole() throws IOException {
        var site = site("""
                - {name: ocs2007, edition: standard, servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition], installRoot: ocs}]}
                """, """
                shares:
                  meetings: {path: elsewhere, role: meeting-content, pool: OCS2007}
                  updates: {path: updates, role: update-files, pool: ocs2007}
                """);

        assertThat(ShareFolders.of(site))
                .extracting(ShareFolder::key)
                .containsExactly("meetings", "updates", "meeting-metadata", "address-book-files", "application-data");
    }

    @Test
    void addsThePoolToTheKeysOfASecondStandardEditionPool() throws IOException {
        var site = site("""
                - {name: one, edition: standard, servers: [{fqdn: one.ocs.lab, roles: [standard-edition], installRoot: one}]}
                - {name: big, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                - {name: two, edition: standard, servers: [{fqdn: two.ocs.lab, roles: [standard-edition], worker: far, installRoot: two}]}
                """, "workers: {far: {}}\n");

        var folders = ShareFolders.of(site);

        assertThat(folders).extracting(ShareFolder::key).contains("meeting-content", "meeting-content-two");
        assertThat(folders).extracting(ShareFolder::key).doesNotHaveDuplicates();
        assertThat(ShareFolders.find(site, "update-files-client-two")).hasValueSatisfying(found -> {
            assertThat(found.worker()).isEqualTo("far");
            assertThat(found.path()).contains(folder.resolve("two/Web Components/AutoUpdate"));
        });
    }

    @Test
    void looksForAnInstallationWhereNoneIsGiven() throws IOException {
        var site = site("""
                - {name: ocs2007, edition: standard, servers: [{fqdn: ocs2007.ocs.lab, roles: [standard-edition]}]}
                """, "");
        var there = Files.createDirectories(folder.resolve("D/Program Files/OCS"));

        var found = new ShareFolders(site, catalogue -> List.of(folder.resolve("C/Program Files/OCS"), there)).found();
        var none = new ShareFolders(site, catalogue -> List.of(folder.resolve("nowhere"))).found();

        assertThat(found.get(0).path()).contains(there.resolve("Web Components/Data MCU Web/Web"));
        assertThat(none.get(0).path()).isEmpty();
        assertThat(none.get(0).obstacle())
                .hasValueSatisfying(cause -> assertThat(cause).contains("installRoot"));
    }

    @Test
    void discoversWhatTheWorkerCanList() throws IOException {
        var site = site("""
                - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                """, """
                workers: {far: {}}
                shares:
                  here: {path: here, role: meeting-content, pool: pool}
                  gone: {path: gone, role: meeting-metadata, pool: pool}
                  file: {path: site.yaml, role: application-data, pool: pool}
                  smb: {url: 'smb://127.0.0.1:1/updates', user: u, password: 'file:secret', role: update-files, pool: pool}
                  far: {path: here, role: meeting-compliance, worker: far}
                """);
        Files.createDirectories(folder.resolve("here"));

        var found = discover(site);

        assertThat(found).extracting(Inventory.Folder::key).containsExactly("here", "gone", "file", "smb");
        assertThat(found).extracting(Inventory.Folder::found).containsExactly(true, false, false, false);
        assertThat(found.get(0).cause()).isNull();
        assertThat(found.get(1).cause()).isEqualTo("is not there");
        assertThat(found.get(2).cause()).isEqualTo("is not a folder");
        assertThat(found.get(3).cause()).contains("cannot reach the file server 127.0.0.1:1");
        assertThat(found.get(3).path()).isEqualTo("smb://127.0.0.1:1/updates");
        assertThat(found).allMatch(Inventory.Folder::declared);
    }

    private List<Inventory.Folder> discover(Site site) {
        var step = new Step(
                "run-1",
                "discover-shares",
                1,
                PartId.parse("source:shares"),
                Action.DISCOVER,
                io.poolkeeper.catalogue.Method.ARCHIVE,
                Action.DISCOVER.effect(),
                Site.LOCAL,
                null,
                null,
                io.poolkeeper.catalogue.Level.FULL,
                io.poolkeeper.catalogue.Depth.CONTENT,
                false,
                Instant.now().plusSeconds(60),
                site.hash());
        var output = new DiscoverShares(site).handle(step, new TestWork(folder, folder, folder));
        return ((Output.Discovered) output).inventory().folders();
    }

    private Site site(String pools, String rest) throws IOException {
        var file = folder.resolve("site.yaml");
        Files.writeString(file, "site: lab\nproduct: ocs-2007-r2\nvault: {path: vault}\npools:\n" + pools + rest);
        return SiteFile.read(file);
    }
}
