// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.tools.VssFolder.Fault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Stand-in for wbadmin.exe: {@code start backup}, {@code get versions}, {@code stop job}. What it prints in English follows logs of
 * the real one, with the exit codes that people saw (0, or a negative number); the German is a likeness.
 */
public final class WbAdmin {
    private static final Set<String> BACKUP_OPTIONS = Set.of(
            "backuptarget",
            "include",
            "allcritical",
            "nonrecurseinclude",
            "exclude",
            "nonrecurseexclude",
            "noverify",
            "noinheritacl",
            "vssfull",
            "vsscopy",
            "quiet");
    private static final int FAILED = -3;
    private static final int STOPPED = -4;

    private final VssFolder vss;
    private final PrintStream out;

    WbAdmin(VssFolder vss, PrintStream out) {
        this.vss = vss;
        this.out = out;
    }

    /** Runs the tool; the first argument is the folder of what it knows, the others are those of the real tool. */
    public static void main(String[] args) {
        var tool = new WbAdmin(new VssFolder(Path.of(args[0])), System.out);
        System.exit(tool.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) {
        var german = vss.has(Fault.GERMAN);
        out.println(german ? "wbadmin 1.0 - Sicherungs-Befehlszeilentool" : "wbadmin 1.0 - Backup command-line tool");
        out.println("(C) Copyright 2004 Microsoft Corp.");
        out.println();
        try {
            var verb = String.join(" ", arguments.subList(0, Math.min(2, arguments.size())))
                    .toLowerCase(Locale.ROOT);
            var options = options(arguments.subList(Math.min(2, arguments.size()), arguments.size()));
            return switch (verb) {
                case "start backup" -> backUp(options);
                case "start systemstatebackup" -> systemState(options);
                case "get versions" -> versions(options, german);
                case "stop job" -> stop();
                default -> throw new Refused("Command syntax incorrect. Error: " + verb + ".");
            };
        } catch (Refused e) {
            out.println((german ? "FEHLER - " : "ERROR - ") + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            out.println("ERROR - " + e);
            return FAILED;
        }
    }

    private static Map<String, String> options(List<String> arguments) {
        var options = new LinkedHashMap<String, String>();
        for (var argument : arguments) {
            if (!argument.startsWith("-") || argument.length() == 1) {
                throw new Refused("Command syntax incorrect. Error: " + argument + ".");
            }
            var colon = argument.indexOf(':');
            var name = (colon < 0 ? argument : argument.substring(0, colon))
                    .substring(1)
                    .toLowerCase(Locale.ROOT);
            options.put(name, colon < 0 ? "" : argument.substring(colon + 1));
        }
        return options;
    }

    private BackupTarget target(Map<String, String> options) throws IOException {
        var name = options.getOrDefault("backuptarget", "");
        var computer = vss.computer()[0];
        if (name.matches("[A-Za-z]:\\\\?")) {
            return new BackupTarget(name, vss.volume(name), computer, true);
        }
        // the lab has no UNC paths: a folder stands for a share
        return new BackupTarget(name, Path.of(name), computer, false);
    }

    private int versions(Map<String, String> options, boolean german) throws IOException {
        var target = target(options);
        var versions = target.versions();
        if (versions.isEmpty()) {
            throw new Refused("There are no backups in the specified location.");
        }
        for (var version : versions) {
            target.print(version, out, german);
        }
        return 0;
    }

    private int backUp(Map<String, String> options) throws IOException {
        for (var name : options.keySet()) {
            if (!BACKUP_OPTIONS.contains(name)) {
                throw new Refused("Command syntax incorrect. Error: -" + name + ".");
            }
        }
        if (options.containsKey("vssfull") && options.containsKey("vsscopy")) {
            throw new Refused("-vssFull and -vssCopy cannot be used together.");
        }
        var target = target(options);
        if (!target.isThere()) {
            throw new Refused("The backup location " + target.name() + " cannot be found or is not accessible.");
        }
        var order = new ImageOrder(
                target,
                Arrays.asList(options.getOrDefault("include", "").split(",", -1)),
                !options.containsKey("vssfull"),
                options.containsKey("allcritical"));
        order.check(vss.computer()[1]);
        if (!options.containsKey("quiet")) {
            out.println("Do you want to start the backup operation?");
            out.println("[Y] Yes [N] No"); // nobody answers: its input is empty
            return STOPPED;
        }
        if (Files.exists(vss.running())) {
            throw new Refused("Another backup or recovery operation is already in progress.");
        }
        return run(order);
    }

    /** wbadmin of 2008 writes a system state to a volume alone. */
    private int systemState(Map<String, String> options) throws IOException {
        for (var name : options.keySet()) {
            if (!name.equals("backuptarget") && !name.equals("quiet")) {
                throw new Refused("Command syntax incorrect. Error: -" + name + ".");
            }
        }
        var target = target(options);
        if (vss.computer()[1].equals("2008") && !target.volume()) {
            throw new Refused("The location for backup is a shared network folder, which is not supported.");
        }
        if (!target.isThere()) {
            throw new Refused("The backup location " + target.name() + " cannot be found or is not accessible.");
        }
        if (!options.containsKey("quiet")) {
            out.println("Do you want to start the backup operation?");
            out.println("[Y] Yes [N] No"); // nobody answers: its input is empty
            return STOPPED;
        }
        if (Files.exists(vss.running())) {
            throw new Refused("Another backup or recovery operation is already in progress.");
        }
        return run(new ImageOrder(target, List.of(ImageOrder.SYSTEM_STATE), true, true));
    }

    private int run(ImageOrder order) throws IOException {
        Files.writeString(vss.running(), Long.toString(ProcessHandle.current().pid()));
        try {
            if (!order.target().volume()) {
                out.println("Note: The backed up data cannot be securely protected at this destination.");
            }
            out.println("Retrieving volume information...");
            out.println("This will back up " + order.told() + " to "
                    + order.target().name() + ".");
            out.println("The backup operation to " + order.target().name() + " is starting.");
            order.target().makeRoom();
            out.println("Creating a shadow copy of the volumes specified for backup...");
            if (vss.has(Fault.HANGS)) {
                waitUntilStopped();
                return STOPPED;
            }
            if (vss.has(Fault.BREAKS_OFF)) {
                out.println("Summary of the backup operation:");
                out.println("------------------");
                out.println("The backup operation stopped before completing.");
                out.println("Detailed error: There is not enough disk space to create the volume shadow copy.");
                return FAILED;
            }
            if (!vss.has(Fault.NO_VERSION)) {
                order.write(vss, out);
            }
            out.println("Summary of the backup operation:");
            out.println("------------------");
            out.println(
                    vss.has(Fault.GERMAN)
                            ? "Der Sicherungsvorgang wurde erfolgreich abgeschlossen."
                            : "The backup operation successfully completed.");
            return 0;
        } finally {
            Files.deleteIfExists(vss.running());
        }
    }

    /** The engine works on until somebody stops the job, or nobody does for ten minutes. */
    private void waitUntilStopped() {
        for (var i = 0; i < 6000 && Files.exists(vss.running()); i++) {
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private int stop() throws IOException {
        if (!Files.deleteIfExists(vss.running())) {
            throw new Refused("No operation is currently in progress.");
        }
        out.println("The operation was stopped.");
        return 0;
    }
}
