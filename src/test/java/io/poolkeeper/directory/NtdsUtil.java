// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Stand-in for ntdsutil.exe: each argument is one line of its dialogue. It knows {@code activate instance}, {@code ifm} with {@code
 * create full}, and {@code quit}; like the real one it ends with 0 whatever became of it. What it says follows public logs.
 */
final class NtdsUtil {
    private final Path faults;
    private boolean active;
    private boolean ifm;

    private NtdsUtil(Path faults) {
        this.faults = faults;
    }

    /** The first argument is the folder whose files {@code no-registry}, {@code full-disk} and {@code damaged} let it fail. */
    public static void main(String[] args) throws IOException {
        var tool = new NtdsUtil(Path.of(args[0]));
        for (var line : Arrays.asList(args).subList(1, args.length)) {
            System.out.println((tool.ifm ? "ifm: " : "ntdsutil: ") + line);
            if (!tool.take(line)) {
                return;
            }
        }
    }

    private boolean take(String line) throws IOException {
        if (line.equals("quit")) {
            var goesOn = ifm;
            ifm = false;
            return goesOn;
        }
        if (line.equals("activate instance ntds") && !ifm) {
            active = true;
            System.out.println("Active instance set to \"ntds\".");
        } else if (line.equals("ifm") && active) {
            ifm = true;
        } else if (line.startsWith("create full ") && ifm) {
            create(line.substring("create full ".length()));
        } else {
            System.out.println("Error 80070057 parsing input - Invalid Syntax.");
        }
        return true;
    }

    private void create(String target) throws IOException {
        if (target.contains(" ")) {
            System.out.println("Error 80070057 parsing input - Invalid Syntax.");
            return;
        }
        var folder = Path.of(target);
        try (var inIt = Files.list(Files.createDirectories(folder))) {
            if (inIt.findAny().isPresent()) {
                System.out.println("The target directory is not empty.");
                return;
            }
        }
        System.out.println("Creating snapshot...");
        System.out.println("Snapshot set {5ae6d7a1-0c2f-4a4b-9e38-0d4d5e4b0d11} generated successfully.");
        System.out.println("Initiating DEFRAGMENTATION mode...");
        if (Files.exists(faults.resolve("full-disk"))) {
            System.out.println("IFM media creation failed: There is not enough space on the disk.");
            return;
        }
        var database =
                Files.createDirectories(folder.resolve("Active Directory")).resolve("ntds.dit");
        var page = new byte[8192];
        if (!Files.exists(faults.resolve("damaged"))) {
            page[4] = (byte) 0xEF;
            page[5] = (byte) 0xCD;
            page[6] = (byte) 0xAB;
            page[7] = (byte) 0x89;
        }
        Files.write(database, page);
        System.out.println("Copying registry files...");
        if (!Files.exists(faults.resolve("no-registry"))) {
            var registry = Files.createDirectories(folder.resolve("registry"));
            Files.writeString(registry.resolve("SYSTEM"), "regf system");
            Files.writeString(registry.resolve("SECURITY"), "regf security");
        }
        System.out.println("IFM media created successfully in " + target);
    }
}
