// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolkeeper.schema.YamlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The files of routes/ read as YAML, without starting Camel: which routes there are, and which endpoints they use. */
final class RouteFiles {
    private final Path folder;
    private final List<RouteFile> files;

    private RouteFiles(Path folder, List<RouteFile> files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * One file.
     *
     * @param side {@code coordinator} or {@code worker}
     * @param name without {@code .camel.yaml}
     */
    record RouteFile(String side, String name, JsonNode root) {
        @Override
        public String toString() {
            return side + "/" + name;
        }

        /** Its routes and route templates. */
        List<Route> routes() {
            return items("route", "routeTemplate");
        }

        /** What it says about errors; without {@code from}. */
        List<Route> configurations() {
            return items("routeConfiguration");
        }

        private List<Route> items(String... words) {
            return root.valueStream()
                    .flatMap(item -> Stream.of(words).filter(item::has).map(word -> new Route(this, item.path(word))))
                    .toList();
        }
    }

    /** One route or route template. */
    record Route(RouteFile file, JsonNode body) {
        String id() {
            return body.path("id").asText();
        }

        String description() {
            return body.path("description").asText();
        }

        Endpoint from() {
            return new Endpoint(this, "from", inner().path("from"));
        }

        /** What holds {@code from}: a template with an error handler of its own holds a route. */
        JsonNode inner() {
            return body.has("route") ? body.path("route") : body;
        }

        /** What it calls and sends to, in the order of the file. */
        List<Endpoint> sendsTo() {
            var endpoints = new ArrayList<Endpoint>();
            visit(body, (key, node) -> {
                if (Set.of("to", "toD", "wireTap").contains(key) && node.has("uri")) {
                    endpoints.add(new Endpoint(this, key, node));
                }
            });
            return endpoints;
        }

        @Override
        public String toString() {
            return file + ": route " + id();
        }
    }

    /**
     * The use of an endpoint.
     *
     * @param word {@code from}, {@code to}, {@code toD} or {@code wireTap}
     */
    record Endpoint(Route route, String word, JsonNode body) {
        String uri() {
            return body.path("uri").asText();
        }

        String scheme() {
            return uri().replaceAll(":.*", "");
        }

        /** What follows the component in the URI, without the query string; for JMS the name of the queue or topic. */
        String target() {
            var inUri = uri().replaceFirst("^[^:]*:?", "").replaceAll("\\?.*", "");
            return inUri.isEmpty() ? parameter("destinationName") : inUri;
        }

        /** Both ends of a queue under one name: a step's queue is named after its worker, in two languages. */
        String destination() {
            return target().replaceAll("[$]?\\{.*}", "<worker>");
        }

        String parameter(String name) {
            return body.path("parameters").path(name).asText();
        }

        boolean isTopic() {
            return parameter("destinationType").equals("topic");
        }

        @Override
        public String toString() {
            return route + ", " + word + " " + uri();
        }
    }

    /** Reads coordinator/ and worker/ of a folder. */
    static RouteFiles in(Path folder) {
        var files = new ArrayList<RouteFile>();
        for (var side : List.of("coordinator", "worker")) {
            for (var path : list(folder.resolve(side))) {
                var name = path.getFileName().toString();
                if (name.endsWith(".camel.yaml")) {
                    files.add(new RouteFile(
                            side,
                            name.replace(".camel.yaml", ""),
                            YamlDocument.read(path).root()));
                }
            }
        }
        return new RouteFiles(folder, List.copyOf(files));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    List<RouteFile> all() {
        return files;
    }

    List<Route> routes() {
        return files.stream().flatMap(file -> file.routes().stream()).toList();
    }

    List<Route> configurations() {
        return files.stream().flatMap(file -> file.configurations().stream()).toList();
    }

    /** What comes in and what goes out of every route, and where errors go. */
    List<Endpoint> endpoints() {
        return Stream.concat(
                        routes().stream().map(Route::from),
                        Stream.concat(routes().stream(), configurations().stream())
                                .flatMap(route -> route.sendsTo().stream()))
                .toList();
    }

    /** Shows every key with its value, parents first. */
    static void visit(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        node.properties().forEach(entry -> {
            visitor.accept(entry.getKey(), entry.getValue());
            visit(entry.getValue(), visitor);
        });
        if (node.isArray()) {
            node.forEach(item -> visit(item, visitor));
        }
    }
}
