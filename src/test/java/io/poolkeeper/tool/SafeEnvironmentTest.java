// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.site.TestSites;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeEnvironmentTest {
    @TempDir
    Path folder;

    @Test
    void keepsWhatSoundsLikeASecretOut() {
        var environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "DB_PASSWORD", "x",
                "Api_Token", "x",
                "MY_SECRET", "x",
                "PWD", "/",
                "ProgramFiles", "C:"));

        new SafeEnvironment(TestSites.standard(folder)).clean(environment);

        assertThat(environment).containsOnlyKeys("PATH", "PWD", "ProgramFiles");
    }

    @Test
    void keepsTheVariablesOfTheSitesOwnSecretsOut() {
        var site = TestSites.in(folder, TestSites.STANDARD.replace("file:secrets/ldap", "env:CONTOSO_DC"));
        var environment = new HashMap<>(Map.of("CONTOSO_DC", "x", "CONTOSO", "y"));

        new SafeEnvironment(site).clean(environment);

        assertThat(environment).containsOnlyKeys("CONTOSO");
    }
}
