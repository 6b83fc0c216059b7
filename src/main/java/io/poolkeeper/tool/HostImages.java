// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HostJob.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * An image that Windows Server Backup takes on a host without Java. The host runs the commands and tells what they printed; whether
 * there is an image is judged here, as {@link Wbadmin} judges one of this host.
 */
public final class HostImages {
    private static final String SYSTEM_STATE = "system-state";
    private static final String IMAGE = "wbadmin";
    private static final String WRITERS = "writers.txt";
    private static final String BEFORE = "before.txt";
    private static final String AFTER = "after.txt";

    private HostImages() {}

    /**
     * What a domain controller without Java does for method {@code system-state}. On a share each image gets a new folder; on a volume
     * what is there is listed before.
     *
     * @throws PermanentFault if the site file does not say where images go
     */
    public static HostJob systemState(Site site, PartId part) {
        var wbadmin = Tool.wbadmin(site);
        var target = target(site.wbadmin(), HostJob.ID);
        return new HostJob(
                SYSTEM_STATE,
                part,
                List.of(
                        Command.telling(WRITERS, Tool.vssadmin(site), List.of("list", "writers")),
                        site.wbadmin().onVolume()
                                ? Command.telling(BEFORE, wbadmin, versions(target))
                                : Command.ofCmd("mkdir", target),
                        Command.of(wbadmin, List.of("start", "systemstatebackup", "-backupTarget:" + target, "-quiet")),
                        Command.telling(AFTER, wbadmin, versions(target))));
    }

    /**
     * What a host without Java does for method {@code wbadmin}: one image of everything that it has for it.
     *
     * @param include volumes and folders, as the host sees them
     * @throws PermanentFault if the site file does not say where images go, or what cannot be said beforehand
     */
    public static HostJob image(Site site, PartId part, List<String> include) {
        if (site.wbadmin().fullServer()) {
            throw new PermanentFault(
                    "wbadmin.include: server takes the volumes that a host has, and which those are nobody knows here",
                    "set wbadmin.include: volumes");
        }
        Wbadmin.requireListed(include);
        var wbadmin = Tool.wbadmin(site);
        var target = target(site.wbadmin(), HostJob.ID);
        return new HostJob(
                IMAGE,
                part,
                List.of(
                        site.wbadmin().onVolume()
                                ? Command.telling(BEFORE, wbadmin, versions(target))
                                : Command.ofCmd("mkdir", target),
                        Command.of(
                                wbadmin,
                                List.of(
                                        "start",
                                        "backup",
                                        "-backupTarget:" + target,
                                        "-include:" + String.join(",", include),
                                        site.wbadmin().full() ? "-vssFull" : "-vssCopy",
                                        "-quiet")),
                        Command.telling(AFTER, wbadmin, versions(target))));
    }

    private static List<String> versions(String target) {
        return List.of("get", "versions", "-backupTarget:" + target);
    }

    /** Where a job's image goes: a volume, or a folder of this job alone, as the host sees it. */
    private static String target(WindowsBackup options, String id) {
        var place = options.target()
                .orElseThrow(() -> new PermanentFault(
                        "the site file does not say where images go", "set wbadmin.target to a share, or to a volume"));
        if (options.onVolume()) {
            return place.substring(0, 2);
        }
        var separator = place.startsWith("/") ? "/" : "\\";
        return String.join(separator, place.replaceFirst("[/\\\\]+$", ""), id, "image");
    }

    /**
     * Has the host of a step take its system state.
     *
     * @param folder empty; gets what its commands printed
     * @throws io.poolkeeper.step.StepFault if there is no image afterwards
     */
    public static WindowsImage takeSystemState(Site site, HandOff handOff, Step step, Path folder, Work work) {
        var done = handOff.run(SYSTEM_STATE, step, folder, work);
        var printed = printed(step, folder, WRITERS);
        var writers = VssWriters.read(printed.text());
        if (writers.all().isEmpty()) {
            throw new PermanentFault(
                    "vssadmin list writers on host " + step.worker() + " lists none: " + printed.lastWords(),
                    "run it by hand on the host, elevated, as the account of the task");
        }
        Wbadmin.requireDomainController(writers);
        return taken(site, done, step, folder, List.of(WindowsImage.SYSTEM_STATE));
    }

    /**
     * Has the host of a step take its image.
     *
     * @param folder empty; gets what its commands printed
     * @param include what its command lines say
     * @throws io.poolkeeper.step.StepFault if there is no image afterwards
     */
    public static WindowsImage takeImage(
            Site site, HandOff handOff, Step step, Path folder, List<String> include, Work work) {
        return taken(site, handOff.run(IMAGE, step, folder, work), step, folder, include);
    }

    private static WindowsImage taken(Site site, HandOff.Done done, Step step, Path folder, List<String> holds) {
        Wbadmin.requireDone(done.tool());
        var target = target(site.wbadmin(), HandOffFolder.id(step, step.attempt()));
        var before = site.wbadmin().onVolume()
                ? ImageVersions.in(printed(step, folder, BEFORE).text())
                : Set.<String>of();
        var after = printed(step, folder, AFTER);
        var started = done.started().truncatedTo(ChronoUnit.MINUTES);
        var version = ImageVersions.in(after.text()).stream()
                .filter(listed -> !before.contains(listed))
                .filter(listed -> !ImageVersions.instant(listed).isBefore(started))
                .max(Comparator.comparing(ImageVersions::instant))
                .orElseThrow(() -> Wbadmin.noNew(target, "; wbadmin get versions: " + after.lastWords()));
        return new WindowsImage(target, version, List.copyOf(holds), 0);
    }

    /** What a command printed. */
    private static Tail printed(Step step, Path folder, String name) {
        var file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new PermanentFault(
                    "host " + step.worker() + " left no " + name,
                    "look on the host what its script printed; write its files again with 'script --host'");
        }
        var tail = new Tail();
        try (var in = Files.newInputStream(file)) {
            tail.drain(in);
        } catch (IOException e) {
            throw new TransientFault(
                    name + " of host " + step.worker() + " cannot be read: " + e.getMessage(),
                    "check the vault's volume",
                    e);
        }
        return tail;
    }
}
