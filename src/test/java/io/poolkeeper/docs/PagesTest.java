// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every page. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    /** These are shown and not run; each line says why. */
    private static final List<String> NOT_RUN = List.of(
            "./verify",
            "./poolkeeper demo --edition enterprise",
            "./poolkeeper demo --seed 42 --scale 0.05 --dir LAB2",
            "./poolkeeper demo --json",
            "./poolkeeper demo --mutate",
            "./poolkeeper demo --fault database-offline",
            "./poolkeeper bench directory --dir BENCH2 --users 100 --rounds 1",
            "./poolkeeper bench orchestration --dir BENCH3 --rounds 1");

    @Test
    void linkOnlyToWhatIsThere() {
        var broken = new ArrayList<String>();
        for (var page : Page.all()) {
            for (var line : page.prose()) {
                LINK.matcher(line)
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !target.contains("://") && !leadsSomewhere(page, target))
                        .forEach(target -> broken.add(page.file() + " -> " + target));
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) {
        var hash = target.indexOf('#');
        var path = hash < 0 ? target : target.substring(0, hash);
        var file =
                path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
        return Files.exists(file)
                && (hash < 0
                        || Page.of(file.toString()).headings().stream()
                                .anyMatch(heading -> anchor(heading).equals(target.substring(hash + 1))));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        var linked = new ArrayList<Path>();
        for (var page : List.of(Page.of("README.md"), Page.of("docs/decisions/README.md"))) {
            page.prose()
                    .forEach(line -> LINK.matcher(line)
                            .results()
                            .forEach(link -> linked.add(
                                    page.file().resolveSibling(link.group(1)).normalize())));
        }

        assertThat(linked)
                .containsAll(Page.all().stream().skip(1).map(Page::file).toList());
    }

    @Test
    void runEveryCommandOrSayWhyNot() {
        var notRun = CommandsInPages.all().stream()
                .filter(command -> command.notRun().isPresent())
                .map(CommandsInPages.Command::text)
                .toList();

        assertThat(notRun).containsExactlyElementsOf(NOT_RUN);
        assertThat(CommandsInPages.all().stream()
                        .filter(command -> command.notRun().isEmpty()))
                .as("run by DocsIT")
                .hasSizeGreaterThan(20)
                .allMatch(CommandsInPages.Command::isPoolkeeper);
    }

    @Test
    void hideNoCommandInAnotherKindOfBlock() {
        for (var page : Page.all()) {
            assertThat(page.fences())
                    .allSatisfy(fence -> assertThat(fence.language()).isIn("sh", "text", "json", "bat"));
            assertThat(page.fences().stream().filter(fence -> !fence.language().equals("sh")))
                    .allSatisfy(fence -> assertThat(fence.lines()).noneMatch(line -> line.startsWith("./")));
        }
    }

    @Test
    void haveLinesThatFitOnAScreen() {
        for (var page : Page.all()) {
            assertThat(page.lines()).as(page.file().toString()).allMatch(line -> line.length() < 120);
        }
    }
}
