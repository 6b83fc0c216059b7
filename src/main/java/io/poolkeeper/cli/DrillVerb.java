// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.Triggers;
import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.run.Request;
import io.poolkeeper.site.Site;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drill}: restores into a sandbox and compares with what was recorded at capture. */
@Command(
        name = "drill",
        description = "Restores parts into a sandbox, compares them with what was recorded, and cleans up.")
final class DrillVerb extends StoredVerb {
    @Option(names = "--keep", description = "Leaves the sandbox for you to look at; the report says where.")
    private boolean keep;

    @Override
    Request request(Site site) {
        return Requests.of(
                "drill", "drill", Level.FULL, parts(), set(), Depth.RESTORED, keep, null, Triggers.NO_DEADLINE);
    }
}
