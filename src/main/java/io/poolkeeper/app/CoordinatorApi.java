// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.run.Accepted;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.RunStatus;
import io.poolkeeper.run.Workers;
import java.util.List;
import java.util.Optional;

/** What can be asked of a coordinator, be it in this process or in another. */
public interface CoordinatorApi {
    /** Asks for a run. */
    Accepted request(Request request);

    /** How a run stands. */
    Optional<RunStatus> status(String run);

    /** The newest runs, newest first. */
    List<RunStatus> recent(int most);

    /** Stops a run; false if there is none of that name without an outcome. */
    boolean cancel(String run);

    /** What was not told yet about a run: channel and the last error. */
    List<String> untold(String run);

    /** Which workers were heard of, and when. */
    List<Workers.Heard> workers();
}
