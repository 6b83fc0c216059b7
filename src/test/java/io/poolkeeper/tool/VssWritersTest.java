// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VssWritersTest {
    private static final String ENGLISH = """
            vssadmin 1.1 - Volume Shadow Copy Service administrative command-line tool
            (C) Copyright 2001-2005 Microsoft Corp.

            Writer name: 'System Writer'
               Writer Id: {e8132975-6f93-4464-a53e-1050253ae220}
               Writer Instance Id: {2ed9ef4e-0b66-4e5c-9f0a-6f5f4a8f9d11}
               State: [1] Stable
               Last error: No error

            Writer name: 'SqlServerWriter'
               Writer Id: {A65FAA63-5EA8-4EBC-9DBD-A0C4DB26912A}
               Writer Instance Id: {5d3c1d9b-8d6a-4a4f-8a0c-9e0d6b1c2f33}
               State: [1] Stable
               Last error: No error
            """;

    private static VssWriters.Writer sql(String output) {
        return VssWriters.read(output).writer(VssWriters.SQL_SERVER).orElseThrow();
    }

    @Test
    void findsTheWriterOfSqlServerByItsIdWhateverItsCase() {
        assertThat(VssWriters.read(ENGLISH).all()).hasSize(2);
        assertThat(VssWriters.read(ENGLISH).well(sql(ENGLISH))).isTrue();
        assertThat(VssWriters.read(ENGLISH.replace("\n", "\r\n")).well(sql(ENGLISH.replace("\n", "\r\n"))))
                .isTrue();
    }

    @Test
    void doesNotTakeAnotherWriterForIt() {
        var without = ENGLISH.replace("A65FAA63", "A65FAA64");

        assertThat(VssWriters.read(without).writer(VssWriters.SQL_SERVER)).isEmpty();
    }

    @Test
    void isNotWellInAnotherStateOrAfterAnError() {
        var last = ENGLISH.lastIndexOf("[1] Stable");
        var waiting = ENGLISH.substring(0, last) + "[5] Waiting for completion" + ENGLISH.substring(last + 10);
        assertThat(VssWriters.read(waiting).well(sql(waiting))).isFalse();
        assertThat(sql(waiting).told()).isEqualTo("state [5] Waiting for completion, last error: No error");

        var error = ENGLISH.substring(0, ENGLISH.lastIndexOf("No error")) + "Retryable error\n";
        assertThat(VssWriters.read(error).well(sql(error))).isFalse();
    }

    @Test
    void knowsNoErrorInALanguageThatItDoesNotSpeakByWhatTheOthersSay() {
        var german = ENGLISH.replace("State: [1] Stable", "Status: [1] Stabil")
                .replace("Last error: No error", "Letzter Fehler: Kein Fehler")
                .replace("Writer Id", "Verfasserkennung");
        var third = german.substring(german.indexOf("Writer name: 'System"), german.indexOf("Writer name: 'Sql"));
        var listed = third + german;
        assertThat(VssWriters.read(listed).well(sql(listed))).isTrue();

        var failed = listed.substring(0, listed.lastIndexOf("Kein Fehler")) + "Zeitüberschreitung\n";
        assertThat(VssWriters.read(failed).well(sql(failed))).isFalse();
    }

    @Test
    void findsNothingInNothing() {
        assertThat(VssWriters.read("").all()).isEmpty();
        assertThat(VssWriters.read("Error: you do not have the correct permissions\n")
                        .all())
                .isEmpty();
    }
}
