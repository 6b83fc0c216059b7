// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Batch;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.Parameter;
import io.poolkeeper.lab.sql.session.Results;
import io.poolkeeper.lab.sql.tsql.Operand;
import io.poolkeeper.lab.sql.tsql.ParameterDeclarations;
import io.poolkeeper.lab.sql.tsql.Parser;
import io.poolkeeper.lab.sql.tsql.Statement;
import io.poolkeeper.lab.sql.tsql.SyntaxError;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one request: parses it, runs its statements in order, and tells the client what went wrong. */
final class BatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final EngineSession session;
    private final Results results;
    private final Execution execution;

    BatchRunner(EngineSession session, Results results, Execution execution) {
        this.session = session;
        this.results = results;
        this.execution = execution;
    }

    /** Runs a batch and hands its output parameters back. */
    void batch(Batch batch) {
        try {
            var declared = ParameterDeclarations.parse(batch.declaration());
            var variables = bind(declared, batch.parameters());
            run(Parser.parse(batch.text()), variables);
            returnOutputs(declared, batch.parameters(), variables);
        } catch (SyntaxError e) {
            fail(syntax(e));
        } catch (SqlFailure e) {
            e.messages().forEach(results::message);
            results.done(Completion.FAILED);
        }
    }

    /** Calls a procedure by its name; its parameters are the call's. */
    void call(String procedure, List<Parameter> parameters) {
        var variables = new Variables();
        var arguments = new ArrayList<Statement.Argument>();
        for (var i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            var variable = "@call" + i;
            variables.declare(variable, parameter.type(), parameter.value());
            arguments.add(new Statement.Argument(
                    parameter.name().toLowerCase(Locale.ROOT), new Operand.Variable(variable), parameter.output()));
        }
        var name = procedure.substring(procedure.lastIndexOf('.') + 1).replaceAll("[\\[\\]]", "");
        run(List.of(new Statement.Execute(name, arguments, null, 1)), variables);
        for (var i = 0; i < parameters.size(); i++) {
            returnOutput(i, parameters.get(i), variables, "@call" + i);
        }
    }

    /** Runs statements until one of them ends the batch; whether all of them were run. */
    boolean run(List<Statement> statements, Variables variables) {
        var runner = new StatementRunner(new StatementContext(session, results, execution, variables));
        for (var statement : statements) {
            if (!runOne(runner, statement)) {
                return false;
            }
        }
        return true;
    }

    private boolean runOne(StatementRunner runner, Statement statement) {
        try {
            execution.check();
            return runner.run(statement);
        } catch (Cancelled e) {
            rollBackStatement();
            results.done(Completion.FAILED);
            return false;
        } catch (SyntaxError e) {
            fail(syntax(e).atLine(statement.line()));
            return false;
        } catch (SqlFailure e) {
            var ends = rollBackStatement();
            tell(e, statement.line());
            return !ends && !e.endsBatch();
        } catch (SQLException e) {
            return failed(e, statement.line());
        } catch (UncheckedIOException e) {
            throw e; // the client is gone
        } catch (RuntimeException e) {
            LOG.error("the lab's SQL Server failed", e);
            rollBackStatement();
            fail(new Message(50000, 16, 1, "The lab's SQL Server failed: " + e, statement.line()));
            return false;
        }
    }

    private boolean failed(SQLException e, int line) {
        var ends = rollBackStatement();
        try {
            var failure = H2Errors.failure(e);
            tell(failure, line);
            return !ends && !failure.endsBatch();
        } catch (Cancelled cancelled) {
            results.done(Completion.FAILED);
            return false;
        }
    }

    private void tell(SqlFailure failure, int line) {
        var last = failure.messages().get(failure.messages().size() - 1);
        session.settings().ended(0, last.number());
        failure.messages().forEach(message -> results.message(message.atLine(line)));
        results.done(Completion.FAILED);
    }

    /** Takes back what a statement did before it failed; whether that ends the batch. */
    private boolean rollBackStatement() {
        try {
            return session.transactions().afterFailure(results);
        } catch (SQLException e) {
            results.message(H2Errors.failure(e).messages().get(0));
            return true;
        }
    }

    private void fail(Message message) {
        session.settings().ended(0, message.number());
        results.message(message);
        results.done(Completion.FAILED);
    }

    private static Message syntax(SyntaxError e) {
        return new Message(e.number(), e.number() == 50000 ? 16 : 15, 1, e.getMessage(), e.line());
    }

    /** Gives the values of a request to the variables that its declaration names, by name or else by place. */
    private static Variables bind(List<ParameterDeclarations.Declared> declared, List<Parameter> parameters) {
        var variables = new Variables();
        for (var i = 0; i < declared.size(); i++) {
            var place = placeOf(declared.get(i), i, parameters);
            if (place < 0) {
                throw SqlFailure.endingBatch(Messages.of(8178, declared.get(i).name()));
            }
            variables.declare(
                    declared.get(i).name(),
                    declared.get(i).type(),
                    parameters.get(place).value());
        }
        return variables;
    }

    private static int placeOf(ParameterDeclarations.Declared declared, int index, List<Parameter> parameters) {
        for (var i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equalsIgnoreCase(declared.name())) {
                return i;
            }
        }
        return index < parameters.size() && parameters.get(index).name().isEmpty() ? index : -1;
    }

    private void returnOutputs(
            List<ParameterDeclarations.Declared> declared, List<Parameter> parameters, Variables variables) {
        for (var i = 0; i < declared.size(); i++) {
            var place = placeOf(declared.get(i), i, parameters);
            if (place >= 0) {
                var given = parameters.get(place);
                var parameter =
                        new Parameter(declared.get(i).name(), declared.get(i).type(), given.value(), given.output());
                returnOutput(place, parameter, variables, declared.get(i).name());
            }
        }
    }

    private void returnOutput(int index, Parameter parameter, Variables variables, String variable) {
        if (parameter.output()) {
            var value = variables.get(variable).value();
            results.output(index, new Parameter(parameter.name(), parameter.type(), value, true));
        }
    }
}
