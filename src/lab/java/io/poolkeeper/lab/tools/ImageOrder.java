// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.tools.VssFolder.Fault;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One image to be taken. What stands for the virtual disk is a ZIP file with everything that was included: files of this machine as
 * they are, databases as SQL Server's writer gives them.
 *
 * @param include volumes and folders, as Windows or this machine names them
 * @param copy whether the applications' logs are left alone
 * @param critical whether the volumes are added that the server needs to start
 */
record ImageOrder(BackupTarget target, List<String> include, boolean copy, boolean critical) {
    /** What is included in the system state of a server. */
    static final String SYSTEM_STATE = "System State";

    /** Refuses what the real one refuses. */
    void check(String os) {
        for (var item : include) {
            if (item.isBlank()) {
                throw new Refused("No items were specified for backup.");
            }
            if (os.equals("2008") && !isVolume(item)) {
                throw new Refused("The volume " + item + " is not valid: only whole volumes can be backed up.");
            }
            if (isVolume(item)
                    && item.substring(0, 1)
                            .equalsIgnoreCase(target.volume() ? target.name().substring(0, 1) : "")) {
                throw new Refused("The volume " + item + " is the backup location and cannot be backed up.");
            }
        }
    }

    private static boolean isVolume(String item) {
        return item.matches("[A-Za-z]:\\\\?");
    }

    String told() {
        return String.join(", ", include)
                + (include.stream().allMatch(item -> isVolume(item) || item.equals(SYSTEM_STATE))
                        ? ""
                        : " (Selected Files)");
    }

    /** Takes it. */
    void write(VssFolder vss, PrintStream out) throws IOException {
        var databases =
                vss.has(Fault.NO_SNAPSHOT) || !Files.exists(vss.writer()) ? Map.<String, String>of() : databases(vss);
        if (!vss.has(Fault.NO_SNAPSHOT)) {
            for (var item : include) {
                if (!isVolume(item)
                        && !item.equals(SYSTEM_STATE)
                        && !Files.isDirectory(Path.of(item))
                        && databases.keySet().stream().noneMatch(file -> SqlWriter.covered(file, List.of(item)))) {
                    throw new Refused("The path " + item + " cannot be found.");
                }
            }
        }
        var folder = target.begin();
        try (var zip = new ZipOutputStream(
                Files.newOutputStream(folder.resolve(UUID.randomUUID() + ".vhd")), StandardCharsets.UTF_8)) {
            if (critical) {
                zip.putNextEntry(new ZipEntry("System Reserved/bootmgr"));
                zip.closeEntry();
            }
            if (include.contains(SYSTEM_STATE) && vss.isDomainController()) {
                zip.putNextEntry(new ZipEntry("Windows/NTDS/ntds.dit"));
                zip.closeEntry();
            }
            for (var item : include) {
                out.println("Creating a backup of " + item + ", copied (0%).");
                var path = Path.of(item);
                if (path.isAbsolute() && Files.isDirectory(path)) {
                    files(zip, path);
                }
            }
            for (var file : databases.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey().replace('\\', '/')));
                if (!file.getValue().isEmpty()) {
                    var content = Path.of(file.getValue());
                    Files.copy(content, zip);
                    Files.delete(content);
                }
                zip.closeEntry();
            }
        }
        include.forEach(item -> out.println("Creating a backup of " + item + ", copied (100%)."));
    }

    private static void files(ZipOutputStream zip, Path root) throws IOException {
        try (var all = Files.walk(root)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(file.toString().substring(1)));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    /** Has the databases frozen; path of each file on the server to where its content lies. */
    private Map<String, String> databases(VssFolder vss) throws IOException {
        var address = Files.readString(vss.writer()).strip().split(" ", 2);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address[0]))) {
            var out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
            out.write(address[1] + "\n" + (copy ? "copy" : "full") + "\n");
            for (var item : include) {
                out.write(item + "\n");
            }
            out.write("\n");
            out.flush();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var files = new LinkedHashMap<String, String>();
            for (var line = in.readLine(); !"done".equals(line); line = in.readLine()) {
                if (line == null || line.startsWith("failed")) {
                    throw new Refused("A Volume Shadow Copy Service operation failed. " + line);
                }
                var parts = line.split("\t", 2);
                files.put(parts[0], parts[1]);
            }
            return files;
        }
    }
}
