// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.Schemas;
import io.poolkeeper.schema.YamlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/routes-and-messages.md says what routes/ and config/schema really hold. */
class RoutesPageTest {
    private static final Pattern SCHEMA = Pattern.compile("config/schema/([a-z-]+)\\.json");
    private static final Set<String> MESSAGES =
            Set.of("trigger", "stage", "step", "claim", "result", "progress", "control");

    private final Page page = Page.of("docs/routes-and-messages.md");

    @Test
    void describesEveryRouteAndNoOther() {
        var described = new ArrayList<String>();
        for (var row : page.rows()) {
            if (row.heading().equals("Capture")) {
                described.addAll(row.code(1));
            } else if (row.heading().startsWith("`routes/")) {
                described.addAll(row.code(0));
            }
        }
        var real = new ArrayList<String>();
        for (var file : routeFiles()) {
            for (var element : document(file)) {
                Stream.of("route", "routeTemplate")
                        .map(kind -> element.path(kind).path("id").asText(""))
                        .filter(id -> !id.isEmpty())
                        .forEach(real::add);
            }
        }

        assertThat(described).containsExactlyInAnyOrderElementsOf(real);
    }

    @Test
    void namesEveryRouteFile() {
        var named = String.join("\n", page.lines());

        assertThat(routeFiles()).hasSizeGreaterThan(15).allMatch(file -> named.contains("`" + file + "`"));
    }

    @Test
    void describesEveryDestinationAndNoOther() {
        var described = new TreeSet<String>();
        for (var row : page.rows()) {
            if (row.heading().equals("Destinations")) {
                described.add(row.cells().get(0).replace("`", "").replace("<worker>", "*"));
            }
        }
        var real = new TreeSet<String>();
        routeFiles().forEach(file -> destinations(document(file), real));

        assertThat(described).isEqualTo(real);
    }

    private static void destinations(JsonNode node, Set<String> found) {
        if (node.has("destinationName")) {
            var name = node.path("destinationName").asText().replaceAll("\\{\\{.*\\}\\}", "*");
            found.add(node.path("destinationType").asText("queue") + " " + name);
        }
        node.forEach(child -> destinations(child, found));
    }

    @Test
    void showsAValidExampleOfEveryMessage() {
        var shown = new TreeSet<String>();
        for (var fence : page.fences()) {
            if (fence.language().equals("json")) {
                var schemas = schemas(page.section(fence.heading()));
                assertThat(schemas).as(fence.heading()).hasSize(1);
                assertThat(Schemas.check(schemas.get(0), Json.tree(String.join("\n", fence.lines()))))
                        .as(fence.heading())
                        .isEmpty();
                shown.add(schemas.get(0));
            }
        }

        assertThat(shown).isEqualTo(MESSAGES);
    }

    @Test
    void namesTheSchemaOfEveryLineOnStandardOutput() throws IOException {
        var listed = new TreeSet<String>();
        for (var row : page.rows()) {
            if (row.heading().equals("Lines on standard output")) {
                listed.add(
                        row.code(0).get(0) + " " + schemas(row.cells().get(1)).get(0));
            }
        }
        var real = new TreeSet<String>();
        for (var name : schemaNames()) {
            var type = Json.tree(Files.readString(Path.of("config/schema", name + ".json")))
                    .path("properties")
                    .path("message_type")
                    .path("const");
            if (type.isTextual()) {
                real.add(type.asText() + " " + name);
            }
        }

        assertThat(listed).isEqualTo(real);
    }

    @Test
    void linksToEverySchema() {
        assertThat(new TreeSet<>(schemas(String.join("\n", page.lines())))).isEqualTo(schemaNames());
    }

    private static List<String> schemas(String text) {
        return SCHEMA.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static Set<String> schemaNames() {
        try (var files = Files.list(Path.of("config/schema"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> routeFiles() {
        try (var files = Files.walk(Path.of("routes"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode document(String file) {
        return YamlDocument.read(Path.of(file)).root();
    }
}
