// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * Stand-in for ntdsutil.exe: each argument is one line of its dialogue. It knows {@code activate instance}, {@code ifm} with {@code
 * create full}, {@code snapshot} with {@code create} and {@code list all}, and {@code quit}; like the real one it ends with 0 whatever became of it. What it says follows public logs.
 */
final class NtdsUtil {
    private final Path faults;
    private boolean active;
    private boolean ifm;
    private boolean snapshot;

    private NtdsUtil(Path faults) {
        this.faults = faults;
    }

    /** The first argument is the folder whose files {@code no-registry}, {@code full-disk}, {@code damaged}, {@code no-storage} and {@code vanishes} let it fail. */
    public static void main(String[] args) throws IOException {
        var tool = new NtdsUtil(Path.of(args[0]));
        for (var line : Arrays.asList(args).subList(1, args.length)) {
            System.out.println((tool.ifm ? "ifm: " : tool.snapshot ? "snapshot: " : "ntdsutil: ") + line);
            if (!tool.take(line)) {
                return;
            }
        }
    }

    private boolean take(String line) throws IOException {
        if (line.equals("quit")) {
            var goesOn = ifm || snapshot;
            ifm = false;
            snapshot = false;
            return goesOn;
        }
        if (line.equals("activate instance ntds") && !ifm) {
            active = true;
            System.out.println("Active instance set to \"ntds\".");
        } else if (line.equals("ifm") && active) {
            ifm = true;
        } else if (line.equals("snapshot") && !ifm) {
            snapshot = true;
        } else if (line.equals("create") && snapshot && active) {
            snapshot();
        } else if (line.equals("list all") && snapshot) {
            list();
        } else if (line.startsWith("create full ") && ifm) {
            create(line.substring("create full ".length()));
        } else {
            System.out.println("Error 80070057 parsing input - Invalid Syntax.");
        }
        return true;
    }

    private void snapshot() throws IOException {
        System.out.println("Creating snapshot...");
        if (Files.exists(faults.resolve("no-storage"))) {
            System.out.println(
                    "Snapshot creation failed: insufficient storage. See {%s}.".formatted(UUID.randomUUID()));
            return;
        }
        var id = UUID.randomUUID().toString();
        if (!Files.exists(faults.resolve("vanishes"))) {
            Files.writeString(snapshots(), id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        System.out.println("Snapshot set {" + id + "} generated successfully.");
    }

    private void list() throws IOException {
        if (!Files.exists(snapshots())) {
            System.out.println("No snapshots found.");
            return;
        }
        var number = 0;
        for (var id : Files.readAllLines(snapshots())) {
            System.out.println(" %d: 2026/11/27:23:01:05 {%s}".formatted(++number, id));
            System.out.println(" %d: C: {%s}".formatted(++number, UUID.nameUUIDFromBytes(id.getBytes(US_ASCII))));
        }
    }

    /** One id a line: they outlive the process. */
    private Path snapshots() {
        return faults.resolve("snapshots");
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
