// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.Home;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TransientFault;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;

class ObserveRouteTest extends RouteTest {
    private final Outside jdbc = new Outside(story, answers);

    /** Knows the history of one instance. */
    public static final class History {
        public String sqlKey(Step step) {
            return step.part().owner();
        }

        public String found(Step step, List<Map<String, Object>> rows, Object work) {
            return "judged " + rows.size() + " rows for " + step.part().leaf();
        }

        public String unreachable(Step step, SQLException error) {
            var fault = new TransientFault("cannot ask: " + error.getMessage(), "is it running?");
            throw fault;
        }
    }

    /** Says that it was called. */
    public static final class Named {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        public String handle(Step step, Object work) {
            return name + " " + step.part();
        }
    }

    @Override
    List<String> files() {
        return List.of("worker/observe");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of(
                "observeDatabase", new History(),
                "sqlcmdDatabases", new DiscoverRouteTest.Sqlcmd(story),
                "observeFiles", new Named("looked at"),
                "verifyObservedDatabase", new Named("asked about"),
                "verifyObservedFiles", new Named("read"),
                "restoreObservedDatabase", new Named("restored"),
                "restoreObserved", new Named("told of"),
                "jdbc", jdbc);
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.home", Home.folder().toString());
    }

    @Test
    void asksTheInstanceForItsHistoryByTheConstantQuestionBesideTheRoute() throws Exception {
        answers.put("sql-ocs2007-rtc", exchange -> exchange.getMessage().setBody(List.of(Map.of("name", "x"))));

        assertThat(observe(Action.CAPTURE, "database:ocs2007-rtc/rtc")).isEqualTo("judged 1 rows for rtc");

        assertThat(jdbc.bodies("sql-ocs2007-rtc"))
                .containsExactly(Files.readString(Home.file("routes/worker/observe-database.sql")));
    }

    @Test
    void failsWhenTheInstanceCannotBeAsked() {
        answers.put("sql-ocs2007-rtc", exchange -> {
            throw new SQLException("login failed");
        });

        assertThatThrownBy(() -> observe(Action.CAPTURE, "database:ocs2007-rtc/rtc"))
                .hasRootCauseInstanceOf(TransientFault.class)
                .hasRootCauseMessage("cannot ask: login failed");
    }

    @Test
    void asksAnInstanceOfMethodSqlcmdByThatProgramAlone() {
        assertThat(observe(Action.CAPTURE, "database:old-express/rtc")).isEqualTo("judged 3 rows for rtc");

        assertThat(story).containsExactly("sqlcmd asks old-express for the history");
    }

    @Test
    void looksAtFilesOfAllOtherKinds() {
        assertThat(observe(Action.CAPTURE, "share:meeting-content")).isEqualTo("looked at share:meeting-content");
        assertThat(observe(Action.CAPTURE, "directory:ocs")).isEqualTo("looked at directory:ocs");
    }

    @Test
    void verifiesEachWhereItLies() {
        assertThat(observe(Action.VERIFY, "database:ocs2007-rtc/rtc"))
                .isEqualTo("asked about database:ocs2007-rtc/rtc");
        assertThat(observe(Action.VERIFY, "settings:global-pool/ocs2007"))
                .isEqualTo("read settings:global-pool/ocs2007");
    }

    @Test
    void restoresWhatSqlServerReadsAndTellsOfAllElseWhereItLies() {
        assertThat(observe(Action.DRILL, "database:ocs2007-rtc/rtc")).isEqualTo("restored database:ocs2007-rtc/rtc");
        assertThat(observe(Action.RESTORE, "share:meeting-content")).isEqualTo("told of share:meeting-content");
    }

    private String observe(Action action, String part) {
        var step = step("step-01", "local", action, part, Method.OBSERVED);
        var exchange = template.request("direct:observe-part", asked -> {
            asked.setProperty("step", step);
            asked.setProperty("work", "work");
            asked.getMessage().setBody(step);
        });
        if (exchange.getException() != null) {
            throw new CamelExecutionException("not observed", exchange, exchange.getException());
        }
        return exchange.getMessage().getBody(String.class);
    }
}
