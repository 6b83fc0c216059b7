// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Has Windows Server Backup of this host take an image. It counts as taken when wbadmin ended with 0 and the target shows a version
 * that was not there before: its exit codes are documented nowhere.
 *
 * <p>On a share each image gets a folder of its own, because a share keeps one version and loses it as soon as the next begins.
 */
public final class Wbadmin {
    private static final Pattern BUSY =
            Pattern.compile("(another|currently|already)\\b.{0,60}\\b(in progress|running)", Pattern.CASE_INSENSITIVE);
    static final String READ_ITS_LOG =
            "read the log that it names below C:\\Windows\\Logs\\WindowsServerBackup and the event log Microsoft-Windows-Backup;"
                    + " does the account belong to Backup Operators, and may it write the target?";

    private final Site site;
    private final WindowsBackup options;
    private final String os;
    private final Clock clock;

    /**
     * wbadmin of a host.
     *
     * @param os the host's Windows, as the site file names it
     */
    public Wbadmin(Site site, String os, Clock clock) {
        this.site = site;
        this.options = site.wbadmin();
        this.os = os;
        this.clock = clock;
    }

    /**
     * Refuses to go on without the writer of SQL Server: an image that it had no part in holds files that were being written.
     *
     * @throws PermanentFault if it is not listed, not stable, or has an error
     */
    public void requireSqlWriter(Work work) {
        require(
                writers(work),
                "SqlServerWriter",
                VssWriters.SQL_SERVER,
                new PermanentFault(
                        "vssadmin lists no SqlServerWriter " + VssWriters.SQL_SERVER
                                + ": an image would hold databases that were being written",
                        "start the service SQLWriter (net start SQLWriter) on this server, and set it to start by itself"),
                "restart the service SQLWriter and look with  vssadmin list writers  whether it is stable");
    }

    /**
     * Refuses to go on without the writer of Active Directory: the system state of a server that is no domain controller holds
     * none of it.
     *
     * @throws PermanentFault if it is not listed, not stable, or has an error
     */
    public void requireDomainController(Work work) {
        requireDomainController(writers(work));
    }

    /** The same by what vssadmin has printed. */
    static void requireDomainController(VssWriters writers) {
        require(
                writers,
                "NTDS writer",
                VssWriters.ACTIVE_DIRECTORY,
                new PermanentFault(
                        "vssadmin lists no NTDS writer " + VssWriters.ACTIVE_DIRECTORY
                                + ": this host is no domain controller, and its system state holds no Active Directory",
                        "name under directory.worker the worker that runs on a domain controller"),
                "restart the domain controller when it can be spared, and look with  vssadmin list writers");
    }

    private VssWriters writers(Work work) {
        var tool = installed(Tool.vssadmin(site), "it belongs to Windows: name it under wbadmin.vssadmin");
        var ended = run(tool, List.of("list", "writers"), work);
        if (ended.exit() != 0) {
            throw new PermanentFault(
                    "vssadmin list writers ended with " + ended.exit() + ": " + ended.lastWords(),
                    "run it by hand, elevated, on this server");
        }
        return VssWriters.read(ended.output());
    }

    private static void require(VssWriters writers, String name, String id, PermanentFault absent, String hint) {
        var writer = writers.writer(id).orElseThrow(() -> absent);
        if (!writers.well(writer)) {
            throw new PermanentFault(name + " is in " + writer.told(), hint);
        }
    }

    /**
     * Takes an image.
     *
     * @param step whose attempt names the image's folder on a share
     * @param include volumes and folders of this host
     * @param mark kept with the image
     * @throws StepFault if there is none afterwards
     */
    public WindowsImage take(Step step, List<String> include, long mark, Work work) {
        var all = options.fullServer() ? withAllVolumes(include) : include;
        requireListed(all);
        return take(step, all, mark, place -> order(place, all), work);
    }

    /**
     * Takes the system state of this host; on a domain controller Active Directory is in it.
     *
     * @param step whose attempt names the image's folder on a share
     * @throws StepFault if there is none afterwards
     */
    public WindowsImage takeSystemState(Step step, Work work) {
        return take(
                step,
                List.of(WindowsImage.SYSTEM_STATE),
                0,
                place -> List.of("start", "systemstatebackup", "-backupTarget:" + place.target(), "-quiet"),
                work);
    }

    private WindowsImage take(
            Step step, List<String> holds, long mark, Function<ImagePlace, List<String>> order, Work work) {
        var tool = installed(Tool.wbadmin(site), "install Windows Server Backup: " + WindowsBackup.installation(os));
        var place = ImagePlace.of(options, step);
        var before = options.onVolume() ? list(tool, place.target(), work).versions() : Set.<String>of();
        var started = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        place.make();
        try {
            order(tool, order.apply(place), work);
            return new WindowsImage(
                    place.target(), added(tool, place, before, started, work), List.copyOf(holds), mark);
        } catch (StepFault e) {
            place.removeIfEmpty();
            throw e;
        }
    }

    /**
     * What a target holds.
     *
     * @param listed whether wbadmin could say
     * @param words the end of what it said
     */
    public record Listing(boolean listed, Set<String> versions, String words) {}

    /** Lists the versions at a target. */
    public Listing versions(String target, Work work) {
        return list(
                installed(Tool.wbadmin(site), "install Windows Server Backup: " + WindowsBackup.installation(os)),
                target,
                work);
    }

    private Listing list(Tool tool, String target, Work work) {
        var ended = run(tool, List.of("get", "versions", "-backupTarget:" + target), work);
        return new Listing(ended.exit() == 0, ImageVersions.in(ended.output()), ended.lastWords());
    }

    private void order(Tool tool, List<String> order, Work work) {
        ToolRun.Ended ended;
        try {
            ended = run(tool, order, work);
        } catch (StepFault e) {
            stopJob(tool, e);
            throw e;
        }
        requireDone(ended);
    }

    /**
     * Refuses the end of an order that was not carried out.
     *
     * @throws TransientFault if another backup ran
     * @throws PermanentFault if it ended with another code than 0
     */
    static void requireDone(ToolRun.Ended ended) {
        if (ended.exit() != 0) {
            var what = "wbadmin ended with " + ended.exit() + ": " + ended.lastWords();
            throw BUSY.matcher(ended.lastWords()).find()
                    ? new TransientFault(
                            what, "another backup runs on this server: look with  wbadmin get status  whose it is")
                    : new PermanentFault(what, READ_ITS_LOG);
        }
    }

    private List<String> order(ImagePlace place, List<String> include) {
        var order = new ArrayList<>(List.of("start", "backup", "-backupTarget:" + place.target()));
        if (options.fullServer()) {
            order.add("-allCritical");
        }
        order.addAll(
                List.of("-include:" + String.join(",", include), options.full() ? "-vssFull" : "-vssCopy", "-quiet"));
        return order;
    }

    /** All fixed volumes of this host but the target, which cannot be in its own image. */
    private List<String> withAllVolumes(List<String> include) {
        var all = new ArrayList<>(include);
        for (var root : FileSystems.getDefault().getRootDirectories()) {
            var letter =
                    root.toString().substring(0, Math.min(2, root.toString().length()));
            var isTarget = options.onVolume()
                    && options.target()
                            .map(target -> target.substring(0, 2))
                            .filter(letter::equalsIgnoreCase)
                            .isPresent();
            if (letter.matches("[A-Za-z]:") && !isTarget && !all.contains(letter) && isFixed(root)) {
                all.add(letter);
            }
        }
        return all;
    }

    private static boolean isFixed(Path root) {
        try {
            var store = Files.getFileStore(root);
            return !Boolean.TRUE.equals(store.getAttribute("volume:isRemovable"))
                    && !Boolean.TRUE.equals(store.getAttribute("volume:isCdrom"))
                    && !root.toRealPath().toString().startsWith("\\\\");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // an empty drive
        }
    }

    /** Killing wbadmin does not stop the service that does its work. */
    private void stopJob(Tool tool, StepFault because) {
        try {
            run(tool, List.of("stop", "job", "-quiet"), new Unattended(Duration.ofMinutes(1)));
        } catch (StepFault e) {
            because.addSuppressed(e);
        }
    }

    private String added(Tool tool, ImagePlace place, Set<String> before, Instant started, Work work) {
        var listing = list(tool, place.target(), work);
        var added = new ArrayList<>(listing.versions());
        added.removeAll(before);
        added.removeIf(version -> ImageVersions.instant(version).isBefore(started));
        if (added.isEmpty()) {
            throw noNew(place.target(), listing.listed() ? "" : "; wbadmin get versions: " + listing.words());
        }
        return added.get(added.size() - 1);
    }

    static PermanentFault noNew(String target, String more) {
        return new PermanentFault("wbadmin ended with 0, but " + target + " shows no new version" + more, READ_ITS_LOG);
    }

    /** wbadmin separates by commas and knows no way to write one. */
    static void requireListed(List<String> include) {
        for (var item : include) {
            if (item.contains(",")) {
                throw new PermanentFault(
                        item + " has a comma in its name, which wbadmin takes for the end of it",
                        "set wbadmin.include: volumes, or give the part another method");
            }
        }
    }

    private static Tool installed(Tool tool, String hint) {
        if (!tool.startable()) {
            throw new PermanentFault(
                    "there is no program " + tool.program() + " on this host that this account may start", hint);
        }
        return tool;
    }

    private ToolRun.Ended run(Tool tool, List<String> arguments, Work work) {
        return new ToolRun(new SafeEnvironment(site)).run(tool.name(), tool.with(arguments), Tool.folder(site), work);
    }

    /** Where one image goes. */
    private record ImagePlace(String target, Path base, boolean volume) {
        static ImagePlace of(WindowsBackup options, Step step) {
            var target = options.target()
                    .orElseThrow(() -> new PermanentFault(
                            "this worker's site file does not say where images go",
                            "give all workers the same site file"));
            if (options.onVolume()) {
                return new ImagePlace(target.substring(0, 2), Path.of(""), true);
            }
            try {
                var base = Path.of(target);
                if (base.isAbsolute()) {
                    return new ImagePlace(
                            base.resolve(step.requiredSet())
                                    .resolve(step.attemptName())
                                    .toString(),
                            base,
                            false);
                }
            } catch (InvalidPathException e) {
                throw foreign(target);
            }
            throw foreign(target);
        }

        private static PermanentFault foreign(String target) {
            return new PermanentFault(
                    "wbadmin.target " + target + " is no absolute path on this host",
                    "wbadmin runs on the server whose parts it takes: give that server a worker of its own");
        }

        /** A new folder: whatever it held would be lost. */
        void make() {
            if (volume) {
                return;
            }
            try {
                if (!Files.isDirectory(base)) {
                    throw new TransientFault(
                            "wbadmin.target " + base + " cannot be reached from this host",
                            "check the file server and the network, and that the account may use the share");
                }
                var folder = Path.of(target);
                if (folder.getParent() != null) {
                    Files.createDirectories(folder.getParent());
                }
                Files.createDirectory(folder);
            } catch (AccessDeniedException e) {
                throw new PermanentFault(
                        "wbadmin.target: no right to make " + target,
                        "give the account that runs Poolkeeper, and the server's own, the right to write there",
                        e);
            } catch (IOException e) {
                throw new TransientFault(
                        "wbadmin.target: " + target + " cannot be made: "
                                + e.getClass().getSimpleName() + " " + e.getMessage(),
                        "check the file server and the network",
                        e);
            }
        }

        /** Leaves no empty folders; what wbadmin wrote stays, for whoever looks why it failed. */
        void removeIfEmpty() {
            if (volume) {
                return;
            }
            try {
                var folder = Path.of(target);
                Files.deleteIfExists(folder);
                if (folder.getParent() != null) {
                    Files.deleteIfExists(folder.getParent());
                }
            } catch (IOException e) {
                // it is not empty, or the share is gone
            }
        }
    }
}
