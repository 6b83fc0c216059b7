// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.ImageTurns;
import io.poolkeeper.tool.Wbadmin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Captures a share by an image of Windows Server Backup, on the server whose volume it lies on: its folder with all sub-folders, or
 * the whole volume where wbadmin takes no folders. The image stays at its target; a set records where.
 */
public final class CaptureShareByWbadmin implements StepHandler {
    private final Site site;
    private final ImageTurns turns;
    private final Clock clock;

    /**
     * Captures shares of a site.
     *
     * @param turns shared by all that takes images on this host
     * @param clock that of this host
     */
    public CaptureShareByWbadmin(Site site, ImageTurns turns, Clock clock) {
        this.site = site;
        this.turns = turns;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        var folder = ShareFolders.find(site, step.part().name())
                .orElseThrow(() -> new PermanentFault(
                        "this worker's site file has no " + step.part(), "give all workers the same site file"));
        var path = folder.path()
                .orElseThrow(() -> new PermanentFault(
                        step.part() + ": " + folder.obstacle().orElse("wbadmin cannot read it by its url"),
                        "correct the site file, or use the method archive"));
        if (!Files.isDirectory(path)) {
            throw new PermanentFault(
                    step.part() + ": there is no folder " + path + " on this host",
                    "bring it back, or correct its path in the site file");
        }
        var server = site.serverOf(step.worker());
        var os = server.map(Pool.Server::os).orElse("2008r2");
        var wanted = List.of(place(path, site.wbadmin().wholeVolumes() || !WindowsBackup.takesFolders(os)));
        var image = turns.image(
                step.run(),
                site.wbadmin().fullServer() ? "" : "shares",
                wanted,
                work,
                () -> new Wbadmin(site, os, clock).take(step, wanted, 0, work));
        var recorded = JsonNodeFactory.instance.objectNode();
        new ObservedBackup(
                        image.begun(),
                        "Windows Server Backup"
                                + server.map(host -> " on " + host.fqdn()).orElse(""),
                        image.where())
                .write(recorded);
        image.write(recorded);
        recorded.put("worker", step.worker()).put("folder", path.toString());
        if (site.wbadmin().fullServer()) {
            recorded.put("not_in_it", WindowsBackup.NOT_IN_IT);
        }
        return new Output.Captured(List.of(), recorded, Map.of(), Level.FULL, null, List.of());
    }

    private static String place(Path folder, boolean wholeVolume) {
        var path = folder.toString();
        if (path.startsWith("\\\\")) {
            throw new PermanentFault(
                    path + " lies on another server: wbadmin takes this server's own volumes alone",
                    "give the share its path on its own server and a worker there, or use the method archive");
        }
        return wholeVolume && path.matches("[A-Za-z]:.*") ? path.substring(0, 2).toUpperCase(Locale.ROOT) : path;
    }
}
