// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Batch;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.Parameter;
import io.poolkeeper.lab.sql.session.Session;
import io.poolkeeper.lab.sql.session.SqlType;
import java.util.List;
import java.util.Objects;

/** Carries out one remote procedure call: the protocol's own for prepared statements, any other by its name. */
final class RpcCall {
    private final Session session;
    private final PreparedStatements prepared;
    private final TokenResults results;

    RpcCall(Session session, PreparedStatements prepared, TokenResults results) {
        this.session = session;
        this.prepared = prepared;
        this.results = results;
    }

    void run(Rpc rpc, boolean more) {
        results.finishCall(firstOutput(rpc), more);
    }

    /** Runs the call and returns the place of its first output parameter. */
    private int firstOutput(Rpc rpc) {
        var parameters = rpc.parameters();
        switch (rpc.procedure()) {
            case "sp_executesql" -> {
                run(text(parameters, 0), parameters.size() > 1 ? text(parameters, 1) : "", rest(parameters, 2));
                return 2;
            }
            case "sp_prepare" -> {
                returnHandle(parameters.get(0), prepared.add(text(parameters, 2), text(parameters, 1)));
                return 0;
            }
            case "sp_prepexec" -> {
                returnHandle(parameters.get(0), prepared.add(text(parameters, 2), text(parameters, 1)));
                run(text(parameters, 2), text(parameters, 1), rest(parameters, 3));
                return 0;
            }
            case "sp_execute" -> {
                execute(handle(parameters), rest(parameters, 1));
                return 1;
            }
            case "sp_unprepare" -> {
                prepared.remove(handle(parameters));
                return 0;
            }
            default -> {
                session.call(rpc.procedure(), parameters, results);
                return 0;
            }
        }
    }

    private void execute(int handle, List<Parameter> values) {
        var statement = prepared.get(handle);
        if (statement == null) {
            var text = "Could not find prepared statement with handle " + handle + ".";
            results.message(new Message(8179, 16, 2, text));
            results.done(Completion.FAILED);
            return;
        }
        run(statement.text(), statement.declaration(), values);
    }

    private void run(String text, String declaration, List<Parameter> values) {
        session.execute(new Batch(text, declaration, values), results);
    }

    private void returnHandle(Parameter asked, int handle) {
        results.output(0, new Parameter(asked.name(), SqlType.INT, handle, true));
    }

    private static int handle(List<Parameter> parameters) {
        var value = parameters.get(0).value();
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static String text(List<Parameter> parameters, int index) {
        return Objects.toString(parameters.get(index).value(), "");
    }

    private static List<Parameter> rest(List<Parameter> parameters, int from) {
        return parameters.subList(Math.min(from, parameters.size()), parameters.size());
    }
}
