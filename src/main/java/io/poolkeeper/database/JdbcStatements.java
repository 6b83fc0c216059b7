// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.step.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** By SQL Server's driver, over one connection. */
final class JdbcStatements implements Statements {
    private final Connection connection;
    private final Work work;
    private final int mostSeconds;

    /** Takes over a connection, and closes it. */
    JdbcStatements(Connection connection, Work work) {
        this(connection, work, 0);
    }

    /**
     * Takes over a connection, and closes it.
     *
     * @param mostSeconds after which a statement is stopped; 0 if it may take as long as it wants
     */
    JdbcStatements(Connection connection, Work work, int mostSeconds) {
        this.connection = connection;
        this.work = work;
        this.mostSeconds = mostSeconds;
    }

    @Override
    public List<Row> ask(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(question)) {
            var rows = new ArrayList<Row>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        var values = new TreeMap<String, @Nullable String>();
        var columns = result.getMetaData();
        for (var column = 1; column <= columns.getColumnCount(); column++) {
            values.put(columns.getColumnLabel(column), text(result.getObject(column)));
        }
        return new Row(values);
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        if (value instanceof Timestamp time) {
            return time.toString();
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
        }
        return value == null ? null : value.toString();
    }

    @Override
    public List<Row> askIn(String database, String question) throws SQLException {
        connection.setCatalog(database);
        var rows = ask(question);
        connection.setCatalog("master");
        return rows;
    }

    @Override
    public Said run(String sql) throws SQLException {
        var messages = ServerMessages.listen(connection, work);
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(mostSeconds);
            work.onCancel(() -> cancel(statement));
            statement.execute(sql);
            return new Said(messages.numbers(), null);
        } catch (SQLException e) {
            return new Said(messages.numbers(), e);
        } finally {
            work.onCancel(() -> {});
        }
    }

    private static void cancel(java.sql.Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException("the statement cannot be cancelled", e);
        }
    }

    @Override
    public Map.Entry<String, String> client() throws SQLException {
        return Map.entry("driver", connection.getMetaData().getDriverVersion());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
