// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.tsql.Keywords;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.util.Set;

/** SET of session options: the few that matter are obeyed, the many that change nothing here are accepted by name. */
final class SessionOptions {
    private static final Set<String> ACCEPTED = Keywords.of("""
            ANSI_DEFAULTS ANSI_NULLS ANSI_NULL_DFLT_ON ANSI_NULL_DFLT_OFF ANSI_PADDING ANSI_WARNINGS ARITHABORT
            ARITHIGNORE CONCAT_NULL_YIELDS_NULL CURSOR_CLOSE_ON_COMMIT DATEFIRST DATEFORMAT DEADLOCK_PRIORITY
            IDENTITY_INSERT LOCK_TIMEOUT NUMERIC_ROUNDABORT QUOTED_IDENTIFIER QUERY_GOVERNOR_COST_LIMIT TEXTSIZE
            TRANSACTION""");

    private final StatementContext context;

    SessionOptions(StatementContext context) {
        this.context = context;
    }

    void set(Statement.SetOption statement) {
        for (var name : statement.names()) {
            set(name, statement.value());
        }
    }

    private void set(String name, String value) {
        switch (name) {
            case "NOCOUNT" -> context.session().settings().noCount(value.equals("ON"));
            case "IMPLICIT_TRANSACTIONS" -> context.session().transactions().implicit(value.equals("ON"));
            case "XACT_ABORT" -> context.session().transactions().abortOnError(value.equals("ON"));
            case "LANGUAGE" -> language(value);
            default -> {
                if (!ACCEPTED.contains(name) && !(name.equals("ROWCOUNT") && value.equals("0"))) {
                    throw SqlFailure.endingBatch(Messages.unsupported("SET " + name + " " + value));
                }
            }
        }
    }

    private void language(String value) {
        if (!value.equalsIgnoreCase("us_english") && !value.equalsIgnoreCase("English")) {
            throw SqlFailure.of(Messages.unsupported("the language " + value));
        }
        context.results().message(Messages.of(5703, "us_english"));
    }
}
