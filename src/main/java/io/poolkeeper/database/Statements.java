// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What can be asked of one instance, whichever client reaches it. Texts stand in the statements as {@link Quoted} writes them:
 * one of the clients knows no parameters. An answer has one result set. Not thread-safe.
 */
interface Statements extends AutoCloseable {
    /**
     * The rows of a question.
     *
     * @throws SQLException with all messages of the server as one chain
     */
    List<Row> ask(String question) throws SQLException;

    /** The rows of a question that is asked within a database. */
    List<Row> askIn(String database, String question) throws SQLException;

    /**
     * Runs a statement to its end, tells how far it is where the client does, and stops it when the run is cancelled.
     *
     * @throws io.poolkeeper.step.StepFault if the client could not run it
     */
    Said run(String statement) throws SQLException;

    /** Name and version of the client, for the manifest. */
    Map.Entry<String, String> client() throws SQLException;

    @Override
    void close() throws SQLException;
}
