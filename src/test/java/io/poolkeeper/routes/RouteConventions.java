// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.routes.RouteFiles.Endpoint;
import io.poolkeeper.routes.RouteFiles.Route;
import io.poolkeeper.routes.RouteFiles.RouteFile;
import io.poolkeeper.schema.Json;
import io.poolkeeper.step.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the files of routes/ have in common, beyond what Camel insists on: mistakes that it would find only at the first
 * message, or never. Every check is a method that returns sentences, each naming the file and the route.
 */
final class RouteConventions {
    private static final Schema CANONICAL = canonical();

    /** What the user asked for must be seen in routes/. */
    private static final List<String> ASKED_FOR = List.of("quartz", "file", "jdbc", "jms");

    /** Of the two ends of these, one is outside: a person, a scheduler, whoever listens, who asked for an answer. */
    private static final Set<String> OUTWARD = Set.of("poolkeeper.dead", "poolkeeper.event", "poolkeeper.reply");

    /** What a bean calls, once per host: direct:NAME-{{host}} in the template NAME. */
    private static final Set<String> CALLED_BY_BEANS = Set.of("hand-off-job");

    private static final Pattern PROPERTY = Pattern.compile("exchangeProperty\\.(\\w+)");
    private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((.*)\\))?");

    private final RouteFiles files;
    private final Map<String, Class<?>> beans;
    private final Set<String> setByBeans;

    /**
     * Checks files against the beans that the program binds.
     *
     * @param beans name to class
     * @param setByBeans exchange properties that a bean sets
     */
    RouteConventions(RouteFiles files, Map<String, Class<?>> beans, Set<String> setByBeans) {
        this.files = files;
        this.beans = beans;
        this.setByBeans = setByBeans;
    }

    /** All that is wrong, in the order of the checks. */
    List<String> problems() {
        return Stream.of(
                        schema(),
                        names(),
                        directs(),
                        destinations(),
                        errorHandling(),
                        uris(),
                        components(),
                        sql(),
                        calls(),
                        references(),
                        properties())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<String> schema() {
        var problems = new ArrayList<String>();
        for (var file : files.all()) {
            for (var error : CANONICAL.validate(file.root())) {
                problems.add(file + ": not canonical YAML: " + error.getInstanceLocation() + " " + error.getMessage());
            }
        }
        return problems;
    }

    /** File names and ids: each is there once, each route says what it does, and a file is called like what is in it. */
    private List<String> names() {
        var problems = new ArrayList<String>();
        var fileNames = new HashSet<String>();
        var ids = new HashSet<String>();
        for (var file : files.all()) {
            if (!fileNames.add(file.name())) {
                problems.add(file + ": another file has this name");
            }
            if (!rhymes(file)) {
                problems.add(file + ": no route of the file is called like it");
            }
            RouteFiles.visit(file.root(), (key, node) -> {
                if (node.isObject()
                        && node.has("id")
                        && !ids.add(node.path("id").asText())) {
                    problems.add(file + ": the id " + node.path("id").asText() + " is there twice");
                }
            });
        }
        for (var route : files.routes()) {
            if (route.id().isBlank()) {
                problems.add(route.file() + ": a route has no id");
            }
            if (route.description().isBlank()) {
                problems.add(route + " has no description");
            }
        }
        return problems;
    }

    /** accept-trigger holds accept-trigger; verify holds verify-share; tell-and-obey holds tell-progress and obey-control. */
    private static boolean rhymes(RouteFile file) {
        var ids = file.routes().stream().map(Route::id).toList();
        return !file.configurations().isEmpty()
                || ids.contains(file.name())
                || Arrays.stream(file.name().split("-and-"))
                        .allMatch(word -> ids.stream().anyMatch(id -> id.startsWith(word + "-")));
    }

    /** A direct: name is the id of the route that listens there; every one that is called listens, and the other way round. */
    private List<String> directs() {
        var problems = new ArrayList<String>();
        var consumed = new TreeSet<String>();
        var called = new TreeSet<String>();
        for (var endpoint : ofScheme("direct")) {
            if (endpoint.word().equals("from")) {
                var name = endpoint.target().replaceAll("-[{]{2}\\w+}}$", "");
                consumed.add(name);
                if (!name.equals(endpoint.route().id())) {
                    problems.add(endpoint.route() + " listens to direct:" + endpoint.target());
                }
            }
        }
        for (var endpoint : ofScheme("direct")) {
            if (!endpoint.word().equals("from")) {
                var targets = expand(endpoint.target());
                called.addAll(targets);
                targets.stream()
                        .filter(target -> !consumed.contains(target))
                        .forEach(target -> problems.add(endpoint + ": nothing listens to direct:" + target));
            }
        }
        consumed.stream()
                .filter(name -> !called.contains(name) && !CALLED_BY_BEANS.contains(name))
                .forEach(name -> problems.add("direct:" + name + " is called by no route"));
        return problems;
    }

    /** What a dynamic name can become; itself if it is not known what that is. */
    static List<String> expand(String target) {
        return switch (target) {
            case "${body.action.word}-${body.part.kind.word}" -> actionsOnKinds();
            case "send-${body.channel}" -> List.of("send-email", "send-teams");
            default -> List.of(target);
        };
    }

    /** Every action with the kinds of parts that it can be about. */
    static List<String> actionsOnKinds() {
        return Arrays.stream(Action.values())
                .flatMap(action -> kinds(action).stream().map(kind -> action.word() + "-" + kind.word()))
                .toList();
    }

    private static Set<Kind> kinds(Action action) {
        return switch (action) {
            case DISCOVER -> EnumSet.of(Kind.SOURCE);
            case PUBLISH, COHERE -> EnumSet.of(Kind.SET);
            case VERIFY -> EnumSet.complementOf(EnumSet.of(Kind.SOURCE));
            case CAPTURE, DRILL, RESTORE -> EnumSet.complementOf(EnumSet.of(Kind.SOURCE, Kind.SET));
        };
    }

    /** Every queue and topic has both ends in routes/, unless one of them is outside. */
    private List<String> destinations() {
        var problems = new ArrayList<String>();
        var ends = ofScheme("jms").stream()
                .collect(Collectors.partitioningBy(
                        endpoint -> endpoint.word().equals("from"),
                        Collectors.mapping(RouteConventions::destination, Collectors.toCollection(TreeSet::new))));
        for (var sent : ends.get(false)) {
            if (!ends.get(true).contains(sent) && !OUTWARD.contains(withoutKind(sent))) {
                problems.add(sent + " is read by no route");
            }
        }
        for (var read : ends.get(true)) {
            if (!ends.get(false).contains(read)) {
                problems.add(read + " is written by no route");
            }
        }
        return problems;
    }

    private static String destination(Endpoint endpoint) {
        return (endpoint.isTopic() ? "topic " : "queue ") + endpoint.destination();
    }

    private static String withoutKind(String destination) {
        return destination.substring(destination.indexOf(' ') + 1);
    }

    /**
     * A route that is called hands its errors to its caller, whose message it is; one that is tapped has no caller that
     * waits. A configuration that is not there would
     * silently take all error handling from a route.
     */
    private List<String> errorHandling() {
        var problems = new ArrayList<String>();
        var tapped = ofScheme("direct").stream()
                .filter(endpoint -> endpoint.word().equals("wireTap"))
                .map(Endpoint::target)
                .toList();
        for (var route : files.routes()) {
            var handsOver = route.inner().path("errorHandler").has("noErrorHandler");
            if (tapped.contains(route.id())) {
                if (handsOver) {
                    problems.add(route + " is tapped, nobody waits for it, and must not be without error handling");
                }
            } else if (route.from().scheme().equals("direct") && !handsOver) {
                problems.add(route + " is called over direct: and must leave errors to its caller (noErrorHandler)");
            }
            if (route.from().scheme().equals("jms") && handsOver) {
                problems.add(route + " reads a queue and must not be without error handling");
            }
            var configuration = route.body().path("routeConfigurationId").asText();
            if (!configuration.isEmpty() && !configurations().contains(configuration)) {
                problems.add(route + " names the routeConfiguration " + configuration + ", which is not there");
            }
        }
        if (!configurations().contains("")) {
            problems.add("no routeConfiguration is without id, so none holds for all routes");
        }
        return problems;
    }

    private Set<String> configurations() {
        return files.configurations().stream().map(Route::id).collect(Collectors.toSet());
    }

    private List<String> uris() {
        var problems = new ArrayList<String>();
        for (var endpoint : files.endpoints()) {
            if (endpoint.scheme().equals("seda") || endpoint.scheme().equals("vm")) {
                problems.add(endpoint + ": what is in memory is lost when the program ends; use direct: or a queue");
            }
            if (endpoint.uri().contains("?") && !endpoint.word().equals("toD")) {
                problems.add(endpoint + ": write the options as parameters, not as a query string");
            }
        }
        return problems;
    }

    private List<String> components() {
        var used = files.endpoints().stream().map(Endpoint::scheme).collect(Collectors.toSet());
        return ASKED_FOR.stream()
                .filter(component -> !used.contains(component))
                .map(component -> "no route has an endpoint of the component " + component)
                .toList();
    }

    /** What JDBC is asked is a constant: the step before sets it, from a file of ours, and nothing of a message is in it. */
    private List<String> sql() {
        var problems = new ArrayList<String>();
        RouteFiles.visit(Json.node(files.all().stream().map(RouteFile::root).toList()), (key, node) -> {
            for (var i = 0; node.isArray() && i < node.size(); i++) {
                var uri = node.get(i).findPath("uri").asText();
                if ((node.get(i).has("to") || node.get(i).has("toD")) && uri.startsWith("jdbc")) {
                    var before = i == 0 ? node.get(i) : node.get(i - 1);
                    checkSql(uri, before.at("/setBody/expression/constant/expression"), problems);
                }
            }
        });
        return problems;
    }

    private void checkSql(String uri, JsonNode constant, List<String> problems) {
        if (constant.isMissingNode()) {
            problems.add(uri + " is not preceded by a setBody with a constant");
            return;
        }
        var prefix = "resource:file:{{poolkeeper.home}}/routes/";
        var text = constant.asText();
        if (!text.startsWith(prefix)) {
            problems.add(uri + " is asked something that is no file of routes/: " + text);
        } else if (!Files.exists(files.folder().resolve(text.substring(prefix.length())))) {
            problems.add(uri + " is asked what is in a file that is not there: " + text);
        }
    }

    /** Beans and their methods, with as many parameters as are given. */
    private List<String> calls() {
        var problems = new ArrayList<String>();
        for (var file : files.all()) {
            RouteFiles.visit(file.root(), (key, node) -> {
                if ((key.equals("bean") || key.equals("method")) && node.isObject()) {
                    call(node, file).ifPresent(problems::add);
                }
            });
        }
        return problems;
    }

    private java.util.Optional<String> call(JsonNode node, RouteFile file) {
        var bean = node.path("ref").asText();
        var type = beans.get(bean);
        if (type == null) {
            return java.util.Optional.of(file + ": no bean is called " + bean);
        }
        var call = CALL.matcher(node.path("method").asText());
        if (!call.matches()) {
            return java.util.Optional.of(file + ": which method of " + bean + " is called is not said");
        }
        var given = call.group(2) == null ? -1 : call.group(2).split(",", -1).length;
        return Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals(call.group(1)))
                        .anyMatch(method -> takes(method, given))
                ? java.util.Optional.empty()
                : java.util.Optional.of(file + ": " + bean + " has no public method "
                        + node.path("method").asText());
    }

    /** Without arguments Camel passes the body or the exchange, if anything. */
    private static boolean takes(Method method, int given) {
        return given < 0 ? method.getParameterCount() <= 1 : method.getParameterCount() == given;
    }

    /** Beans that are not called but named: #bean in a parameter, and the redelivery policy. */
    private List<String> references() {
        var problems = new ArrayList<String>();
        for (var file : files.all()) {
            RouteFiles.visit(file.root(), (key, node) -> {
                var name = key.equals("redeliveryPolicyRef")
                        ? node.asText()
                        : node.asText().startsWith("#") ? node.asText().substring(1) : "";
                if (!name.isEmpty() && !beans.containsKey(name)) {
                    problems.add(file + ": no bean is called " + name);
                }
            });
        }
        return problems;
    }

    /** What a route reads of the exchange's properties was set somewhere where a reader finds it. */
    private List<String> properties() {
        var set = new HashSet<>(setByBeans);
        files.all()
                .forEach(file -> RouteFiles.visit(file.root(), (key, node) -> {
                    if (key.equals("setProperty")) {
                        set.add(node.path("name").asText());
                    }
                }));
        var problems = new ArrayList<String>();
        files.all()
                .forEach(file -> RouteFiles.visit(
                        file.root(),
                        (key, node) -> PROPERTY.matcher(node.asText())
                                .results()
                                .map(match -> match.group(1))
                                .filter(name -> !set.contains(name))
                                .forEach(name -> problems.add(file + ": nothing sets the exchange property " + name))));
        return problems;
    }

    private List<Endpoint> ofScheme(String scheme) {
        return files.endpoints().stream()
                .filter(endpoint -> endpoint.scheme().equals(scheme))
                .toList();
    }

    private static Schema canonical() {
        try (var in = RouteConventions.class.getResourceAsStream("/schema/camelYamlDsl-canonical.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(Json.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
