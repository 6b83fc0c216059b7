// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.Trigger;

/** Tells a database's log each row that changes. H2 makes one of these for each table, by its name. */
public final class ChangeTrigger implements Trigger {
    private static final String PREFIX = "changes_";
    private static final Map<String, ChangeLog> LOGS = new ConcurrentHashMap<>();

    private ChangeLog log;
    private String schema;
    private String table;

    /** Watches all tables that are not yet watched. */
    public static void attach(Connection connection, Database database) throws SQLException {
        LOGS.put(database.guid().toString(), database.changes());
        for (var unwatched : unwatched(connection)) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TRIGGER " + name(unwatched, database)
                        + " AFTER INSERT, UPDATE, DELETE ON " + unwatched.quoted()
                        + " FOR EACH ROW CALL '" + ChangeTrigger.class.getName() + "'");
            }
        }
    }

    /** The tables whose changes nobody would notice. */
    public static List<UserTables.Table> unwatched(Connection connection) throws SQLException {
        var watched = new ArrayList<String>();
        var sql = "SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE FROM INFORMATION_SCHEMA.TRIGGERS";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                watched.add(rows.getString(1) + "." + rows.getString(2));
            }
        }
        return UserTables.baseTables(connection).stream()
                .filter(table -> !watched.contains(table.schema() + "." + table.name()))
                .toList();
    }

    static void forget(Database database) {
        LOGS.remove(database.guid().toString());
    }

    @Override
    public void init(Connection connection, String ofSchema, String name, String ofTable, boolean before, int type) {
        log = LOGS.get(name.substring(name.indexOf(PREFIX) + PREFIX.length(), name.lastIndexOf('_')));
        schema = ofSchema;
        table = ofTable;
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        log.add(ChangeLog.session(connection), new ChangeLog.Change.Row(schema, table, list(before), list(after)));
    }

    private static List<Object> list(Object... row) throws SQLException {
        if (row == null) {
            return null;
        }
        var values = new ArrayList<>();
        for (var value : row) {
            values.add(Cells.normal(value));
        }
        return values;
    }

    private static String name(UserTables.Table table, Database database) {
        var name = PREFIX + database.guid() + "_" + Integer.toHexString(table.objectId());
        return H2Functions.quoted(table.schema()) + "." + H2Functions.quoted(name);
    }
}
