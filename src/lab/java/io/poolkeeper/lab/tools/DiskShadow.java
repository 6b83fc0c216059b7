// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stand-in for diskshadow.exe: {@code diskshadow /s SCRIPT}. Stops at the first command that it refuses, as the real one does. A mount
 * point is a link to the copy.
 */
public final class DiskShadow {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final VssFolder vss;
    private final PrintStream out;
    private final Map<String, String> variables = new HashMap<>();
    private final List<String[]> wanted = new ArrayList<>();
    private boolean persistent;
    private boolean backup;

    DiskShadow(VssFolder vss, PrintStream out) {
        this.vss = vss;
        this.out = out;
    }

    /** Runs the tool; the first argument is the folder of what it knows, the others are those of the real one. */
    public static void main(String[] args) {
        var tool = new DiskShadow(new VssFolder(Path.of(args[0])), System.out);
        System.exit(tool.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) {
        out.println("Microsoft DiskShadow version 1.0");
        out.println("Copyright (C) 2013 Microsoft Corporation");
        out.println();
        if (arguments.size() != 2 || !arguments.get(0).equalsIgnoreCase("/s")) {
            out.println("DiskShadow [/s script_file]");
            return 1;
        }
        try {
            for (var line : Files.readAllLines(Path.of(arguments.get(1)))) {
                out.println("-> " + line);
                command(words(line));
            }
            return 0;
        } catch (IOException | UncheckedIOException | Refused e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }

    private void command(List<String> words) throws IOException {
        if (words.isEmpty() || words.get(0).startsWith("#")) {
            return;
        }
        var rest = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        switch (String.join(" ", rest.subList(0, Math.min(2, rest.size())))) {
            case "set context" -> persistent = rest.contains("persistent");
            case "set metadata" -> requireFolder(Path.of(words.get(2)));
            case "set verbose" -> {}
            case "begin backup" -> backup = true;
            case "end backup" -> {
                if (!backup) {
                    throw new Refused("There is no backup session.");
                }
                backup = false;
            }
            case "add volume" -> add(words);
            case "create" -> create();
            case "delete shadows" -> delete(words.subList(2, words.size()));
            default -> {
                if (!rest.get(0).equals("expose")) {
                    throw new Refused("The command " + words.get(0) + " is not known.");
                }
                expose(words.get(1), Path.of(words.get(2)));
            }
        }
    }

    private static void requireFolder(Path file) {
        if (file.getParent() == null || !Files.isDirectory(file.getParent())) {
            throw new Refused("The metadata file cannot be written: " + file);
        }
    }

    private void add(List<String> words) {
        if (words.size() != 5 || !words.get(3).equalsIgnoreCase("alias")) {
            throw new Refused("ADD VOLUME <volume> [ALIAS <alias>]");
        }
        wanted.add(new String[] {words.get(2), words.get(4)});
    }

    private void create() {
        if (wanted.isEmpty()) {
            throw new Refused("No volumes have been added to the shadow copy set.");
        }
        for (var volume : wanted) {
            var shadow = Shadow.make(vss, volume[0]);
            variables.put("%" + volume[1] + "%", shadow.id());
            out.println("Alias " + volume[1] + " for shadow ID " + shadow.id() + " set as environment variable.");
            out.println(
                    "Alias VSS_SHADOW_SET for shadow set ID {0d2cf1f1-1e4f-4f6b-9c2a-53a1d2a2b5c0} set as environment"
                            + " variable.");
            out.println();
            out.println(
                    "Querying all shadow copies with the shadow copy set ID {0d2cf1f1-1e4f-4f6b-9c2a-53a1d2a2b5c0}");
            out.println();
            out.println("\t* Shadow copy ID = " + shadow.id() + "\t\t%" + volume[1] + "%");
            out.println("\t\t- Shadow copy device name: " + shadow.device());
            out.println("\t\t- Not exposed");
            out.println();
            out.println("Number of shadow copies listed: 1");
        }
    }

    private void expose(String alias, Path mount) throws IOException {
        var id = variables.get(alias);
        if (id == null) {
            throw new Refused("The shadow copy " + alias + " cannot be found.");
        }
        if (!persistent) {
            throw new Refused("Only persistent shadow copies can be exposed.");
        }
        Files.delete(mount); // refuses a folder that is not there, or not empty
        var shadow = Shadow.find(vss, id);
        Files.createSymbolicLink(mount, shadow.content());
        Files.writeString(vss.path().resolve("mounts-" + shadow.number()), mount.toString());
        out.println("The shadow copy was successfully exposed as " + mount + ".");
    }

    private void delete(List<String> words) throws IOException {
        switch (words.get(0).toLowerCase(Locale.ROOT)) {
            case "id" -> {
                unmount(Shadow.find(vss, words.get(1)));
                Shadow.find(vss, words.get(1)).delete();
            }
            case "exposed" -> {
                var content = Path.of(words.get(1)).toRealPath();
                for (var shadow : Shadow.all(vss)) {
                    if (shadow.content().toRealPath().equals(content)) {
                        unmount(shadow);
                        shadow.delete();
                    }
                }
            }
            default -> throw new Refused("DELETE SHADOWS { ALL | VOLUME | OLDEST | SET | ID | EXPOSED }");
        }
        out.println("Number of shadow copies deleted: 1");
    }

    /** The folder of a mount point is empty again when what was mounted there is gone. */
    private void unmount(Shadow shadow) throws IOException {
        var mounts = vss.path().resolve("mounts-" + shadow.number());
        if (Files.exists(mounts)) {
            var mount = Path.of(Files.readString(mounts));
            Files.deleteIfExists(mount);
            Files.createDirectory(mount);
            Files.delete(mounts);
        }
    }
}
