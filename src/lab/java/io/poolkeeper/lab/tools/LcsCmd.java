// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Stand-in for LCSCmd.exe: {@code LCSCmd /Context[:fqdn] /Action:name [/Param:value]}. It exports and imports settings as the seed
 * article shows it and answers the checks that Microsoft documents. Everything it has to say goes to standard output, as that of
 * the real one; the exit code is 0 or 1, a convention that is not verified.
 */
public final class LcsCmd {
    private static final List<String> CONTEXTS = Arrays.asList(
            "config", "forest", "domain", "server", "pool", "web", "mcu", "cert", "appserver", "diag", "monitoring");

    private final OcsFolder ocs;
    private final PrintStream out;

    LcsCmd(OcsFolder ocs, PrintStream out) {
        this.ocs = ocs;
        this.out = out;
    }

    /** Runs the tool; the first argument is the folder of the stores, the others are those of the real tool. */
    public static void main(String[] args) {
        var tool = new LcsCmd(new OcsFolder(Path.of(args[0])), System.out);
        System.exit(tool.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) {
        out.println("Microsoft Office Communications Server 2007 R2 command-line tool (stand-in of the lab)");
        if (Files.exists(ocs.silentSwitch())) {
            return 0;
        }
        try {
            var command = new Arguments(arguments);
            var context = CONTEXTS.stream().filter(command::has).findFirst().orElse("");
            if (context.isEmpty()) {
                throw new Refused("No context is specified. Use /config, /forest, /domain, /server or /pool.");
            }
            var action = command.required("action").toLowerCase(Locale.ROOT);
            perform(context, action, command);
            out.println("Action completed successfully.");
            log(context, action, command, "Success");
            return 0;
        } catch (Refused e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(e.toString());
        }
    }

    private void perform(String context, String action, Arguments command) throws IOException {
        switch (context + " " + action) {
            case "config export" -> out.println("Exported to " + new ConfigExport(ocs).run(command));
            case "config import" -> out.println("Imported from " + new ConfigImport(ocs).run(command));
            case "forest checkforestprepstate", "domain checkdomainprepstate" -> out.println("State: Ready");
            case "forest checkallpoolsstate" -> out.println("All pools are ready.");
            case "server checklcserverstate" -> out.println("State: Activated, Running");
            default -> throw new Refused("Action '" + action + "' of context '/" + context + "' is not known here.");
        }
    }

    private int failed(String reason) {
        out.println("Action failed: " + reason);
        return 1;
    }

    /** An HTML log of each action; the names of the parameters, and of the values only the file. */
    private void log(String context, String action, Arguments command, String result) throws IOException {
        var target = command.has("l")
                ? command.newFile("l")
                : ocs.logs().resolve("LCSCmd-" + ProcessHandle.current().pid() + ".html");
        var html = "<html><head><title>Deployment Log</title></head><body><table>"
                + "<tr><td>" + context + " " + action + "</td><td>" + command.get("configfile") + "</td><td>" + result
                + "</td></tr></table></body></html>\r\n";
        Files.writeString(target, html);
        out.println("Log: " + target);
    }
}
