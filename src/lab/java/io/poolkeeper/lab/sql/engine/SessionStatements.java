// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Environment;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.tsql.Expression;
import io.poolkeeper.lab.sql.tsql.Statement;
import io.poolkeeper.lab.sql.tsql.Token;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;

/** Runs the statements about variables, settings, messages, transactions and procedures. */
final class SessionStatements {
    private final StatementContext context;
    private final QueryRunner queries;

    SessionStatements(StatementContext context, QueryRunner queries) {
        this.context = context;
        this.queries = queries;
    }

    /** Runs it if it is one of these; whether it is. */
    boolean run(Statement statement) throws SQLException {
        if (statement instanceof Statement.Declare s) {
            declare(s);
        } else if (statement instanceof Statement.SetVariable s) {
            context.variables().set(s.name(), queries.value(s.value()));
        } else if (statement instanceof Statement.SelectAssign s) {
            assign(s);
        } else if (statement instanceof Statement.Nothing) {
            done();
        } else if (statement instanceof Statement.SetOption s) {
            new SessionOptions(context).set(s);
            done();
        } else if (statement instanceof Statement.Print s) {
            say(new Message(0, 0, 1, Objects.toString(queries.value(s.text()), ""), s.line()));
        } else if (statement instanceof Statement.RaiseError s) {
            raise(s);
        } else if (statement instanceof Statement.WaitFor s) {
            context.execution().sleep(delay(context.variables().text(s.delay())));
            done();
        } else if (statement instanceof Statement.Use s) {
            use(s.database());
        } else if (statement instanceof Statement.Transaction s) {
            transaction(s);
        } else if (statement instanceof Statement.Execute s) {
            new Procedures(context).call(s);
        } else {
            return false;
        }
        return true;
    }

    private void done() {
        context.results().done(Completion.PLAIN);
    }

    private void declare(Statement.Declare statement) throws SQLException {
        for (var declaration : statement.declarations()) {
            var value = declaration.value() == null ? null : queries.value(declaration.value());
            context.variables().declare(declaration.name(), declaration.type(), value);
        }
    }

    /** Without a row the variables keep what they had. */
    private void assign(Statement.SelectAssign statement) throws SQLException {
        var tokens = new ArrayList<Token>();
        for (var assignment : statement.assignments()) {
            tokens.add(tokens.isEmpty() ? word("SELECT") : new Token(Token.Kind.SYMBOL, ",", 0));
            tokens.addAll(assignment.value().tokens());
        }
        tokens.addAll(statement.rest());
        var values = queries.single(tokens);
        for (var i = 0; i < values.size(); i++) {
            context.variables().set(statement.assignments().get(i).variable(), values.get(i));
        }
    }

    private static Token word(String text) {
        return new Token(Token.Kind.WORD, text, 0);
    }

    private void say(Message message) {
        context.results().message(message);
        context.results().flush();
        done();
    }

    /** RAISERROR with its %s and %d filled in; severity above 10 is an error, and the batch goes on. */
    private void raise(Statement.RaiseError statement) throws SQLException {
        if (statement.arguments().size() < 3) {
            throw SqlFailure.of(102, ")");
        }
        var values = new ArrayList<Object>();
        for (Expression argument : statement.arguments()) {
            values.add(queries.value(argument));
        }
        var severity = ((Number) values.get(1)).intValue();
        var state = ((Number) values.get(2)).intValue();
        var text = fill(Objects.toString(values.get(0), ""), values.subList(3, values.size()));
        var message = new Message(50000, severity, state, text, statement.line());
        if (message.isError()) {
            throw SqlFailure.of(message);
        }
        say(message);
    }

    private static String fill(String text, List<Object> values) {
        var filled = text;
        for (var value : values) {
            filled = filled.replaceFirst("%(s|d|i|u)", Matcher.quoteReplacement(String.valueOf(value)));
        }
        return filled.replace("%%", "%");
    }

    private static Duration delay(String text) {
        try {
            var padded = text.indexOf(':') == 1 ? "0" + text : text;
            return Duration.ofNanos(LocalTime.parse(padded).toNanoOfDay());
        } catch (DateTimeParseException e) {
            throw SqlFailure.endingBatch(Messages.of(102, text));
        }
    }

    private void use(String name) {
        var session = context.session();
        var database = context.instance().databases().online(name);
        context.instance().sessions().checkRoom(database, session);
        var before = session.database();
        session.use(database.name());
        context.results().environment(new Environment.DatabaseChanged(database.name(), before));
        context.results().message(Messages.of(5701, database.name()));
        done();
    }

    private void transaction(Statement.Transaction statement) throws SQLException {
        var transactions = context.session().transactions();
        switch (statement.verb()) {
            case BEGIN -> transactions.begin(context.results());
            case COMMIT -> transactions.commit(context.results());
            case ROLLBACK -> transactions.rollback(context.results());
        }
        done();
    }
}
