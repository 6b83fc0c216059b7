// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * Stand-in for dbimpexp.exe: {@code dbimpexp /hrxmlfile:FILE [/sqlserver:HOST[\INSTANCE]] [/restype:user] [/user:USER@HOST]}. It
 * exports contact lists and conferences of users as XML in UTF-16. Without {@code /sqlserver} it takes the local instance, which
 * only a Standard Edition server has. With {@code /import} it takes the data of users from such a file; those whom the file does not
 * name keep theirs. That the real tool replaces what a user has is not verified.
 */
public final class DbImpExp {
    private static final String LOCAL = "local";

    private final OcsFolder ocs;
    private final PrintStream out;

    DbImpExp(OcsFolder ocs, PrintStream out) {
        this.ocs = ocs;
        this.out = out;
    }

    /** Runs the tool; the first argument is the folder of the stores, the others are those of the real tool. */
    public static void main(String[] args) {
        var tool = new DbImpExp(new OcsFolder(Path.of(args[0])), System.out);
        System.exit(tool.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) {
        try {
            var command = new Arguments(arguments);
            command.allowOnly("import", "hrxmlfile", "sqlserver", "restype", "user");
            if (command.has("restype") && !command.get("restype").equalsIgnoreCase("user")) {
                throw new Refused("Unknown resource type '" + command.get("restype") + "'.");
            }
            if (command.has("import")) {
                out.println("Imported " + imported(command) + " users.");
                return 0;
            }
            var file = command.newFile("hrxmlfile");
            var users = users(command);
            // UTF-16 of Java begins with a byte order mark, as the real file does; little-endian as on Windows
            Files.write(file, ("\uFEFF" + UserDataXml.of(users)).getBytes(StandardCharsets.UTF_16LE));
            out.println("Exported " + users.size() + " users.");
            return 0;
        } catch (Refused e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(e.toString());
        }
    }

    private int imported(Arguments command) throws IOException {
        var file = Path.of(command.required("hrxmlfile"));
        if (!Files.isRegularFile(file)) {
            throw new Refused("The file '" + file + "' does not exist.");
        }
        var users = new LinkedHashMap<String, Section>();
        users(command).forEach(user -> users.put(user.key().toLowerCase(Locale.ROOT), user));
        var come = UserDataXml.parse(file);
        come.forEach(user -> users.put(user.key().toLowerCase(Locale.ROOT), user));
        Sections.write(store(command), List.copyOf(users.values()));
        return come.size();
    }

    private Path store(Arguments command) {
        return ocs.userData(command.has("sqlserver") ? host(command.required("sqlserver")) : LOCAL);
    }

    private List<Section> users(Arguments command) throws IOException {
        var server = command.has("sqlserver") ? host(command.required("sqlserver")) : LOCAL;
        var all = ocs.read(
                ocs.userData(server),
                "Cannot connect to database rtc on SQL Server '" + (server.equals(LOCAL) ? "(local)\\rtc" : server)
                        + "'.");
        if (!command.has("user")) {
            return all;
        }
        var chosen = new ArrayList<Section>();
        for (var user : all) {
            if (user.key().equalsIgnoreCase(command.required("user"))) {
                chosen.add(user);
            }
        }
        if (chosen.isEmpty()) {
            throw new Refused("User '" + command.get("user") + "' was not found.");
        }
        return chosen;
    }

    /** The host alone: neither the instance nor the domain. */
    private static String host(String server) {
        var host = server.split("\\\\", 2)[0].split("\\.", 2)[0].toLowerCase(Locale.ROOT);
        return host.equals("(local)") ? LOCAL : host;
    }

    private int failed(String reason) {
        out.println("Error: " + reason);
        return 1;
    }
}
