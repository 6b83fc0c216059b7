// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.database.CaptureDatabase;
import io.poolkeeper.database.DiscoverDatabases;
import io.poolkeeper.database.RestoreDatabase;
import io.poolkeeper.database.VerifyDatabase;
import io.poolkeeper.run.Runs;
import io.poolkeeper.set.Vault;
import io.poolkeeper.set.VerifySet;
import io.poolkeeper.site.Site;
import java.util.LinkedHashMap;
import java.util.Map;

/** The handlers of the four kinds under the names that routes/worker uses: the class name with a small first letter. */
final class Handlers {
    private Handlers() {}

    static Map<String, Object> of(Site site, Vault vault, Runs runs) {
        var handlers = new LinkedHashMap<String, Object>();
        handlers.put("discoverDatabases", new DiscoverDatabases(site));
        handlers.put("captureDatabase", new CaptureDatabase(site));
        handlers.put("verifyDatabase", new VerifyDatabase(site));
        handlers.put("restoreDatabase", new RestoreDatabase(site));
        handlers.put("publishSet", new PublishSet(site, vault, runs));
        handlers.put("verifySet", new VerifySet());
        return handlers;
    }
}
