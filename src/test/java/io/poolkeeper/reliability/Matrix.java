// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.schema.Json;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Keeps what each {@link Case} saw in {@code target/reliability}, and holds the matrix of docs/reliability.md against it: the rows
 * of a class are the cases that ran, no more and no fewer. {@code -Dpoolkeeper.redraw=true} writes those rows instead. Times
 * are written and not compared.
 */
public final class Matrix implements BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    static final Path PAGE = Path.of("docs/reliability.md");
    static final String BEGIN = "<!-- matrix: written by the tests, with -Dpoolkeeper.redraw=true -->";
    static final String END = "<!-- end of matrix -->";
    private static final Path RECORDS = Path.of("target/reliability");
    private static final String REDRAW = "poolkeeper.redraw";
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Matrix.class);

    /** What a case has to say of itself; a parameter of its test. */
    public static final class Seen {
        private String outcome = "as it must";
        private Instant from = Instant.now();
        private Duration after = Duration.ZERO;

        /** What was broken is whole again: from now on the time counts. */
        public void recovered() {
            from = Instant.now();
        }

        /** The run has its final outcome: until now the time counted. */
        public void ended(String what) {
            ended(what, Duration.between(from, Instant.now()));
        }

        /** The same, of many runs that had such an outcome. */
        public void ended(String what, Duration most) {
            after = most;
            outcome = what;
        }
    }

    /** A row of the page. */
    record Row(String what, String holds, String outcome, String after, String test) {
        static Row of(String line) {
            var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            return new Row(
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4),
                    cells.get(5).replace("`", ""));
        }

        String line() {
            return "| %s | %s | %s | %s | `%s` |".formatted(what, holds, outcome, after, test);
        }

        /** Without what differs from run to run. */
        String name() {
            return test + ": " + what + ": " + holds;
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(SPACE).put("seen", new Seen());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Seen.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return seen(context);
    }

    private static Seen seen(ExtensionContext context) {
        return context.getStore(SPACE).get("seen", Seen.class);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        var method = context.getRequiredTestMethod();
        var said = method.getAnnotation(Case.class);
        if (said == null || context.getExecutionException().isPresent()) {
            return;
        }
        var seen = seen(context);
        var row = new Row(
                said.value(),
                said.holds(),
                seen.outcome,
                seen.after.isZero() ? "" : String.format(Locale.ROOT, "%.1f s", seen.after.toMillis() / 1e3),
                context.getRequiredTestClass().getSimpleName());
        Files.createDirectories(RECORDS);
        Files.writeString(record(context.getRequiredTestClass(), method), Json.pretty(row));
        ran(context).put(row.name(), row);
    }

    private static Path record(Class<?> type, Method method) {
        return RECORDS.resolve(type.getSimpleName() + "." + method.getName() + ".json");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Row> ran(ExtensionContext context) {
        var ofClass = context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
        return ofClass.getStore(SPACE).getOrComputeIfAbsent("ran", any -> new TreeMap<String, Row>(), Map.class);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        var ran = ran(context);
        var test = context.getRequiredTestClass().getSimpleName();
        if (Boolean.getBoolean(REDRAW)) {
            redraw(ran, test);
            return;
        }
        var onPage = rows().stream()
                .filter(row -> row.test().equals(test))
                .map(Row::name)
                .toList();
        assertThat(onPage)
                .as("%s; write it with: mvn verify -Dit.test=%s -D%s=true", PAGE, test, REDRAW)
                .containsAll(ran.keySet());
        if (ran.size() == cases(context.getRequiredTestClass()).size()) {
            assertThat(onPage)
                    .as("%s has rows of %s that did not run", PAGE, test)
                    .hasSameSizeAs(ran.keySet());
        }
    }

    /** The cases of a class, by what happens. */
    static List<String> cases(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Case.class))
                .map(method -> method.getAnnotation(Case.class).value())
                .toList();
    }

    /** The matrix as the page has it. */
    static List<Row> rows() throws IOException {
        var lines = Files.readAllLines(PAGE);
        return lines.subList(lines.indexOf(BEGIN) + 3, lines.indexOf(END)).stream()
                .map(Row::of)
                .toList();
    }

    private static void redraw(Map<String, Row> ran, String test) throws IOException {
        var rows = new TreeMap<String, Row>();
        rows().stream().filter(row -> !row.test().equals(test)).forEach(row -> rows.put(row.name(), row));
        rows.putAll(ran);
        var lines = new ArrayList<>(Files.readAllLines(PAGE));
        var table = rows.values().stream().map(Row::line).collect(Collectors.toList());
        var between = lines.subList(lines.indexOf(BEGIN) + 3, lines.indexOf(END));
        between.clear();
        between.addAll(table);
        Files.write(PAGE, lines);
    }
}
