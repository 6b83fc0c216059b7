// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImageVersionsTest {
    private static final String LISTED = """
            wbadmin 1.0 - Backup command-line tool
            (C) Copyright 2013 Microsoft Corporation. All rights reserved.

            Backup time: 9/21/2020 4:00 PM
            Backup location: Network Share labeled \\\\nas\\bk
            Version identifier: 09/21/2020-23:00
            Can recover: Volume(s), File(s), Application(s), Bare Metal Recovery, System State
            Snapshot ID: {0f0c2b2c-1a0b-4c4c-8f4a-0a8e6f1b2c3d}

            Backup time: 9/22/2020 4:00 PM
            Backup target: Network Share labeled \\\\nas\\bk
            Version identifier: 09/22/2020-23:00
            Can recover: Volume(s), File(s)
            """;

    @Test
    void areReadFromTheIdentifierAndNotFromTheLocalTime() {
        assertThat(ImageVersions.in(LISTED)).containsExactly("09/21/2020-23:00", "09/22/2020-23:00");
        assertThat(ImageVersions.in(LISTED.replace("\n", "\r\n"))).hasSize(2);
        assertThat(ImageVersions.instant("09/21/2020-23:00")).isEqualTo(Instant.parse("2020-09-21T23:00:00Z"));
    }

    @Test
    void areReadInAnyLanguage() {
        var german = LISTED.replace("Version identifier", "Versions-ID")
                .replace("Backup time: 9/21/2020 4:00 PM", "Sicherungszeit: 21.09.2020 16:00");

        assertThat(ImageVersions.in(german)).hasSize(2);
    }

    @Test
    void areNotFoundInAFolderOfThatName() {
        assertThat(ImageVersions.in("ERROR - cannot find \\\\nas\\09/21/2020-23:00\\x\n"))
                .isEmpty();
    }
}
