// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.tools.SimpleResultSet;

/**
 * What H2 calls back: the rows of system views and the values of system functions. H2 knows static methods only, so
 * databases and sessions are found by a key that the view or the call carries.
 */
public final class H2Functions {
    private static final Map<String, Views> DATABASES = new ConcurrentHashMap<>();
    private static final Map<String, SystemFunctions> SESSIONS = new ConcurrentHashMap<>();

    private record Views(SystemViews views, Database database) {}

    private H2Functions() {}

    static void install(Connection connection, String key, SystemViews views, Database database) throws SQLException {
        DATABASES.put(key, new Views(views, database));
        var self = H2Functions.class.getName();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE ALIAS PUBLIC.LAB_VIEW FOR '" + self + ".view'");
            statement.execute("CREATE ALIAS PUBLIC.LAB_TEXT FOR '" + self + ".text'");
            statement.execute("CREATE ALIAS PUBLIC.LAB_INT FOR '" + self + ".number'");
            statement.execute("CREATE ALIAS PUBLIC.LAB_STYLE FOR '" + DateStyles.class.getName() + ".text'");
            for (var view : views.all()) {
                statement.execute(definition(key, view));
            }
        }
    }

    static void uninstall(String key) {
        DATABASES.remove(key);
    }

    static void register(String key, SystemFunctions functions) {
        SESSIONS.put(key, functions);
    }

    static void unregister(String key) {
        SESSIONS.remove(key);
    }

    /** LAB_VIEW(database, view): the rows of a system view as they are now. */
    public static ResultSet view(Connection connection, String key, String name) throws SQLException {
        var known = DATABASES.get(key);
        var view = known.views().get(name);
        var result = new SimpleResultSet();
        for (var column : view.columns()) {
            result.addColumn(column.name(), H2Types.jdbcType(column.type()), 0, 0);
        }
        if (!connection.getMetaData().getURL().startsWith("jdbc:columnlist:")) {
            for (var row : view.rows(known.database(), connection)) {
                result.addRow(row.toArray());
            }
        }
        return result;
    }

    /** LAB_TEXT(session, function, arguments): the value of a system function that is a text. */
    public static String text(String key, String function, String... arguments) {
        var value = SESSIONS.get(key).call(function, list(arguments));
        return value == null ? null : value.toString();
    }

    /** LAB_INT(session, function, arguments): the value of a system function that is a number. */
    public static Integer number(String key, String function, String... arguments) {
        return (Integer) SESSIONS.get(key).call(function, list(arguments));
    }

    private static List<String> list(String... arguments) {
        return arguments == null ? List.of() : Arrays.asList(arguments);
    }

    private static String definition(String key, SystemView<?> view) {
        var columns = view.columns().stream().map(H2Functions::cast).toList();
        return "CREATE VIEW sys." + quoted(view.name()) + " AS SELECT " + String.join(", ", columns)
                + " FROM PUBLIC.LAB_VIEW('" + key + "', '" + view.name() + "')";
    }

    private static String cast(Column column) {
        return "CAST(" + quoted(column.name()) + " AS " + H2Types.name(column.type()) + ") AS " + quoted(column.name());
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
