// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.site.SiteFile;
import io.poolkeeper.step.Claim;
import io.poolkeeper.step.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendersTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Claim CLAIM = new Claim("run-1", "capture-01", 1, "files", NOON);
    private static final Presence SIGN =
            new Presence("files", "host/1", "svc", "0.1.0", "0".repeat(64), List.of("vault"), NOON);
    private static final String SERVED =
            "serve: {listen: ['ssl://127.0.0.1:61617'], certificate: c.p12," + " certificatePassword: 'file:secret'}";

    @TempDir
    Path folder;

    private Senders senders(String broker) throws IOException {
        return new Senders(SiteFile.read(Files.writeString(folder.resolve("site.yaml"), """
                site: senders
                product: ocs-2007-r2
                vault: {path: vault}
                workers:
                  files: {user: svc-files, password: 'file:secret'}
                  other: {user: svc-other, password: 'file:secret'}
                  alike: {}
                %s
                pools:
                  - {name: p, edition: standard, servers: [{fqdn: p.ocs.lab, roles: [mediation]}]}
                """.formatted(broker))));
    }

    private Senders served() throws IOException {
        return senders("broker: {url: 'ssl://mq1:61617', user: boss, password: 'file:secret', " + SERVED + "}");
    }

    @Test
    void believeAWorkersOwnUserAndTheCoordinator() throws IOException {
        assertThat(served().believe(CLAIM, "svc-files")).isSameAs(CLAIM);
        assertThat(served().believe(CLAIM, "boss")).isSameAs(CLAIM);
        assertThat(served().isBelieved(SIGN, "svc-files")).isTrue();
    }

    @Test
    void refuseAnotherWorkersUser() throws IOException {
        assertThatThrownBy(() -> served().believe(CLAIM, "svc-other"))
                .isInstanceOf(MessageRefused.class)
                .hasMessage("user svc-other speaks for worker files. HINT: is workers.files.user right, or does"
                        + " svc-other lie?");
        assertThat(served().isBelieved(SIGN, "svc-other")).isFalse();
    }

    @Test
    void letTheCoordinatorAloneSpeakForAWorkerWithoutAUser() throws IOException {
        var claim = new Claim("run-1", "capture-01", 1, "alike", NOON);

        assertThat(served().believe(claim, "boss")).isSameAs(claim);
        assertThatThrownBy(() -> served().believe(claim, "svc-files")).isInstanceOf(MessageRefused.class);
    }

    @Test
    void refuseAMessageWithoutAUserWhereTheBrokerStampsThem() throws IOException {
        assertThatThrownBy(() -> served().believe(CLAIM, null))
                .isInstanceOf(MessageRefused.class)
                .hasMessageContaining("without the user");
    }

    @Test
    void cannotDoubtWhereTheBrokerStampsNobody() throws IOException {
        var foreign = senders("broker: {url: 'ssl://mq1:61617', user: boss, password: 'file:secret'}");

        assertThat(foreign.believe(CLAIM, null)).isSameAs(CLAIM);
        assertThatThrownBy(() -> foreign.believe(CLAIM, "svc-other")).isInstanceOf(MessageRefused.class);
    }

    @Test
    void doubtNobodyInsideOneProcess() throws IOException {
        assertThat(senders("").believe(CLAIM, null)).isSameAs(CLAIM);
    }
}
