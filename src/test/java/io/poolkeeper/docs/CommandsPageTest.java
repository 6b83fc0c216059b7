// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.poolkeeper.cli.CommandModel;
import io.poolkeeper.lab.bench.BenchModel;
import io.poolkeeper.lab.demo.DemoModel;
import io.poolkeeper.lab.verb.LabModel;
import io.poolkeeper.run.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** docs/commands.md and docs/exit-codes.md say what the command line really has. */
class CommandsPageTest {
    private static final Set<String> EVERYWHERE = Set.of("-h", "--help", "-V", "--version");
    private static final Set<String> LAB_VERBS = Set.of("demo", "lab", "bench");
    private static final Set<String> ABOUT_A_SITE = Set.of("-c", "--config", "--json");

    private final Page page = Page.of("docs/commands.md");
    private final Page exits = Page.of("docs/exit-codes.md");

    @Test
    void namesEveryVerbWithItsParameters() {
        var documented = page.headings().stream()
                .flatMap(heading -> Page.code(heading).stream())
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(verbs().entrySet().stream()
                        .map(verb -> verb.getKey() + parameters(verb.getValue()))
                        .toList());
    }

    private static String parameters(CommandSpec verb) {
        return verb.positionalParameters().stream()
                .map(parameter -> parameter.arity().min() == 0
                        ? " [" + parameter.paramLabel() + "]"
                        : " " + parameter.paramLabel())
                .collect(Collectors.joining());
    }

    @Test
    void namesEveryOptionOfEveryVerbAndNoOther() {
        var documented = new TreeMap<String, Set<String>>();
        for (var heading : page.headings()) {
            Page.code(heading).forEach(verb -> documented.put(name(verb), new TreeSet<>()));
        }
        for (var row : page.rows()) {
            Page.code(row.heading()).forEach(verb -> documented.get(name(verb)).addAll(row.code(0)));
        }
        var real = new TreeMap<String, Set<String>>();
        verbs().forEach((name, spec) -> real.put(name, options(name, spec)));

        assertThat(documented).isEqualTo(real);
    }

    private static String name(String heading) {
        return heading.replaceAll(" \\[?[A-Z]+\\]?$", "");
    }

    private static Set<String> options(String verb, CommandSpec spec) {
        var names = new TreeSet<String>();
        spec.options().forEach(option -> names.addAll(Arrays.asList(option.names())));
        names.removeAll(EVERYWHERE);
        if (!LAB_VERBS.contains(verb.replaceAll(" .*", "")) && !verb.equals("config")) {
            assertThat(names).as(verb).containsAll(ABOUT_A_SITE);
            names.removeAll(ABOUT_A_SITE);
        }
        return names;
    }

    @Test
    void showsOnlyCommandLinesThatTheProgramUnderstands() {
        for (var command : CommandsInPages.all()) {
            if (command.isPoolkeeper()) {
                var words = command.words();
                assertThatCode(() -> root(words.get(0)).parseArgs(words(words)))
                        .as(command.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    private static CommandLine root(String verb) {
        return switch (verb) {
            case "demo" -> DemoModel.commandLine();
            case "lab" -> LabModel.commandLine();
            case "bench" -> BenchModel.commandLine();
            default -> CommandModel.commandLine();
        };
    }

    private static String[] words(List<String> words) {
        var own = LAB_VERBS.contains(words.get(0)) ? words.subList(1, words.size()) : words;
        return own.toArray(new String[0]);
    }

    @Test
    void givesEachExitCodeItsNumberAndName() {
        var documented = exits.rows().stream()
                .filter(row -> row.heading().equals("Exit codes"))
                .map(row -> row.cells().get(0) + " " + row.cells().get(1))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> code.code() + " " + code.name())
                        .toList());
        assertThat(CommandModel.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet().stream()
                        .map(String::strip))
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> "" + code.code())
                        .toList());
    }

    @Test
    void saysWhichOfSeveralExitCodesCounts() {
        var sentence = String.join(" ", exits.prose());
        var order = Pattern.compile("first of these counts: ([0-9, ]+)\\.").matcher(sentence);
        assertThat(order.find()).isTrue();
        var codes = Arrays.stream(order.group(1).split(",\\s*"))
                .map(code -> ExitCode.of(Integer.parseInt(code)))
                .toList();

        assertThat(codes).hasSize(9);
        for (var i = 0; i < codes.size(); i++) {
            for (var less : codes.subList(i, codes.size())) {
                assertThat(ExitCode.worst(List.of(less, codes.get(i)))).isEqualTo(codes.get(i));
            }
        }
    }

    @Test
    void listsExitCodesOfEveryVerb() {
        var listed = new ArrayList<String>();
        for (var row : exits.rows()) {
            if (row.heading().equals("By verb")) {
                listed.addAll(row.code(0));
                Pattern.compile("\\d+")
                        .matcher(row.cells().get(1))
                        .results()
                        .forEach(code -> ExitCode.of(Integer.parseInt(code.group())));
            }
        }

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(verbs().entrySet().stream()
                        .filter(verb -> verb.getValue().subcommands().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Full name of a verb to what picocli knows of it, e.g. {@code config validate}. */
    private static Map<String, CommandSpec> verbs() {
        var verbs = new LinkedHashMap<String, CommandSpec>();
        CommandModel.commandLine().getSubcommands().forEach((name, verb) -> add(verbs, name, verb));
        add(verbs, "demo", DemoModel.commandLine());
        add(verbs, "lab", LabModel.commandLine());
        add(verbs, "bench", BenchModel.commandLine());
        return verbs;
    }

    private static void add(Map<String, CommandSpec> verbs, String name, CommandLine verb) {
        verbs.put(name, verb.getCommandSpec());
        verb.getSubcommands().forEach((sub, below) -> add(verbs, name + " " + sub, below));
    }
}
