// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.Notify;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.step.Finding;
import io.poolkeeper.step.Finding.State;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says about webhooks and secrets, and that it shows neither. */
class PreflightNotifyTest {
    @TempDir
    Path folder;

    private final Findings findings = new Findings();

    private SecretRef.InFile secret(String text) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new SecretRef.InFile(file, "file:secret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://e.12.environment.api.powerplatform.com/x?sig=s3cret, OK, powerplatform",
        "https://prod-12.westeurope.logic.azure.com:443/workflows/x?sig=s3cret, WARNING, 2025-11-30",
        "https://contoso.webhook.office.com/webhookb2/s3cret, PROBLEM, Office 365 connector",
        "http://e.12.environment.api.powerplatform.com/x?sig=s3cret, PROBLEM, not https",
        "https://chat.example.com/s3cret, WARNING, none that Workflows are known to use",
        "not a url s3cret, PROBLEM, does not hold a URL"
    })
    void knowsWhichWebhooksAreStillServed(String url, State state, String what) throws IOException {
        PreflightNotify.teams(new Notify.Teams(secret(url)), findings);

        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.what()).contains(what);
            assertThat(finding.toString()).doesNotContain("s3cret");
        });
    }

    @Test
    void fetchesASecretAndDoesNotShowIt() throws IOException {
        PreflightSecrets.look("sql.x.password", secret("s3cret"), findings);

        assertThat(findings.all()).extracting(Finding::state).containsExactly(State.OK);
        assertThat(findings.all().toString()).doesNotContain("s3cret").contains("file:secret");
    }

    @Test
    void warnsOfASecretThatOthersMayRead() throws IOException {
        var secret = secret("s3cret");
        Files.setPosixFilePermissions(secret.file(), PosixFilePermissions.fromString("rw-r-----"));

        PreflightSecrets.look("sql.x.password", secret, findings);

        assertThat(findings.all()).extracting(Finding::state).containsExactly(State.OK, State.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"sql.x.password, PROBLEM", "notify.email.password, WARNING"})
    void saysWhichSecretIsMissing(String key, State state) {
        PreflightSecrets.look(key, new SecretRef.InFile(folder.resolve("nothing"), "file:nothing"), findings);

        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.what()).contains("nothing").doesNotContain("HINT");
        });
    }
}
