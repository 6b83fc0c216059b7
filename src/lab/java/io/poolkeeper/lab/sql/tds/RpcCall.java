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
        run(rpc);
        results.finishCall(more);
    }

    private void run(Rpc rpc) {
        var parameters = rpc.parameters();
        switch (rpc.procedure()) {
            case "sp_executesql" -> run(text(parameters, 0), declaration(parameters), parameters, 2);
            case "sp_prepare" -> prepare(parameters);
            case "sp_prepexec" -> {
                prepare(parameters);
                run(text(parameters, 2), text(parameters, 1), parameters, 3);
            }
            case "sp_execute" -> execute(handle(parameters), parameters);
            case "sp_unprepare" -> prepared.remove(handle(parameters));
            default -> session.call(rpc.procedure(), parameters, results);
        }
    }

    /** Hands the statement's handle back in the first parameter. */
    private void prepare(List<Parameter> parameters) {
        var handle = prepared.add(text(parameters, 2), text(parameters, 1));
        results.outputsFrom(0);
        results.output(0, new Parameter(parameters.get(0).name(), SqlType.INT, handle, true));
    }

    private void execute(int handle, List<Parameter> parameters) {
        var statement = prepared.get(handle);
        if (statement == null) {
            var text = "Could not find prepared statement with handle " + handle + ".";
            results.message(new Message(8179, 16, 2, text));
            results.done(Completion.FAILED);
            return;
        }
        run(statement.text(), statement.declaration(), parameters, 1);
    }

    /** Runs a statement whose values begin at a place of the call. */
    private void run(String text, String declaration, List<Parameter> parameters, int firstValue) {
        results.outputsFrom(firstValue);
        var values = parameters.subList(Math.min(firstValue, parameters.size()), parameters.size());
        session.execute(new Batch(text, declaration, values), results);
    }

    private static String declaration(List<Parameter> parameters) {
        return parameters.size() > 1 ? text(parameters, 1) : "";
    }

    private static int handle(List<Parameter> parameters) {
        var value = parameters.get(0).value();
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static String text(List<Parameter> parameters, int index) {
        return Objects.toString(parameters.get(index).value(), "");
    }
}
