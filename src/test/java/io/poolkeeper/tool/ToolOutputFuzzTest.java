// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.Mutated;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** What Windows' tools print, spoiled: nothing is thrown, and nothing is taken for a success that is none. */
class ToolOutputFuzzTest {
    private static final String WRITERS = """
            Writer name: 'SqlServerWriter'
               Writer Id: {a65faa63-5ea8-4ebc-9dbd-a0c4db26912a}
               Writer Instance Id: {5d3c1d9b-8d6a-4a4f-8a0c-9e0d6b1c2f33}
               State: [8] Failed
               Last error: Non-retryable error

            Writer name: 'NTDS'
               Writer Id: {b2014c9e-8711-4c5c-a5a9-3cf384484757}
               State: [1] Stable
               Last error: No error
            """;
    private static final String VERSIONS = """
            wbadmin 1.0 - Backup command-line tool

            Backup time: 11/26/2026 11:00 PM
            Backup target: Network Share labeled \\\\nas\\images
            Version identifier: 11/26/2026-22:00
            Can recover: Volume(s), File(s)
            """;
    private static final String SHADOW = """
            Successfully created shadow copy for 'D:\\'
                Shadow Copy ID: {2ed9ef4e-0b66-4e5c-9f0a-6f5f4a8f9d11}
                Shadow Copy Volume Name: \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12
            """;

    @Provide
    Arbitrary<String> writers() {
        return Mutated.of(WRITERS);
    }

    @Property(tries = 700)
    void writersAreReadWhateverIsPrinted(@ForAll("writers") String output) {
        var writers = VssWriters.read(output);

        assertThat(writers.all()).allSatisfy(writer -> {
            writers.well(writer);
            assertThat(writer.id()).matches("\\{[0-9a-f-]{36}}");
        });
    }

    @Example
    void aNumberThatIsTooLargeIsNoState() {
        var output = WRITERS.replace("[8]", "[99999999999999999999]");

        assertThat(VssWriters.read(output).writer(VssWriters.SQL_SERVER))
                .satisfies(writer -> assertThat(
                                writer.map(VssWriters.read(output)::well).orElse(false))
                        .isFalse());
    }

    @Provide
    Arbitrary<String> versions() {
        return Mutated.of(VERSIONS);
    }

    @Property(tries = 700)
    void versionsAreTimesThatThereAre(@ForAll("versions") String output) {
        assertThat(ImageVersions.in(output))
                .allSatisfy(
                        version -> assertThat(ImageVersions.instant(version)).isNotNull());
    }

    @Example
    void aDayThatThereIsNotIsNoVersion() {
        assertThat(ImageVersions.in(VERSIONS.replace("11/26/2026-22:00", "13/26/2026-22:00")))
                .isEmpty();
        assertThat(ImageVersions.in(VERSIONS.replace("11/26/2026-22:00", "11/31/2026-22:00")))
                .isEmpty();
        assertThat(ImageVersions.in(VERSIONS.replace("11/26/2026-22:00", "11/26/2026-24:00")))
                .isEmpty();
    }

    @Provide
    Arbitrary<String> shadows() {
        return Mutated.of(SHADOW);
    }

    @Property(tries = 700)
    void idAndDeviceNeverHoldMoreThanThemselves(@ForAll("shadows") String output) {
        ShadowOutput.id(output).ifPresent(id -> assertThat(id).matches("\\{[0-9a-f-]{36}}"));
        ShadowOutput.id(output, "Shadow").ifPresent(id -> assertThat(id).matches("\\{[0-9a-f-]{36}}"));
        ShadowOutput.device(output)
                .ifPresent(device -> assertThat(device)
                        .matches("\\\\\\\\\\?\\\\GLOBALROOT\\\\Device\\\\HarddiskVolumeShadowCopy[0-9]+"));
    }

    @Example
    void megabytesOfOutputAreReadInAMoment() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (var piece :
                    new String[] {"\n", "\r\n", " ", "{", "[1] ", "Writer Id: {a65faa63-", ": ", WRITERS, VERSIONS}) {
                var output = piece.repeat((1 << 20) / piece.length());
                VssWriters.read(output);
                ImageVersions.in(output);
                ShadowOutput.id(output);
                ShadowOutput.device(output);
            }
        });
    }
}
