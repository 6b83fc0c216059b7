// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.run.Request;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Place;
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
        return Requests.stored("drill", parts(), sought(site), Depth.RESTORED, keep, null, Place.BESIDE, null);
    }
}
