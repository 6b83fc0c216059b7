// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.Home;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;

class DiscoverRouteTest extends RouteTest {
    private final Outside jdbc = new Outside(story, answers);

    /** Knows one instance. */
    public static final class Databases {
        private final List<String> story;

        Databases(List<String> story) {
            this.story = story;
        }

        public String sqlKey(Step step) {
            if (!List.of("ocs2007-rtc", "old-express").contains(step.part().leaf())) {
                throw new PermanentFault("there is no such instance", "look into the site file");
            }
            return step.part().leaf();
        }

        public String found(Step step, List<Map<String, Object>> rows) {
            story.add("found " + rows);
            return "databases";
        }

        public String unreachable(Step step, SQLException error) {
            story.add("unreachable: " + error.getMessage());
            return "a finding";
        }
    }

    /** Reaches one instance that Java's driver does not. */
    public static final class Sqlcmd {
        private final List<String> story;

        Sqlcmd(List<String> story) {
            this.story = story;
        }

        public boolean reaches(String sqlKey) {
            return sqlKey.equals("old-express");
        }

        public String discover(Step step, Object work) {
            story.add("sqlcmd asks " + step.part());
            return "old databases";
        }

        public String watch(Step step, String found, Object work) {
            story.add("sqlcmd watches " + step.part());
            return found;
        }

        public List<Map<String, Object>> history(String sqlKey, Object work) {
            story.add("sqlcmd asks " + sqlKey + " for the history");
            return List.of(Map.of(), Map.of(), Map.of());
        }
    }

    /** Tells what the history holds. */
    public static final class Sentinel {
        private final List<String> story;

        Sentinel(List<String> story) {
            this.story = story;
        }

        public String watched(Step step, String found, List<Map<String, Object>> rows) {
            story.add("watched " + rows);
            return found;
        }

        public String blind(Step step, String found, SQLException error) {
            story.add("blind: " + error.getMessage());
            return found;
        }
    }

    /** Looks for shares, or asks the directory. */
    public static final class Source {
        private final String name;

        Source(String name) {
            this.name = name;
        }

        public String handle(Step step, Object work) {
            return name + " of " + step.worker();
        }
    }

    @Override
    List<String> files() {
        return List.of("worker/discover");
    }

    @Override
    Map<String, Object> beans() {
        return Map.of(
                "discoverDatabases", new Databases(story),
                "sqlcmdDatabases", new Sqlcmd(story),
                "sentinel", new Sentinel(story),
                "discoverShares", new Source("shares"),
                "discoverDirectory", new Source("directory"),
                "jdbc", jdbc);
    }

    @Override
    Map<String, String> placeholders() {
        return Map.of("poolkeeper.home", Home.folder().toString());
    }

    @Test
    void asksAnInstanceTheConstantQuestionBesideTheRoute() throws Exception {
        answers.put("sql-ocs2007-rtc", exchange -> exchange.getMessage().setBody(List.of(Map.of("name", "rtc"))));

        assertThat(discover("source:sql/ocs2007-rtc")).isEqualTo("databases");

        assertThat(story)
                .containsExactly(
                        "to sql-ocs2007-rtc", "found [{name=rtc}]", "to sql-ocs2007-rtc", "watched [{name=rtc}]");
        assertThat(jdbc.bodies("sql-ocs2007-rtc"))
                .containsExactly(
                        Files.readString(Home.file("routes/worker/discover-databases.sql")),
                        Files.readString(Home.file("routes/worker/watch-history.sql")));
    }

    @Test
    void asksAnInstanceOfMethodSqlcmdByThatProgramAlone() {
        assertThat(discover("source:sql/old-express")).isEqualTo("old databases");

        assertThat(story)
                .containsExactly("sqlcmd asks source:sql/old-express", "sqlcmd watches source:sql/old-express");
    }

    @Test
    void keepsWhatItFoundWhenTheHistoryCannotBeRead() {
        answers.put("sql-ocs2007-rtc", exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("backupset")) {
                throw new SQLException("SELECT permission denied");
            }
            exchange.getMessage().setBody(List.of());
        });

        assertThat(discover("source:sql/ocs2007-rtc")).isEqualTo("databases");

        assertThat(story).last().isEqualTo("blind: SELECT permission denied");
    }

    @Test
    void reportsAnInstanceThatCannotBeAskedAsAFinding() {
        answers.put("sql-ocs2007-rtc", exchange -> {
            throw new SQLException("login failed");
        });

        assertThat(discover("source:sql/ocs2007-rtc")).isEqualTo("a finding");

        assertThat(story).containsExactly("to sql-ocs2007-rtc", "unreachable: login failed");
    }

    @Test
    void failsForAnInstanceThatTheSiteFileDoesNotName() {
        assertThatThrownBy(() -> discover("source:sql/payroll"))
                .hasRootCauseMessage("there is no such instance")
                .hasRootCauseInstanceOf(PermanentFault.class);

        assertThat(story).isEmpty();
    }

    @Test
    void looksForSharesAndAsksTheDirectory() {
        assertThat(discover("source:shares")).isEqualTo("shares of local");
        assertThat(discover("source:directory")).isEqualTo("directory of local");
    }

    private String discover(String source) {
        var step = step("discover-01", "local", Action.DISCOVER, source, Method.SQL_NATIVE);
        var exchange = template.request("direct:discover-source", asked -> {
            asked.setProperty("step", step);
            asked.getMessage().setBody(step);
        });
        if (exchange.getException() != null) {
            throw new CamelExecutionException("not discovered", exchange, exchange.getException());
        }
        return exchange.getMessage().getBody(String.class);
    }
}
