// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Results;

/**
 * What a statement needs to run.
 *
 * @param session whose it is
 * @param results where its answer goes
 * @param execution how to see that it shall stop
 * @param variables the batch's variables
 */
public record StatementContext(EngineSession session, Results results, Execution execution, Variables variables) {
    /** The instance that it runs on. */
    public Instance instance() {
        return session.instance();
    }
}
