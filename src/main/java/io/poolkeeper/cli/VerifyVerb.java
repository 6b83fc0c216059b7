// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.run.Request;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verify}: looks whether what the vault holds is whole. */
@Command(name = "verify", description = "Verifies what the vault holds; PROVEN, SUSPECT or UNKNOWN, part by part.")
final class VerifyVerb extends StoredVerb {
    @Option(
            names = "--depth",
            paramLabel = "DEPTH",
            description = "media: the bytes hash as recorded; content: read by what would restore it (default).")
    private Depth depth = Depth.CONTENT;

    @Override
    Request request(Site site) {
        if (depth == Depth.RESTORED) {
            throw new WrongUsage("depth restored is what 'drill' does. HINT: use 'drill'");
        }
        return Requests.stored("verify", parts(), sought(site), depth, false, null, Place.BESIDE, null);
    }
}
