// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.PartId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartNamesTest {
    private static final List<PartId> PARTS = Stream.of(
                    "database:a/rtc",
                    "database:b/rtc",
                    "database:a/LCSLog",
                    "share:meeting-content",
                    "settings:machine/fe1.ocs.lab",
                    "settings:machine/fe2.ocs.lab")
            .map(PartId::parse)
            .toList();

    @Test
    void acceptsAWholeIdAndAShortFormThatIsUnique() {
        assertThat(PartNames.resolve(List.of("database:b/rtc"), PARTS)).containsExactly(PartId.parse("database:b/rtc"));
        assertThat(PartNames.resolve(List.of("database:lcslog"), PARTS))
                .containsExactly(PartId.parse("database:a/LCSLog"));
        assertThat(PartNames.resolve(List.of("meeting-content"), PARTS))
                .containsExactly(PartId.parse("share:meeting-content"));
        assertThat(PartNames.resolve(List.of("fe2.ocs.lab"), PARTS))
                .containsExactly(PartId.parse("settings:machine/fe2.ocs.lab"));
    }

    @Test
    void listsTheMatchesOfAShortFormThatFitsSeveral() {
        assertThatThrownBy(() -> PartNames.resolve(List.of("database:rtc"), PARTS))
                .isInstanceOf(PartNames.NotOnePart.class)
                .hasMessageContaining("database:a/rtc, database:b/rtc");
    }

    @Test
    void listsAllPartsWhenNoneFits() {
        assertThatThrownBy(() -> PartNames.resolve(List.of("nothing"), PARTS))
                .hasMessageContaining("share:meeting-content");
    }
}
