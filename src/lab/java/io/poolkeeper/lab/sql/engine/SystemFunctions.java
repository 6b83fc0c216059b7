// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.tsql.Keywords;
import io.poolkeeper.lab.sql.tsql.Scope.Variant;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The functions that ask a session or its server something: DB_NAME(), IS_SRVROLEMEMBER(), SERVERPROPERTY() and more. */
final class SystemFunctions implements AutoCloseable {
    private static final Set<String> TEXTS = Keywords.of("""
            DB_NAME SUSER_SNAME SUSER_NAME ORIGINAL_LOGIN USER_NAME SCHEMA_NAME HOST_NAME APP_NAME OBJECT_NAME
            SERVERPROPERTY DATABASEPROPERTYEX OBJECT_SCHEMA_NAME""");

    private static final Set<String> NUMBERS = Set.of(
            "DB_ID",
            "IS_SRVROLEMEMBER",
            "IS_MEMBER",
            "HAS_PERMS_BY_NAME",
            "HAS_DBACCESS",
            "OBJECT_ID",
            "SCHEMA_ID",
            "SUSER_ID");

    /** Functions of type sql_variant. */
    private static final Set<String> VARIANTS = Set.of("SERVERPROPERTY", "DATABASEPROPERTYEX", "CONNECTIONPROPERTY");

    private static final Map<String, String> CONNECTION = Map.of(
            "net_transport", "TCP",
            "protocol_type", "TSQL",
            "auth_scheme", "SQL",
            "local_net_address", "127.0.0.1",
            "client_net_address", "127.0.0.1");

    private final EngineSession session;
    private final String key = "session_" + UUID.randomUUID();

    SystemFunctions(EngineSession session) {
        this.session = session;
        H2Functions.register(key, this);
    }

    @Override
    public void close() {
        H2Functions.unregister(key);
    }

    /** How H2 calls the function, up to its own arguments; null if it is none of these. */
    String inH2(String name) {
        if (!TEXTS.contains(name) && !NUMBERS.contains(name)) {
            return null;
        }
        return (TEXTS.contains(name) ? "LAB_TEXT(" : "LAB_INT(") + "'" + key + "', '" + name + "'";
    }

    /** The value for constant arguments, if the function is of type sql_variant. */
    Optional<Variant> variant(String name, List<String> arguments) {
        return VARIANTS.contains(name) && !arguments.isEmpty()
                ? Optional.of(new Variant(call(name, arguments)))
                : Optional.empty();
    }

    /** The value of a function. */
    Object call(String name, List<String> arguments) {
        var first = arguments.isEmpty() ? null : arguments.get(0);
        return switch (name) {
            case "DB_NAME" -> arguments.isEmpty() ? session.database() : databaseName(first);
            case "DB_ID" -> databaseId(arguments.isEmpty() ? session.database() : first);
            case "SUSER_SNAME", "SUSER_NAME", "ORIGINAL_LOGIN" ->
                session.login().user();
            case "USER_NAME", "SCHEMA_NAME" -> "dbo";
            case "HOST_NAME" -> session.login().host();
            case "APP_NAME" -> session.login().application();
            case "SUSER_ID", "IS_MEMBER", "SCHEMA_ID" -> 1;
            case "IS_SRVROLEMEMBER" -> isAllowedEverything() ? 1 : 0;
            case "HAS_PERMS_BY_NAME" -> arguments.size() < 3 ? null : permission(arguments);
            case "HAS_DBACCESS" -> hasAccess(first);
            case "OBJECT_ID" -> objectId(first);
            case "OBJECT_NAME" -> objectName(first, true);
            case "OBJECT_SCHEMA_NAME" -> objectName(first, false);
            case "SERVERPROPERTY" ->
                first == null
                        ? null
                        : ServerProperties.get(first, session.instance().profile());
            case "CONNECTIONPROPERTY" -> CONNECTION.get(first.toLowerCase(Locale.ROOT));
            case "DATABASEPROPERTYEX" -> arguments.size() < 2 ? null : databaseProperty(first, arguments.get(1));
            default -> throw new IllegalArgumentException("no function " + name);
        };
    }

    private String databaseName(String id) {
        return session.instance().databases().all().stream()
                .filter(database -> Integer.toString(database.id()).equals(id))
                .map(Database::name)
                .findFirst()
                .orElse(null);
    }

    private Optional<Database> database(String name) {
        return name == null ? Optional.empty() : session.instance().databases().find(name);
    }

    private Integer databaseId(String name) {
        return database(name).map(Database::id).orElse(null);
    }

    private Integer hasAccess(String name) {
        return database(name)
                .map(database -> database.state() == DatabaseState.ONLINE ? 1 : 0)
                .orElse(null);
    }

    private boolean isAllowedEverything() {
        return session.instance()
                .faults()
                .find(Fault.Denied.class, fault -> true)
                .isEmpty();
    }

    /** What is secured, its class (none for the server), and the right; null where there is no such database. */
    private Integer permission(List<String> arguments) {
        var right = arguments.get(2);
        if (right == null) {
            return null;
        }
        var name = arguments.get(0) == null ? "" : arguments.get(0).replaceAll("[\\[\\]\"]", "");
        var isDatabase = "DATABASE".equalsIgnoreCase(arguments.get(1));
        if (isDatabase && database(name).isEmpty()) {
            return null;
        }
        return session.instance().faults().denies(right, isDatabase ? name : "") ? 0 : 1;
    }

    private Object databaseProperty(String name, String property) {
        var database = database(name).orElse(null);
        if (database == null || property == null) {
            return null;
        }
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "status" -> database.state().name();
            case "recovery" -> database.recoveryModel().name();
            case "collation" -> database.collation();
            case "useraccess" -> database.userAccess().name();
            case "updateability" -> database.readOnly() ? "READ_ONLY" : "READ_WRITE";
            case "version" -> session.instance().version().databaseVersion();
            case "isautoclose", "isautoshrink", "isinstandby" -> 0;
            default -> null;
        };
    }

    /** The number of a table by its name of one, two or three parts. */
    private Integer objectId(String name) {
        if (name == null) {
            return null;
        }
        var parts = name.replaceAll("[\\[\\]\"]", "").split("\\.", -1);
        var own = parts[parts.length - 1];
        var schema = parts.length > 1 && !parts[parts.length - 2].isEmpty() ? parts[parts.length - 2] : "dbo";
        var inDatabase = parts.length > 2 ? parts[0] : session.database();
        return tables(inDatabase).stream()
                .filter(table ->
                        table.name().equalsIgnoreCase(own) && table.schema().equalsIgnoreCase(schema))
                .map(UserTables.Table::objectId)
                .findFirst()
                .orElse(null);
    }

    private String objectName(String id, boolean own) {
        return tables(session.database()).stream()
                .filter(table -> Integer.toString(table.objectId()).equals(id))
                .map(table -> own ? table.name() : table.schema())
                .findFirst()
                .orElse(null);
    }

    private List<UserTables.Table> tables(String inDatabase) {
        var database = database(inDatabase);
        if (database.isEmpty()) {
            return List.of();
        }
        try {
            return UserTables.of(session.connections().of(database.get()));
        } catch (SQLException e) {
            throw H2Errors.failure(e);
        }
    }
}
