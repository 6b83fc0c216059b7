// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HostImages;
import io.poolkeeper.tool.ImageTurns;
import io.poolkeeper.tool.Wbadmin;
import io.poolkeeper.tool.WindowsImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Captures a share by an image of Windows Server Backup, on the server whose volume it lies on: its folder with all sub-folders, or
 * the whole volume where wbadmin takes no folders. The image stays at its target; a set records where.
 */
public final class CaptureShareByWbadmin implements StepHandler {
    private final Site site;
    private final ImageTurns turns;
    private final HandOff handOff;
    private final Clock clock;

    /** Those of hosts without Java: one waits for no other. */
    private final Map<String, ImageTurns> turnsOfHosts = new ConcurrentHashMap<>();

    /**
     * Captures shares of a site.
     *
     * @param turns shared by all that takes images on this host
     * @param handOff has them taken where a server has no Java
     * @param clock that of this host
     */
    public CaptureShareByWbadmin(Site site, ImageTurns turns, HandOff handOff, Clock clock) {
        this.site = site;
        this.turns = turns;
        this.handOff = handOff;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        return site.worksByHandOff(step.worker()) ? takenByHost(step, work) : takenHere(step, work);
    }

    private Output takenByHost(Step step, Work work) {
        var place = new HostShares(site).place(step.part());
        var include = new HostShares(site).places(step.worker());
        if (!include.contains(place)) {
            throw new PermanentFault(
                    step.part() + " is not in the image of host " + step.worker()
                            + ": the site file has a decision that excludes it",
                    "remove that decision and write the host's files again with 'script --host'");
        }
        var image = turnsOfHosts
                .computeIfAbsent(step.worker(), worker -> new ImageTurns())
                .image(step.run(), "", List.of(place), work, () -> takeByHost(step, include, work));
        return captured(step, image, place, site.serverOf(step.worker()));
    }

    private WindowsImage takeByHost(Step step, List<String> include, Work work) {
        var folder = work.attemptFolder().resolve(".tool");
        try {
            Disk.delete(folder);
            Disk.createFolders(folder);
            try {
                return HostImages.takeImage(site, handOff, step, folder, include, work);
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }

    private Output takenHere(Step step, Work work) {
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
        return captured(step, image, path.toString(), server);
    }

    private Output captured(Step step, WindowsImage image, String path, Optional<Pool.Server> server) {
        var recorded = JsonNodeFactory.instance.objectNode();
        new ObservedBackup(
                        image.begun(),
                        "Windows Server Backup"
                                + server.map(host -> " on " + host.fqdn()).orElse(""),
                        image.where())
                .write(recorded);
        image.write(recorded);
        recorded.put("worker", step.worker()).put("folder", path);
        if (site.wbadmin().fullServer()) {
            recorded.put("not_in_it", WindowsBackup.NOT_IN_IT);
        }
        return new Output.Captured(List.of(), recorded, Map.of(), Level.FULL, null, List.of());
    }

    private static String place(Path folder, boolean wholeVolume) {
        return place(folder.toString(), wholeVolume);
    }

    static String place(String path, boolean wholeVolume) {
        if (path.startsWith("\\\\")) {
            throw new PermanentFault(
                    path + " lies on another server: wbadmin takes this server's own volumes alone",
                    "give the share its path on its own server and a worker there, or use the method archive");
        }
        return wholeVolume && path.matches("[A-Za-z]:.*") ? path.substring(0, 2).toUpperCase(Locale.ROOT) : path;
    }
}
