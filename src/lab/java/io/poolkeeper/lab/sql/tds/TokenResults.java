// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Environment;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.Parameter;
import io.poolkeeper.lab.sql.session.Results;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a session's answer into the tokens of one response. The end of a statement is kept back until it is known
 * whether more follows, because DONE says so.
 */
final class TokenResults implements Results {
    private final Tokens tokens;
    private final TdsVersion version;
    private final int doneToken;
    private final List<Output> outputs = new ArrayList<>();
    private Downlevel downlevel;
    private Completion kept;

    private int firstOutput;

    private record Output(int ordinal, Parameter parameter) {}

    private TokenResults(Tokens tokens, TdsVersion version, int doneToken) {
        this.tokens = tokens;
        this.version = version;
        this.doneToken = doneToken;
        this.downlevel = new Downlevel(version, List.of());
    }

    /** For a batch: each statement ends with DONE. */
    static TokenResults ofBatch(Tokens tokens, TdsVersion version) {
        return new TokenResults(tokens, version, Tokens.DONE);
    }

    /** For a procedure call: each statement ends with DONEINPROC, the call with DONEPROC. */
    static TokenResults ofCall(Tokens tokens, TdsVersion version) {
        return new TokenResults(tokens, version, Tokens.DONE_IN_PROCEDURE);
    }

    @Override
    public void columns(List<Column> columns) {
        sendKept();
        downlevel = new Downlevel(version, columns);
        tokens.columns(downlevel.columns());
    }

    @Override
    public void row(List<?> values) {
        var sent = new ArrayList<Object>(values.size());
        for (var i = 0; i < values.size(); i++) {
            sent.add(downlevel.value(i, values.get(i)));
        }
        tokens.row(downlevel.columns(), sent);
    }

    @Override
    public void message(Message message) {
        sendKept();
        tokens.message(message);
    }

    @Override
    public void done(Completion completion) {
        sendKept();
        kept = completion;
    }

    @Override
    public void environment(Environment change) {
        sendKept();
        new EnvironmentTokens(tokens).write(change);
    }

    @Override
    public void output(int index, Parameter parameter) {
        outputs.add(new Output(firstOutput + index, parameter));
    }

    @Override
    public void flush() {
        tokens.flush();
    }

    /** Sets the place in the call, from 0, of the parameter that the session counts as its first. */
    void outputsFrom(int ordinal) {
        firstOutput = ordinal;
    }

    /** Ends the response to a batch. */
    void finishBatch() {
        send(kept == null ? Completion.PLAIN : kept, 0);
        kept = null;
    }

    /**
     * Ends the response to one call.
     *
     * @param more whether another call of the same message follows
     */
    void finishCall(boolean more) {
        var failed = kept != null && kept.failed();
        sendKept();
        tokens.returnStatus(0);
        for (var output : outputs) {
            tokens.returnValue(output.ordinal(), output.parameter());
        }
        var flags = (more ? Tokens.MORE : 0) | (failed ? Tokens.ERROR_BIT : 0);
        tokens.done(Tokens.DONE_PROCEDURE, flags, Completion.Command.OTHER, 0);
    }

    private void sendKept() {
        if (kept != null) {
            send(kept, Tokens.MORE);
            kept = null;
        }
    }

    private void send(Completion end, int more) {
        var flags = more | (end.failed() ? Tokens.ERROR_BIT : 0) | (end.rows().isPresent() ? Tokens.COUNT : 0);
        tokens.done(doneToken, flags, end.command(), end.rows().orElse(0));
    }
}
