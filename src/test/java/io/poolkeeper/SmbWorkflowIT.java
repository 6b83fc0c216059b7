// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.share.SambaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share of a file server from its site file to its restored files, by the command line alone. */
class SmbWorkflowIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Path site(SambaServer server, String share, String password) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), password);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(folder.resolve("site.yaml"), """
                site: lab
                product: ocs-2007-r2
                timeZone: Europe/Amsterdam
                vault: {path: vault}
                pools:
                  - {name: pool, edition: enterprise, servers: [{fqdn: fe.ocs.lab, roles: [front-end]}]}
                shares:
                  meetings:
                    url: '%s'
                    user: 'LABWG\\backup'
                    password: file:secret
                    role: meeting-content
                    pool: pool
                acceptRisk: [{risk: vault-beside-source, reason: a test}]
                """.formatted(server.url(share)));
    }

    private String run(int exit, Path site, String... verb) throws InterruptedException {
        try (var product = ProductProcess.start(folder.resolve("said"), Map.of(), site, verb)) {
            assertThat(product.await(PATIENCE))
                    .as(() -> product.out() + product.err())
                    .isEqualTo(exit);
            return product.out() + product.err();
        }
    }

    @Test
    void isBackedUpVerifiedAndRestored() throws Exception {
        try (var server = SambaServer.start(folder.resolve("samba"))) {
            Files.writeString(
                    Files.createDirectories(server.share().resolve("conf-1")).resolve("slides.ppt"), "slides");
            var site = site(server, "share", SambaServer.PASSWORD);
            var part = "share:meetings";

            assertThat(run(0, site, "backup", "--part", part))
                    .contains("PROVEN content")
                    .doesNotContain(SambaServer.PASSWORD);
            Files.writeString(server.share().resolve("new"), "new");
            assertThat(run(0, site, "backup", "--part", part, "--level", "incremental"))
                    .doesNotContain(SambaServer.PASSWORD);
            run(0, site, "verify", "--part", part);
            var restored = run(
                    4,
                    site,
                    "restore",
                    "--part",
                    part,
                    "--to",
                    folder.resolve("to").toString());

            var to = folder.resolve("to/share");
            assertThat(restored).contains("icacls").contains(to + "/meetings.icacls");
            assertThat(to.resolve("meetings/conf-1/slides.ppt")).content().isEqualTo("slides");
            assertThat(to.resolve("meetings/new")).content().isEqualTo("new");
            assertThat(to.resolve("meetings.icacls")).isNotEmptyFile();
            assertThat(new SecretSearch(Map.of("smb", SambaServer.PASSWORD))
                            .below(folder, Set.of(folder.resolve("secret"), folder.resolve("samba"))))
                    .isEmpty();
        }
    }

    @Test
    void isFailedInTheWordsOfTheServerWhenItCannotBeReached() throws Exception {
        try (var server = SambaServer.start(folder.resolve("samba"))) {
            Files.writeString(server.share().resolve("f"), "f");

            assertThat(run(12, site(server, "share", "wrong"), "backup", "--part", "share:meetings"))
                    .contains("STATUS_LOGON_FAILURE")
                    .contains("correct user and password");
            assertThat(run(12, site(server, "closed", SambaServer.PASSWORD), "backup", "--part", "share:meetings"))
                    .contains("access denied (STATUS_ACCESS_DENIED)");
            assertThat(run(16, site(server, "none", SambaServer.PASSWORD), "check"))
                    .contains("has no share none (STATUS_BAD_NETWORK_NAME)");
        }
    }
}
