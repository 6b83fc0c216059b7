// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharePathTest {
    @Test
    void ordersAFolderBeforeWhatIsInItAndThatBeforeItsNextSibling() {
        var sorted = List.of("a", "a/b", "a/b/c", "a/z", "a b", "a-b", "a.txt", "ab");

        for (var i = 0; i < sorted.size(); i++) {
            for (var j = 0; j < sorted.size(); j++) {
                assertThat(Integer.signum(SharePath.compare(sorted.get(i), sorted.get(j))))
                        .as("%s and %s", sorted.get(i), sorted.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "a/..",
                "a/../b",
                "../a",
                ".",
                "a/./b",
                "a//b",
                "a/",
                "a\\b",
                "C:/x",
                "c:x",
                "a\0b",
                "\uD83D"
            })
    void refusesWhatCouldLeaveItsFolder(String path) {
        assertThat(SharePath.problem(path)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "...",
                "..a",
                "a..",
                ".hidden",
                "a/...b/c",
                "aux.txt",
                "Größe/日本/\uD83D\uDE00",
                "ab:c",
                "x\ny"
            })
    void acceptsWhatIsOnlyUnusual(String path) {
        assertThat(SharePath.problem(path)).isNull();
    }

    @Test
    void tellsWhatLiesBelowAFolder() {
        assertThat(SharePath.below("a/b", "a")).isTrue();
        assertThat(SharePath.below("ab", "a")).isFalse();
        assertThat(SharePath.below("a", "a")).isFalse();
        assertThat(SharePath.below("a", "")).isTrue();
    }
}
