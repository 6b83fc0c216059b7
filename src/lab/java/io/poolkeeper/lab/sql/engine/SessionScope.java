// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.tsql.Scope;
import java.util.List;
import java.util.Optional;

/** What a statement of a session finds around itself. */
final class SessionScope implements Scope {
    private final EngineSession session;
    private final Variables variables;

    SessionScope(EngineSession session, Variables variables) {
        this.session = session;
        this.variables = variables;
    }

    @Override
    public Binding variable(String name) {
        return variables.get(name);
    }

    @Override
    public Optional<Object> global(String name) {
        var settings = session.settings();
        var instance = session.instance();
        return switch (name) {
            case "@@VERSION" -> Optional.of(ServerProperties.banner(instance.profile()));
            case "@@SERVERNAME" -> Optional.of(instance.profile().serverName());
            case "@@SERVICENAME" -> Optional.of(ServerProperties.serviceName(instance.profile()));
            case "@@SPID" -> Optional.of(session.id());
            case "@@TRANCOUNT" -> Optional.of(session.transactionCount());
            case "@@ROWCOUNT" -> Optional.of(settings.rowCount());
            case "@@ERROR" -> Optional.of(settings.error());
            case "@@LANGUAGE" -> Optional.of("us_english");
            case "@@LANGID", "@@DBTS", "@@NESTLEVEL", "@@OPTIONS" -> Optional.of(0);
            case "@@MAX_PRECISION" -> Optional.of(38);
            case "@@LOCK_TIMEOUT" -> Optional.of(-1);
            case "@@DATEFIRST" -> Optional.of(7);
            case "@@MICROSOFTVERSION" -> Optional.of(ServerProperties.microsoftVersion(instance.profile()));
            default -> Optional.empty();
        };
    }

    @Override
    public String database() {
        return session.database();
    }

    @Override
    public boolean isDatabase(String name) {
        return session.instance().databases().find(name).isPresent();
    }

    @Override
    public boolean isServerWide(String view) {
        return session.instance().databases().views().isServerWide(view);
    }

    @Override
    public String systemFunction(String name) {
        return session.functions().inH2(name);
    }

    @Override
    public Optional<Variant> variant(String function, List<String> arguments) {
        return session.functions().variant(function, arguments);
    }
}
