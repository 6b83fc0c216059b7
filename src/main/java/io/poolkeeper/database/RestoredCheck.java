// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks whether a restored database is whole: DBCC CHECKDB reads all of it, and its rows are compared with what was recorded at capture. */
final class RestoredCheck {
    private static final Set<Integer> FINDINGS =
            Set.of(5228, 5229, 5242, 5243, 5250, 5256, 7965, 7984, 7985, 7986, 7987, 7988, 7995);

    private final Connection connection;
    private final Work work;
    private final String part;
    private final String database;

    /**
     * Checks one database.
     *
     * @param part what damage is reported about
     */
    RestoredCheck(Connection connection, Work work, String part, String database) {
        this.connection = connection;
        this.work = work;
        this.part = part;
        this.database = database;
    }

    /** What CHECKDB finds: logical damage passes every hash and every checksum. */
    List<Damage> consistency() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DBCC CHECKDB (" + Quoted.name(database) + ") WITH NO_INFOMSGS, ALL_ERRORMSGS");
            drain(statement);
            return List.of();
        } catch (SQLException e) {
            work.checkCancelled();
            if (SqlFaults.chain(e).stream().noneMatch(message -> isFinding(message.number()))) {
                throw e; // it could not look: no permission, no room for its snapshot, no connection
            }
            return List.of(new Damage(part, "DBCC CHECKDB: " + SqlFaults.text(e)));
        }
    }

    /** What DBCC CHECKDB reports about data (sys.messages: 2500-2599, 3851-3859, 8900-8999 and some of 5200 and 7900). */
    private static boolean isFinding(int number) {
        return (number >= 2500 && number <= 2599)
                || (number >= 3851 && number <= 3859)
                || (number >= 8900 && number <= 8999)
                || FINDINGS.contains(number)
                || SqlFaults.DAMAGE.contains(number);
    }

    /** An error after the first result shows only when the next is asked for. */
    private static void drain(Statement statement) throws SQLException {
        while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
            // nothing to keep: errors come as exceptions
        }
    }

    /** Where tables or their numbers of rows differ from what was recorded. */
    List<Damage> rows(@Nullable JsonNode recorded) throws SQLException {
        var rows = RowCounts.of(new JdbcStatements(connection, work), database);
        var expected = recorded == null ? MissingNode.getInstance() : recorded.path("rows");
        var damages = new ArrayList<Damage>();
        expected.properties().forEach(entry -> {
            var count = rows.remove(entry.getKey());
            if (count == null) {
                damages.add(new Damage(entry.getKey(), "is not in the restored database"));
            } else if (!within(entry.getValue(), count)) {
                damages.add(new Damage(
                        entry.getKey(),
                        "has " + count + " rows, recorded were "
                                + entry.getValue().path(0).asLong() + " to "
                                + entry.getValue().path(1).asLong()));
            }
        });
        rows.keySet().forEach(extra -> damages.add(new Damage(extra, "was not there at capture")));
        return damages;
    }

    private static boolean within(JsonNode range, long count) {
        return count >= range.path(0).asLong() && count <= range.path(1).asLong();
    }
}
