// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tds;

import io.poolkeeper.lab.sql.session.Batch;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Message;
import io.poolkeeper.lab.sql.session.Session;
import java.nio.BufferUnderflowException;

/** What a logged-in client asks, request by request, and the responses to it. Runs in the worker's thread. */
final class Conversation {
    private final Session session;
    private final Tokens tokens;
    private final TdsVersion version;
    private final PreparedStatements prepared = new PreparedStatements();

    Conversation(Session session, Tokens tokens, TdsVersion version) {
        this.session = session;
        this.tokens = tokens;
        this.version = version;
    }

    /** Writes the whole response to one request. */
    void handle(TdsMessage request) {
        if (request.reset()) {
            session.reset();
            new EnvironmentTokens(tokens).reset();
        }
        try {
            respond(request);
        } catch (UnsupportedRequest e) {
            fail("The lab's SQL Server does not know " + e.getMessage() + ".");
        } catch (BufferUnderflowException e) {
            fail("The request ends before what it announces.");
        }
    }

    /** Says that an attention was seen. */
    void acknowledgeAttention() {
        tokens.done(Tokens.DONE, Tokens.ATTENTION, Completion.Command.OTHER, 0);
        tokens.end();
    }

    private void respond(TdsMessage request) {
        if (request.ignored()) {
            tokens.done(Tokens.DONE, Tokens.ERROR_BIT, Completion.Command.OTHER, 0);
            tokens.end();
            return;
        }
        switch (request.type()) {
            case PacketType.BATCH -> batch(text(request.body()));
            case PacketType.RPC -> calls(request.body());
            case PacketType.TRANSACTION -> batch(TransactionRequest.statements(request.body(), version));
            default -> throw new UnsupportedRequest("a request of type 0x" + Integer.toHexString(request.type()));
        }
    }

    private String text(byte[] body) {
        var in = new ByteReader(body);
        Headers.skip(in, version);
        return in.restAsText();
    }

    private void batch(String text) {
        var results = TokenResults.ofBatch(tokens, version);
        session.execute(Batch.of(text), results);
        results.finishBatch();
        tokens.end();
    }

    private void calls(byte[] body) {
        var calls = Rpc.parse(body, version);
        for (var i = 0; i < calls.size(); i++) {
            var results = TokenResults.ofCall(tokens, version);
            new RpcCall(session, prepared, results).run(calls.get(i), i < calls.size() - 1);
        }
        tokens.end();
    }

    private void fail(String text) {
        tokens.message(new Message(50000, 16, 1, text));
        tokens.done(Tokens.DONE, Tokens.ERROR_BIT, Completion.Command.OTHER, 0);
        tokens.end();
    }
}
