// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.step.Changes;
import io.poolkeeper.step.Output.Captured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDifferenceTest {
    private static final String POOL = "settings:global-pool/ocs2007";

    @TempDir
    Path folder;

    private Captured captureAfter(String first, String second) {
        var run = SettingsRun.standard(folder, StandIn.writing(first));
        run.publish(POOL, run.capture(POOL));
        StandIn.program(folder, StandIn.writing(second));
        return run.capture(POOL);
    }

    private static String settings(int values, String value) {
        return IntStream.range(0, values)
                .mapToObj(i -> "<P Name='%d'>%s</P>".formatted(i, value))
                .collect(Collectors.joining(
                        "", "<Settings level='global,pool'><Pool Name='OCS2007'>", "</Pool></Settings>"));
    }

    @Test
    void comparesNothingWhereNoSetHoldsThePart() {
        var run = SettingsRun.standard(folder, StandIn.writing(StandIn.SETTINGS));

        assertThat(Changes.in(run.capture(POOL).recorded())).isEmpty();
    }

    @Test
    void recordsNoChangeWhereOnlyTheLayoutIsAnother() {
        var changes = Changes.in(
                        captureAfter(settings(2, "a"), settings(2, " a ").replace("><", ">\n<"))
                                .recorded())
                .orElseThrow();

        assertThat(changes.since()).isEqualTo(SettingsRun.SET);
        assertThat(changes.count()).isZero();
        assertThat(changes.worthTelling()).isFalse();
    }

    @Test
    void recordsTheFirstLinesAndHowManyThereAre() {
        var changes = Changes.in(
                        captureAfter(settings(60, "a"), settings(60, "b")).recorded())
                .orElseThrow();

        assertThat(changes.count()).isEqualTo(60);
        assertThat(changes.lines()).hasSize(Changes.MOST);
        assertThat(changes.lines().get(0)).isEqualTo("/Settings/Pool[@Name='OCS2007']/P[@Name='0']: 'a' -> 'b'");
        assertThat(changes.more()).isEqualTo(10);
    }

    @Test
    void saysThatADamagedSetCannotBeComparedAndCapturesAllTheSame() throws Exception {
        var run = SettingsRun.standard(folder, StandIn.writing(settings(1, "a")));
        run.publish(POOL, run.capture(POOL));
        Files.writeString(run.published("settings/ocs2007-globalandpool.xml"), settings(1, "z"));

        var captured = run.capture(POOL);

        var changes = Changes.in(captured.recorded()).orElseThrow();
        assertThat(changes.unknown()).contains("is damaged");
        assertThat(changes.count()).isZero();
        assertThat(captured.artefacts()).hasSize(1);
    }
}
