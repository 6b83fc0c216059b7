// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.tool.ToolRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The statements of one job of a host without Java: there they are a script for sqlcmd, which has a line of its own before what
 * each of them gave; here what was printed is cut at those lines and answers the same statements in the same order.
 *
 * @param id of the job; in the script {@link #ID}
 */
record HostQuestions(String id, List<String> statements) {
    /** Replaced by sqlcmd, which knows the variables of its environment. */
    static final String ID = "$(PK_ID)";

    /** What would be another variable, or a line of its own, in a script. */
    private static final String MEANS_SOMETHING = "(?s).*([$][(]|\\p{Cntrl}).*";

    /**
     * Refuses a name that a script for sqlcmd cannot hold.
     *
     * @throws PermanentFault if it is one
     */
    static void requirePlain(String name) {
        if (name.matches(MEANS_SOMETHING)) {
            throw new PermanentFault(
                    "a host without Java cannot be told of the database " + name.replaceAll("\\p{Cntrl}", "?")
                            + ": its name means something to sqlcmd",
                    "rename it, or let a worker with Java back it up");
        }
    }

    private String mark(int number) {
        return "poolkeeper " + number + " " + id;
    }

    /** For {@code sqlcmd -i}: it goes on after an error, because what comes later tells more. */
    String script() {
        var script = new StringBuilder("SET NOCOUNT ON;\nGO\n");
        for (var number = 1; number <= statements.size(); number++) {
            script.append("SELECT 1 AS ").append(Quoted.name(mark(number))).append(";\nGO\n");
            script.append(statements.get(number - 1).strip()).append("\nGO\n");
        }
        return script.toString();
    }

    /**
     * Reads what the script printed.
     *
     * @param printed by sqlcmd, into its file
     * @param ended how sqlcmd ended, and what it printed elsewhere
     * @throws io.poolkeeper.step.StepFault if it did not reach the server, or was refused there
     */
    Answers answers(SqlSource source, String printed, ToolRun.Ended ended) {
        var sections = sections(printed);
        if (sections.isEmpty()) {
            var all = new SqlcmdOutput(printed + "\n\n" + ended.output());
            var error = all.error();
            throw SqlFaults.refused(
                    source,
                    "asking sql." + source.key() + " (" + source.server() + ") by sqlcmd of host " + source.worker(),
                    error != null
                            ? error
                            : new SQLException("sqlcmd ended with " + ended.exit() + ": " + all.lastWords(), "08001"));
        }
        return new Answers(sections, printed);
    }

    private List<SqlcmdOutput> sections(String printed) {
        var lines = printed.lines().toList();
        var starts = new ArrayList<Integer>();
        for (var at = 0; at + 2 < lines.size() && starts.size() < statements.size(); at++) {
            if (lines.get(at).strip().equals(mark(starts.size() + 1))
                    && lines.get(at + 1).startsWith("-")) {
                starts.add(at);
            }
        }
        var sections = new ArrayList<SqlcmdOutput>();
        for (var n = 0; n < starts.size(); n++) {
            var end = n + 1 < starts.size() ? starts.get(n + 1) : lines.size();
            sections.add(new SqlcmdOutput(String.join("\n", lines.subList(starts.get(n) + 3, end))));
        }
        return sections;
    }

    /** What the host's sqlcmd answered; each statement can be asked once, in the script's order. */
    final class Answers implements Statements {
        private final List<SqlcmdOutput> sections;
        private final String printed;
        private int next;

        private Answers(List<SqlcmdOutput> sections, String printed) {
            this.sections = sections;
            this.printed = printed;
        }

        private SqlcmdOutput answer(String statement) throws SQLException {
            while (next < statements.size()) {
                var asked = statements.get(next).strip().equals(statement.strip());
                next++;
                if (asked) {
                    if (next > sections.size()) {
                        break;
                    }
                    return sections.get(next - 1);
                }
            }
            throw new SQLException(
                    "the host's sqlcmd ended before it came to: " + statement + ": "
                            + new SqlcmdOutput(printed).lastWords(),
                    "08S01");
        }

        @Override
        public List<Row> ask(String question) throws SQLException {
            var answer = answer(question);
            var error = answer.error();
            if (error != null) {
                throw error;
            }
            return answer.rows();
        }

        @Override
        public List<Row> askIn(String database, String question) throws SQLException {
            return ask(in(database, question));
        }

        @Override
        public Said run(String statement) throws SQLException {
            var answer = answer(statement);
            var error = answer.error();
            return new Said(answer.numbers(), error);
        }

        @Override
        public Map.Entry<String, String> client() {
            return Map.entry("sqlcmd", "of its host");
        }

        @Override
        public void close() {
            // there is nothing open
        }
    }

    /** A question that is asked within a database. */
    static String in(String database, String question) {
        return "USE " + Quoted.name(database) + ";\n" + question;
    }
}
