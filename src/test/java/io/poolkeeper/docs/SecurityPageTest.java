// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md names for each threat a test that is really there. */
class SecurityPageTest {
    private static final Pattern NAME = Pattern.compile("(\\w+(?:Test|IT))\\.(\\w+)");

    private final Page page = Page.of("docs/security.md");

    private List<Page.Row> rows(String heading) {
        return page.rows().stream().filter(row -> row.heading().equals(heading)).toList();
    }

    @Test
    void saysForEveryThreatWhatIsDoneAndWhichTestShowsIt() {
        assertThat(rows("Threats and defences"))
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row.cells())
                        .hasSize(3)
                        .allSatisfy(cell -> assertThat(cell).isNotBlank()));
    }

    @Test
    void numbersItsTestsWithoutAGapAndUsesEachOfThem() {
        var used = rows("Threats and defences").stream()
                .flatMap(row -> Arrays.stream(row.cells().get(2).split(", ", -1)))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        var listed = rows("The tests").stream()
                .map(row -> Integer.valueOf(row.cells().get(0)))
                .toList();

        assertThat(listed).isSorted().doesNotHaveDuplicates().startsWith(1).endsWith(listed.size());
        assertThat(used).containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void namesOnlyTestsThatAreThere() {
        var missing = new ArrayList<String>();
        for (var row : rows("The tests")) {
            var name = row.code(1).get(0);
            var parts = NAME.matcher(name);
            assertThat(parts.matches()).as(name).isTrue();
            if (!isTest(parts.group(1), parts.group(2))) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Whether a class of that name has a method that JUnit or jqwik runs. */
    private static boolean isTest(String type, String method) {
        var test = Pattern.compile(
                "@(Test|ParameterizedTest|Property|Example)\\b[^;{}]*(?:\"\"\".*?\"\"\"[^;{}]*)?(?:\\{[^;{}]*}[^;{}]*)?\\bvoid "
                        + method + "\\(",
                Pattern.DOTALL);
        return sources(type).anyMatch(text -> test.matcher(text).find());
    }

    private static Stream<String> sources(String type) {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(type + ".java")).map(SecurityPageTest::text).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
