// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.database.CaptureByWbadmin;
import io.poolkeeper.database.CaptureDatabase;
import io.poolkeeper.database.DiscoverDatabases;
import io.poolkeeper.database.ObserveDatabase;
import io.poolkeeper.database.RestoreDatabase;
import io.poolkeeper.database.RestoreObservedDatabase;
import io.poolkeeper.database.Sentinel;
import io.poolkeeper.database.SqlcmdDatabases;
import io.poolkeeper.database.Turns;
import io.poolkeeper.database.VerifyDatabase;
import io.poolkeeper.database.VerifyObservedDatabase;
import io.poolkeeper.directory.CaptureByController;
import io.poolkeeper.directory.CaptureByLdifde;
import io.poolkeeper.directory.CaptureDirectory;
import io.poolkeeper.directory.CaptureSystemState;
import io.poolkeeper.directory.DiscoverDirectory;
import io.poolkeeper.directory.RestoreDirectory;
import io.poolkeeper.directory.VerifyControllerFiles;
import io.poolkeeper.directory.VerifyDirectory;
import io.poolkeeper.observed.CaptureByCommand;
import io.poolkeeper.observed.ObserveFiles;
import io.poolkeeper.observed.RestoreByCommand;
import io.poolkeeper.observed.RestoreObserved;
import io.poolkeeper.observed.VerifyByCommand;
import io.poolkeeper.observed.VerifyImage;
import io.poolkeeper.observed.VerifyObservedFiles;
import io.poolkeeper.set.VerifySet;
import io.poolkeeper.settings.CaptureSettings;
import io.poolkeeper.settings.CaptureUserData;
import io.poolkeeper.settings.RestoreSettings;
import io.poolkeeper.settings.VerifySettings;
import io.poolkeeper.share.CaptureShare;
import io.poolkeeper.share.CaptureShareByWbadmin;
import io.poolkeeper.share.DiscoverShares;
import io.poolkeeper.share.RestoreShare;
import io.poolkeeper.share.ShadowedShare;
import io.poolkeeper.share.VerifyShare;
import io.poolkeeper.site.Site;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.ImageTurns;
import io.poolkeeper.tool.ShadowCopies;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The handlers of the four kinds under the names that routes/worker uses: the class name with a small first letter. */
final class Handlers {
    private Handlers() {}

    /**
     * All of them.
     *
     * @param handOff has done what only a host without Java can do
     */
    static Map<String, Object> of(Site site, Clock clock, HandOff handOff) {
        var handlers = new LinkedHashMap<String, Object>();
        var turns = new Turns();
        var images = new ImageTurns();
        handlers.put("discoverDatabases", new DiscoverDatabases(site));
        handlers.put("sqlcmdDatabases", new SqlcmdDatabases(site, handOff, clock));
        handlers.put("sentinel", new Sentinel(site));
        handlers.put("captureDatabase", new CaptureDatabase(site, turns, handOff));
        handlers.put("verifyDatabase", new VerifyDatabase(site));
        handlers.put("restoreDatabase", new RestoreDatabase(site, turns));
        handlers.put("discoverShares", new DiscoverShares(site));
        handlers.put("captureShare", new ShadowedShare(site, new CaptureShare(site), new ShadowCopies(site)));
        handlers.put("verifyShare", new VerifyShare());
        handlers.put("restoreShare", new RestoreShare());
        handlers.put("discoverDirectory", new DiscoverDirectory(site));
        handlers.put("captureDirectory", new CaptureDirectory(site));
        handlers.put("captureByLdifde", new CaptureByLdifde(site, handOff));
        handlers.put("verifyDirectory", new VerifyDirectory());
        handlers.put("restoreDirectory", new RestoreDirectory(site));
        handlers.put("captureSettings", new CaptureSettings(site, handOff));
        handlers.put("captureUserData", new CaptureUserData(site, handOff));
        handlers.put("verifySettings", new VerifySettings());
        handlers.put("restoreSettings", new RestoreSettings(site));
        handlers.put("observeDatabase", new ObserveDatabase(site, clock));
        handlers.put("verifyObservedDatabase", new VerifyObservedDatabase(site));
        handlers.put("observeFiles", new ObserveFiles(site, clock));
        handlers.put("verifyObservedFiles", new VerifyObservedFiles());
        handlers.put("restoreObservedDatabase", new RestoreObservedDatabase(site, turns));
        handlers.put("restoreObserved", new RestoreObserved());
        handlers.put("captureDatabaseByWbadmin", new CaptureByWbadmin(site, images, clock));
        handlers.put("captureShareByWbadmin", new CaptureShareByWbadmin(site, images, handOff, clock));
        handlers.put("captureSystemState", new CaptureSystemState(site, images, handOff, clock));
        handlers.put("captureByController", new CaptureByController(site, handOff));
        handlers.put("verifyControllerFiles", new VerifyControllerFiles());
        handlers.put("verifyImage", new VerifyImage(site, clock));
        handlers.put("captureByCommand", new CaptureByCommand(site, clock));
        handlers.put("verifyByCommand", new VerifyByCommand(site));
        handlers.put("restoreByCommand", new RestoreByCommand());
        handlers.put("verifySet", new VerifySet());
        handlers.put("cohereSet", new CohereSet());
        return handlers;
    }
}
