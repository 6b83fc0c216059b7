// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Stand-in for cmd's {@code mklink /d LINK TARGET}, where the target is the device of a shadow copy with a backslash at its end. */
public final class MkLink {
    private final VssFolder vss;
    private final PrintStream out;

    MkLink(VssFolder vss, PrintStream out) {
        this.vss = vss;
        this.out = out;
    }

    /** Runs the tool; the first argument is the folder of what it knows, the others are those of the real one. */
    public static void main(String[] args) throws IOException {
        var tool = new MkLink(new VssFolder(Path.of(args[0])), System.out);
        System.exit(tool.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) throws IOException {
        if (arguments.size() != 3 || !arguments.get(0).equalsIgnoreCase("/d")) {
            out.println("The syntax of the command is incorrect.");
            return 1;
        }
        // without the backslash the link leads to a device, not to a folder, and cannot be entered
        if (!arguments.get(2).endsWith("\\")) {
            Files.createSymbolicLink(Path.of(arguments.get(1)), Path.of("nowhere"));
            return 0;
        }
        var shadow = Shadow.ofDevice(vss, arguments.get(2));
        Files.createSymbolicLink(Path.of(arguments.get(1)), shadow.content());
        out.println("symbolic link created for " + arguments.get(1) + " <<===>> " + arguments.get(2));
        return 0;
    }
}
