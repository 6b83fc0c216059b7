// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolkeeper.app.BoundBeans;
import io.poolkeeper.schema.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of routes/ keep to what {@link RouteConventions} says, and each of its checks can fail. */
class RouteConventionsTest {
    private static final Path ROUTES = Home.file("routes");

    /** By Parking, which says why a run cannot go on. */
    private static final Set<String> SET_BY_BEANS = Set.of("stuckRun", "stuckStep");

    @TempDir
    static Path home;

    @TempDir
    Path copy;

    private static BoundBeans bound;

    @BeforeAll
    static void startOnce() throws IOException {
        bound = BoundBeans.lookIn(home);
    }

    @Test
    void everyFileKeepsToTheConventions() {
        assertThat(problems(ROUTES)).isEmpty();
    }

    @Test
    void camelRunsEveryRouteOfTheFilesAndNoOther() {
        var routes = RouteFiles.in(ROUTES).routes();

        assertThat(Stream.concat(bound.routes().stream(), bound.templates().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        routes.stream().map(RouteFiles.Route::id).toList());
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("coordinator/open-stage", "    id: open-stage\n", "", "a route has no id"),
                mistake(
                        "coordinator/plan-timer",
                        "description: Starts a plan of the site file when its cron expression is due, in the site's time zone",
                        "description: ''",
                        "route plan-timer has no description"),
                mistake(
                        "worker/discover",
                        "id: discover-source",
                        "id: discover-shares",
                        "discover-shares is there twice"),
                mistake("coordinator/conclude-run", "id: sum-up", "id: write-event", "write-event is there twice"),
                mistake(
                        "coordinator/deliver-news",
                        "id: deliver-news",
                        "id: tell",
                        "no route of the file is called like it"),
                mistake(
                        "worker/capture-share",
                        "uri: direct:capture-share",
                        "uri: direct:capture",
                        "listens to direct:capture"),
                mistake(
                        "worker/capture-share",
                        "uri: direct:capture-share",
                        "uri: direct:capture",
                        "nothing listens to direct:capture-share"),
                mistake(
                        "coordinator/deliver-news",
                        "direct:send-${body.channel}",
                        "direct:tell-${body.channel}",
                        "nothing listens to direct:tell-${body.channel}"),
                mistake(
                        "coordinator/accept-trigger",
                        "uri: direct:start-run",
                        "uri: direct:strat-run",
                        "nothing listens to direct:strat-run"),
                mistake(
                        "worker/discover",
                        "uri: direct:discover-directory",
                        "uri: direct:discover-shares",
                        "is called by no route"),
                mistake(
                        "coordinator/take-result",
                        "destinationName: poolkeeper.stage",
                        "destinationName: poolkeeper.stages",
                        "queue poolkeeper.stages is read by no route"),
                mistake(
                        "worker/tell-and-obey",
                        "destinationName: poolkeeper.control",
                        "destinationName: poolkeeper.orders",
                        "topic poolkeeper.orders is written by no route"),
                mistake(
                        "worker/tell-and-obey",
                        "destinationType: topic",
                        "destinationType: queue",
                        "queue poolkeeper.progress is read by no route"),
                mistake(
                        "worker/publish-set",
                        "    errorHandler:\n      noErrorHandler: {}\n",
                        "",
                        "route publish-set is called over direct: and must leave errors to its caller"),
                mistake(
                        "coordinator/open-stage",
                        "    id: open-stage\n",
                        "    id: open-stage\n    errorHandler:\n      noErrorHandler: {}\n",
                        "route open-stage reads a queue and must not be without error handling"),
                mistake(
                        "worker/take-step",
                        "    routeConfigurationId: until-it-is-sent\n",
                        "    errorHandler:\n      noErrorHandler: {}\n",
                        "route send-result-again is tapped, nobody waits for it"),
                mistake(
                        "coordinator/open-stage",
                        "    id: open-stage\n",
                        "    id: open-stage\n    routeConfigurationId: retry\n",
                        "names the routeConfiguration retry, which is not there"),
                mistake(
                        "coordinator/error-handling",
                        "- routeConfiguration:\n",
                        "- routeConfiguration:\n    id: retry\n",
                        "none holds for all routes"),
                mistake(
                        "coordinator/conclude-run",
                        "uri: direct:conclude-run",
                        "uri: seda:conclude-run",
                        "lost when the program ends"),
                mistake(
                        "coordinator/conclude-run",
                        "            uri: jms\n",
                        "            uri: jms:topic:poolkeeper.event?deliveryPersistent=false\n",
                        "write the options as parameters"),
                mistake(
                        "coordinator/plan-timer",
                        "uri: quartz",
                        "uri: timer",
                        "no route has an endpoint of the component quartz"),
                mistake(
                        "worker/discover",
                        "resource:file:{{poolkeeper.home}}/routes/worker/discover-databases.sql",
                        "SELECT name FROM sys.databases",
                        "is asked something that is no file of routes/"),
                mistake(
                        "worker/discover",
                        "discover-databases.sql",
                        "discover-database.sql",
                        "is asked what is in a file that is not there"),
                mistake(
                        "worker/discover",
                        "                    constant:\n",
                        "                    simple:\n",
                        "is not preceded by a setBody with a constant"),
                mistake("worker/verify", "ref: verifyShare", "ref: verifyShares", "no bean is called verifyShares"),
                mistake("worker/verify", "method: handle(", "method: handel(", "has no public method handel("),
                mistake(
                        "worker/take-step",
                        "method: hold",
                        "method: hold(1, 2)",
                        "delivery has no public method hold(1, 2)"),
                mistake(
                        "worker/discover",
                        "method: sqlKey(${body})",
                        "method: key(${body})",
                        "has no public method key("),
                mistake("coordinator/deliver-news", "\"#mailProperties\"", "\"#mail\"", "no bean is called mail"),
                mistake(
                        "coordinator/error-handling",
                        "redeliveryPolicyRef: messageRetry",
                        "redeliveryPolicyRef: retry",
                        "no bean is called retry"),
                mistake("worker/take-step", "name: work", "name: wrok", "nothing sets the exchange property work"),
                mistake(
                        "worker/take-step",
                        "                expression: ${body}",
                        "                ${body}",
                        "not canonical YAML"),
                mistake(
                        "worker/take-step",
                        "ref: messages",
                        "ref: messages\n            retries: 3",
                        "not canonical YAML"));
    }

    private static Arguments mistake(String file, String right, String wrong, String problem) {
        return Arguments.of(file, right, wrong, problem);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsFoundAndNamed(String file, String right, String wrong, String problem) throws IOException {
        copyRoutes();
        var path = copy.resolve(file + ".camel.yaml");
        var text = Files.readString(path);
        assertThat(text).contains(right);

        // what no route has is taken from all of the file's
        Files.writeString(
                path,
                problem.startsWith("no route has")
                        ? text.replace(right, wrong)
                        : text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));

        assertThat(problems(copy)).anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void twoFilesOfOneNameAreFound() throws IOException {
        copyRoutes();

        Files.copy(copy.resolve("worker/verify.camel.yaml"), copy.resolve("coordinator/verify.camel.yaml"));

        assertThat(problems(copy)).contains("worker/verify: another file has this name");
    }

    private void copyRoutes() throws IOException {
        try (var files = Files.walk(ROUTES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = copy.resolve(ROUTES.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static java.util.List<String> problems(Path routes) {
        return new RouteConventions(RouteFiles.in(routes), bound.beans(), SET_BY_BEANS).problems();
    }
}
