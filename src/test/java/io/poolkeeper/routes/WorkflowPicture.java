// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import io.poolkeeper.routes.RouteFiles.Endpoint;
import io.poolkeeper.routes.RouteFiles.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws docs/workflow.svg from the files of routes/: a row for every route that waits for something, a vertical line for
 * every queue, topic and outside service, and an arrow for whoever reads or writes there. What a route calls over direct:
 * belongs to it. Read from top to bottom it is the story of a run.
 */
final class WorkflowPicture {
    private static final int WIDTH = 900;
    private static final int BOX_LEFT = 16;
    private static final int BOX_WIDTH = 366;
    private static final int LINES_LEFT = 416;
    private static final int LINES_RIGHT = 802;
    private static final int HEAD = 170;
    private static final int LETTERS = 59;

    private static final String READS = "#1d5fa8";
    private static final String WRITES = "#b04a12";

    /** The order of the story; a route that is not named here gets its row at the end. */
    private static final Map<String, List<String>> CHAPTERS = chapters();

    /** The order of the lines; others follow. */
    private static final List<String> LINES = List.of(
            "poolkeeper.trigger",
            "poolkeeper.stage",
            "poolkeeper.step.<worker>",
            "poolkeeper.result",
            "poolkeeper.event",
            "poolkeeper.control",
            "poolkeeper.progress",
            "poolkeeper.dead");

    private static final Map<String, String> SERVICES = Map.of(
            "smtp", "mail server (smtp)",
            "https", "Teams webhook (https)",
            "jdbc", "SQL Server (jdbc)",
            "poolkeeper.reply", "the sender's reply queue");

    private static final Map<String, String> SOURCES = Map.of(
            "quartz", "cron timer (quartz)",
            "scheduler", "every few seconds (scheduler)",
            "file", "a file (file)",
            "share-watch", "a change (share-watch)",
            "jms", "a message (jms)");

    private final RouteFiles files;
    private final Map<String, Route> byName;
    private final StringBuilder svg = new StringBuilder();
    private final List<String> lines;

    private WorkflowPicture(RouteFiles files) {
        this.files = files;
        this.byName = files.routes().stream().collect(Collectors.toMap(Route::id, route -> route));
        this.lines = lines();
    }

    /** The picture as SVG text with a final newline. */
    static String of(RouteFiles files) {
        return new WorkflowPicture(files).draw();
    }

    /**
     * One row.
     *
     * @param color of the box
     * @param source what it waits for
     * @param reads null if that is no message
     */
    private record Row(String title, String text, String color, String source, String reads, Set<String> writes) {
        List<String> textLines() {
            return wrap(text);
        }

        int height() {
            return 27 + 14 * textLines().size();
        }
    }

    private static Map<String, List<String>> chapters() {
        var chapters = new LinkedHashMap<String, List<String>>();
        chapters.put(
                "What starts a run",
                List.of(
                        "plan-timer",
                        "trigger-folder",
                        "watch-share",
                        "scan-share",
                        "ask-for-changed-share",
                        "watch-export"));
        chapters.put("A run, stage by stage", List.of("accept-trigger", "open-stage", "take-step", "take-result"));
        chapters.put("What people hear of it", List.of("deliver-news"));
        chapters.put(
                "What keeps it going",
                List.of("tell-progress", "note-progress", "reap-leases", "watch-over-runs", "obey-control"));
        return chapters;
    }

    private String draw() {
        var chapters = rows();
        var height = HEAD
                + chapters.values().stream()
                        .mapToInt(rows -> 26
                                + rows.stream()
                                        .mapToInt(row -> row.height() + 8)
                                        .sum())
                        .sum()
                + 44;
        open(height);
        drawLines(height);
        var y = HEAD;
        for (var chapter : chapters.entrySet()) {
            text(BOX_LEFT, y + 16, "font-weight='bold' font-size='13' fill='#24292f'", chapter.getKey());
            y += 26;
            for (var row : chapter.getValue()) {
                drawRow(row, y);
                y += row.height() + 8;
            }
        }
        legend(y + 22);
        svg.append("</svg>\n");
        return svg.toString();
    }

    private Map<String, List<Row>> rows() {
        var chapters = new LinkedHashMap<String, List<Row>>();
        var drawn = CHAPTERS.values().stream().flatMap(List::stream).toList();
        for (var chapter : CHAPTERS.entrySet()) {
            chapters.put(
                    chapter.getKey(),
                    chapter.getValue().stream().map(byName::get).map(this::row).collect(Collectors.toList()));
        }
        var rest = files.routes().stream()
                .filter(route -> !route.from().scheme().equals("direct") && !drawn.contains(route.id()))
                .map(this::row)
                .toList();
        chapters.get("What starts a run").addAll(0, outside());
        chapters.get("What keeps it going").addAll(rest);
        chapters.get("What keeps it going").addAll(errors());
        return chapters;
    }

    /** What is no route: it calls one, or writes to a queue. */
    private List<Row> outside() {
        var calls = new LinkedHashSet<>(reached(List.of(byName.get("start-run"), byName.get("stop-run"))));
        return List.of(
                new Row(
                        "Command line, REST",
                        "A person or a program asks for a run, or cancels one",
                        "#f3f4f6",
                        "calls start-run, stop-run",
                        null,
                        calls),
                new Row(
                        "A scheduler of your own",
                        "Any JMS client sends a message that names a plan",
                        "#f3f4f6",
                        "outside",
                        null,
                        Set.of("poolkeeper.trigger")));
    }

    private List<Row> errors() {
        return files.configurations().stream()
                .map(errors -> new Row(
                        errors.file().name(),
                        errors.description(),
                        "#fde8e8",
                        "an error in any route",
                        null,
                        reached(List.of(errors))))
                .toList();
    }

    private Row row(Route route) {
        var from = route.from();
        var text = route.description();
        if (route.file().side().equals("worker")
                && reachedRoutes(List.of(route)).size() > 3) {
            text += ". It calls " + String.join(", ", handlers(route));
        }
        return new Row(
                route.id(),
                text,
                route.file().side().equals("worker") ? "#e3f4e6" : "#e6eefb",
                SOURCES.getOrDefault(from.scheme(), from.scheme()),
                from.scheme().equals("jms") ? from.destination() : null,
                reached(List.of(route)));
    }

    /** The files whose routes a step can be handed to. */
    private Set<String> handlers(Route route) {
        return reachedRoutes(List.of(route)).stream()
                .map(handler -> handler.file().name())
                .filter(name -> !name.equals(route.file().name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where messages and requests go of these routes and of all that they call. */
    private Set<String> reached(List<Route> routes) {
        return reachedRoutes(routes).stream()
                .flatMap(route -> route.sendsTo().stream())
                .map(WorkflowPicture::line)
                .filter(line -> !line.equals("direct") && !line.equals("file"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String line(Endpoint endpoint) {
        return endpoint.scheme().equals("jms") ? endpoint.destination() : endpoint.scheme();
    }

    private Collection<Route> reachedRoutes(List<Route> routes) {
        var reached = new LinkedHashSet<>(routes);
        var next = List.copyOf(routes);
        while (!next.isEmpty()) {
            next = next.stream()
                    .flatMap(route -> route.sendsTo().stream())
                    .filter(endpoint -> endpoint.scheme().equals("direct"))
                    .flatMap(endpoint -> RouteConventions.expand(endpoint.target()).stream())
                    .map(byName::get)
                    .filter(reached::add)
                    .toList();
        }
        return reached;
    }

    private List<String> lines() {
        var all = new LinkedHashSet<>(LINES);
        files.endpoints().stream()
                .filter(endpoint -> endpoint.scheme().equals("jms"))
                .forEach(endpoint -> all.add(endpoint.destination()));
        files.endpoints().stream()
                .filter(endpoint -> !endpoint.word().equals("from"))
                .map(WorkflowPicture::line)
                .filter(line -> !line.equals("direct") && !line.equals("file"))
                .forEach(all::add);
        return new ArrayList<>(all);
    }

    private int x(String line) {
        return LINES_LEFT + lines.indexOf(line) * (LINES_RIGHT - LINES_LEFT) / (lines.size() - 1);
    }

    private boolean isTopic(String line) {
        return files.endpoints().stream()
                .anyMatch(endpoint -> endpoint.isTopic() && line(endpoint).equals(line));
    }

    private void open(int height) {
        svg.append("""
                <svg xmlns='http://www.w3.org/2000/svg' width='%1$d' height='%2$d' viewBox='0 0 %1$d %2$d' role='img' \
                font-family='Segoe UI, Helvetica, Arial, sans-serif'>
                <title>The workflow of Poolkeeper</title>
                <desc>Drawn from routes/ by WorkflowPicture; do not edit. A row for every route that waits for something, a \
                line for every queue and topic.</desc>
                <rect x='0.5' y='0.5' width='%3$d' height='%4$d' rx='8' fill='#ffffff' stroke='#d0d7de'/>
                """.formatted(WIDTH, height, WIDTH - 1, height - 1));
        text(BOX_LEFT, 34, "font-size='20' font-weight='bold' fill='#24292f'", "The workflow of Poolkeeper");
        text(
                BOX_LEFT,
                56,
                "font-size='12' fill='#57606a'",
                "Drawn from the Camel routes in routes/. Each row is a route that waits");
        text(
                BOX_LEFT,
                72,
                "font-size='12' fill='#57606a'",
                "for something; each upright line is a queue or topic of the broker,");
        text(BOX_LEFT, 88, "font-size='12' fill='#57606a'", "or a service outside. Read it from top to bottom.");
    }

    private void drawLines(int height) {
        for (var line : lines) {
            var isInside = line.startsWith("poolkeeper.") && !SERVICES.containsKey(line);
            var dashes = isTopic(line) ? " stroke-dasharray='5 3'" : isInside ? "" : " stroke-dasharray='1 3'";
            element("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='#8c959f'%s/>"
                    .formatted(x(line), HEAD - 6, x(line), height - 52, dashes));
            svg.append("<text transform='translate(%d %d) rotate(-48)' font-size='11.5' fill='%s'%s>%s</text>\n"
                    .formatted(
                            x(line) + 2,
                            HEAD - 12,
                            isInside ? "#24292f" : "#57606a",
                            isTopic(line) ? " font-style='italic'" : "",
                            escaped((isTopic(line) ? "topic " : "") + SERVICES.getOrDefault(line, line))));
        }
    }

    private void drawRow(Row row, int y) {
        element("<rect x='%d' y='%d' width='%d' height='%d' rx='5' fill='%s' stroke='#8c959f'/>"
                .formatted(BOX_LEFT, y, BOX_WIDTH, row.height(), row.color()));
        text(BOX_LEFT + 9, y + 17, "font-size='12.5' font-weight='bold' fill='#24292f'", row.title());
        text(
                BOX_LEFT + BOX_WIDTH - 9,
                y + 17,
                "font-size='10.5' fill='#57606a' text-anchor='end' font-style='italic'",
                row.source());
        var line = y + 18;
        for (var words : row.textLines()) {
            text(BOX_LEFT + 9, line += 14, "font-size='11' fill='#24292f'", words);
        }
        var right = BOX_LEFT + BOX_WIDTH;
        if (row.reads() != null) {
            reads(right, x(row.reads()), y + row.height() / 2 - 8);
        }
        var at = row.reads() == null ? y + row.height() / 2 : y + row.height() / 2 + 8;
        row.writes().stream()
                .mapToInt(this::x)
                .max()
                .ifPresent(last -> element("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='1.6'/>"
                        .formatted(right, at, last - 7, at, WRITES)));
        row.writes()
                .forEach(write ->
                        element("<path d='M%d %d l-9 -4.5 v9 z' fill='%s'/>".formatted(x(write) - 1, at, WRITES)));
    }

    private void reads(int right, int from, int y) {
        element("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='1.6'/>"
                .formatted(right + 7, y, from, y, READS));
        element("<path d='M%d %d l9 -4.5 v9 z' fill='%s'/>".formatted(right + 1, y, READS));
        element("<circle cx='%d' cy='%d' r='3.5' fill='%s'/>".formatted(from, y, READS));
    }

    private void legend(int y) {
        var x = BOX_LEFT;
        for (var kind : List.of("#e6eefb coordinator", "#e3f4e6 worker", "#f3f4f6 outside", "#fde8e8 errors")) {
            var words = kind.split(" ", -1);
            element("<rect x='%d' y='%d' width='14' height='12' rx='2' fill='%s' stroke='#8c959f'/>"
                    .formatted(x, y - 10, words[0]));
            text(x + 19, y, "font-size='11' fill='#24292f'", words[1]);
            x += 92;
        }
        element("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='1.6'/>"
                .formatted(425, y - 4, 450, y - 4, READS));
        element("<circle cx='%d' cy='%d' r='3.5' fill='%s'/>".formatted(450, y - 4, READS));
        element("<path d='M%d %d l9 -4.5 v9 z' fill='%s'/>".formatted(418, y - 4, READS));
        text(459, y, "font-size='11' fill='#24292f'", "takes from");
        element("<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='%s' stroke-width='1.6'/>"
                .formatted(530, y - 4, 556, y - 4, WRITES));
        element("<path d='M%d %d l-9 -4.5 v9 z' fill='%s'/>".formatted(562, y - 4, WRITES));
        text(568, y, "font-size='11' fill='#24292f'", "sends to");
        text(650, y, "font-size='11' fill='#24292f'", "queue: full \u00b7 topic: dashed \u00b7 outside: dotted");
    }

    private void text(int x, int y, String style, String words) {
        svg.append("<text x='%d' y='%d' %s>%s</text>\n".formatted(x, y, style, escaped(words)));
    }

    private void element(String element) {
        svg.append(element).append('\n');
    }

    /** Words in lines of at most {@link #LETTERS} letters. */
    private static List<String> wrap(String text) {
        var wrapped = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LETTERS) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
