// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.tools.VssFolder.Fault;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Stand-in for vssadmin.exe: {@code list writers}, {@code create shadow}, {@code delete shadows}. The English words are those of logs of the real one; the German are a
 * likeness. Ids and state numbers are the same in every language.
 */
public final class VssAdmin {
    private static final String SYSTEM_WRITER = "{e8132975-6f93-4464-a53e-1050253ae220}";
    private static final String NTDS_WRITER = "{b2014c9e-8711-4c5c-a5a9-3cf384484757}";
    private static final String SQL_WRITER = "{a65faa63-5ea8-4ebc-9dbd-a0c4db26912a}";

    private final VssFolder vss;
    private final PrintStream out;

    VssAdmin(VssFolder vss, PrintStream out) {
        this.vss = vss;
        this.out = out;
    }

    /** Runs the tool; the first argument is the folder of what it knows, the others are those of the real tool. */
    public static void main(String[] args) {
        var tool = new VssAdmin(new VssFolder(Path.of(args[0])), System.out);
        System.exit(tool.run(Arrays.asList(args).subList(1, args.length)));
    }

    int run(List<String> arguments) {
        out.println("vssadmin 1.1 - Volume Shadow Copy Service administrative command-line tool");
        out.println("(C) Copyright 2001-2005 Microsoft Corp.");
        out.println();
        var command = String.join(" ", arguments).toLowerCase(Locale.ROOT);
        if (command.matches("create shadow /for=[a-z]:\\\\?")) {
            return create(arguments.get(2).substring("/for=".length()));
        }
        if (command.matches("delete shadows /shadow=\\{[0-9a-f-]{36}} /quiet")) {
            return delete(arguments.get(2).substring("/shadow=".length()));
        }
        if (!command.equals("list writers")) {
            out.println("Error: Invalid command.");
            return 2;
        }
        writer("System Writer", SYSTEM_WRITER, false);
        if (!vss.has(Fault.WRITER_ABSENT) && Files.exists(vss.writer())) {
            writer("SqlServerWriter", SQL_WRITER, vss.has(Fault.WRITER_FAILED));
        }
        if (vss.isDomainController()) {
            writer("NTDS", NTDS_WRITER, vss.has(Fault.WRITER_FAILED));
        }
        writer("Registry Writer", "{afbab4a2-367d-4d15-a586-71dbb18f8485}", false);
        return 0;
    }

    private int create(String volume) {
        try {
            var shadow = Shadow.make(vss, volume);
            out.println("Successfully created shadow copy for '" + volume.toUpperCase(Locale.ROOT) + "\\'");
            out.println("    Shadow Copy ID: " + shadow.id());
            out.println("    Shadow Copy Volume Name: " + shadow.device());
            return 0;
        } catch (Refused e) {
            out.println("Error: " + e.getMessage());
            return 1;
        }
    }

    private int delete(String id) {
        try {
            Shadow.find(vss, id).delete();
            return 0;
        } catch (Refused e) {
            out.println("Error: " + e.getMessage());
            return 1;
        }
    }

    private void writer(String name, String id, boolean failed) {
        if (vss.has(Fault.GERMAN)) {
            out.println("Verfassername: '" + name + "'");
            out.println("   Verfasserkennung: " + id);
            out.println("   Verfasserinstanzkennung: {2ed9ef4e-0b66-4e5c-9f0a-6f5f4a8f9d11}");
            out.println("   Status: " + (failed ? "[8] Fehlgeschlagen" : "[1] Stabil"));
            out.println("   Letzter Fehler: " + (failed ? "Zeitüberschreitung" : "Kein Fehler"));
        } else {
            out.println("Writer name: '" + name + "'");
            out.println("   Writer Id: " + id);
            out.println("   Writer Instance Id: {2ed9ef4e-0b66-4e5c-9f0a-6f5f4a8f9d11}");
            out.println("   State: " + (failed ? "[8] Failed" : "[1] Stable"));
            out.println("   Last error: " + (failed ? "Non-retryable error" : "No error"));
        }
        out.println();
    }
}
