// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShadowOutputTest {
    private static final String VSSADMIN = """
            vssadmin 1.1 - Volume Shadow Copy Service administrative command-line tool
            (C) Copyright 2001-2005 Microsoft Corp.

            Successfully created shadow copy for 'C:\\'
                Shadow Copy ID: {B1F5E9A0-3E1B-4C58-9D2A-0E8A6C1F2B3D}
                Shadow Copy Volume Name: \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12
            """;

    private static final String DISKSHADOW = """
            -> create
            Alias POOLKEEPER for shadow ID {5ea0e4f3-7c41-4b4c-9d8e-aa7c8e5b3c21} set as environment variable.
            Alias VSS_SHADOW_SET for shadow set ID {0d2cf1f1-1e4f-4f6b-9c2a-53a1d2a2b5c0} set as environment variable.

            Querying all shadow copies with the shadow copy set ID {0d2cf1f1-1e4f-4f6b-9c2a-53a1d2a2b5c0}

            \t* Shadow copy ID = {5ea0e4f3-7c41-4b4c-9d8e-aa7c8e5b3c21}\t\t%POOLKEEPER%
            \t\t- Shadow copy set: {0d2cf1f1-1e4f-4f6b-9c2a-53a1d2a2b5c0}\t%VSS_SHADOW_SET%
            """;

    @Test
    void findsIdAndDeviceOfVssadminInAnyLanguageAndWithAnyLineEnds() {
        var german = VSSADMIN.replace("Shadow Copy ID", "Schattenkopiekennung")
                .replace("Shadow Copy Volume Name", "Name des Schattenkopievolumes")
                .replace("\n", "\r\n");

        for (var output : new String[] {VSSADMIN, german}) {
            assertThat(ShadowOutput.id(output)).contains("{b1f5e9a0-3e1b-4c58-9d2a-0e8a6c1f2b3d}");
            assertThat(ShadowOutput.device(output)).contains("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12");
        }
    }

    @Test
    void findsTheIdOfTheAliasAndNotThatOfTheSet() {
        assertThat(ShadowOutput.id(DISKSHADOW, "POOLKEEPER")).contains("{5ea0e4f3-7c41-4b4c-9d8e-aa7c8e5b3c21}");
        assertThat(ShadowOutput.id(DISKSHADOW.replace("POOLKEEPER", "OTHER"), "POOLKEEPER"))
                .isEmpty();
    }

    @Test
    void findsNothingInAnError() {
        var error = "Error: Insufficient storage available to create the shadow copy storage file.\n";

        assertThat(ShadowOutput.id(error)).isEmpty();
        assertThat(ShadowOutput.device(error)).isEmpty();
        assertThat(ShadowOutput.id("-> add volume C: alias POOLKEEPER\nThe volume is not supported.\n", "POOLKEEPER"))
                .isEmpty();
    }
}
