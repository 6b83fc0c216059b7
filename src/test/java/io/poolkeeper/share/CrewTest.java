// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrewTest {
    @ParameterizedTest
    @CsvSource({"2, 256, 2", "4, 256, 4", "32, 256, 5", "8, 1024, 8", "1, 256, 1", "4, 16, 1"})
    void hasAThreadPerCoreAsFarAsTheHeapBearsIt(int cores, long megabytes, int threads) {
        assertThat(Crew.size(cores, megabytes << 20)).isEqualTo(threads);
    }
}
