// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.session;

import java.util.List;

/**
 * One login's conversation with the server. One thread at a time executes; {@link #cancel} may come from any thread.
 */
public interface Session {
    /** The session's number, as in {@code @@SPID}. */
    int id();

    /** The database that is current. */
    String database();

    /** Runs the batch. Errors of SQL become messages, never exceptions. */
    void execute(Batch batch, Results results);

    /** Calls a procedure by its name. */
    void call(String procedure, List<Parameter> parameters, Results results);

    /** Tells that a request is about to be executed: from now on {@link #cancel} means that one. */
    void arm();

    /** Stops the request that was announced last, as soon as it can be stopped, even before it begins. */
    void cancel();

    /** Forgets everything but the login: transaction, settings, current database (MS-TDS 2.2.3.1.2, RESETCONNECTION). */
    void reset();

    /** Ends the session and rolls back what it left open. */
    void close();
}
