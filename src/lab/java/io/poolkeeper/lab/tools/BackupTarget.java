// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Where images lie. A share keeps one version, and loses it as soon as the next begins; a volume keeps all.
 *
 * @param name as the user wrote it
 * @param folder where it really is
 * @param computer whose images
 * @param volume whether it is a volume
 */
record BackupTarget(String name, Path folder, String computer, boolean volume) {
    private static final String BACKUP = "Backup ";
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy-MM-dd HHmmss", Locale.ROOT);
    private static final DateTimeFormatter IDENTIFIER = DateTimeFormatter.ofPattern("MM/dd/yyyy-HH:mm", Locale.ROOT);

    boolean isThere() {
        return folder.isAbsolute() && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private Path images() {
        return folder.resolve("WindowsImageBackup").resolve(computer);
    }

    /** What a share held is gone before what replaces it is good. */
    void makeRoom() throws IOException {
        if (!volume) {
            for (var version : versions()) {
                delete(images().resolve(BACKUP + FOLDER.format(version)));
            }
        }
    }

    /** The folder of a version that is new now. */
    Path begin() throws IOException {
        var now = LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC);
        Files.createDirectories(images().resolve("Catalog"));
        Files.writeString(
                images().resolve("Catalog/GlobalCatalog"),
                "versions " + (versions().size() + 1) + "\n");
        Files.createDirectories(images().resolve("SPPMetadataCache"));
        return Files.createDirectories(images().resolve(BACKUP + FOLDER.format(now)));
    }

    /** Times of the versions, UTC, the oldest first. */
    List<LocalDateTime> versions() throws IOException {
        var versions = new ArrayList<LocalDateTime>();
        if (Files.isDirectory(images())) {
            try (var entries = Files.newDirectoryStream(images(), BACKUP + "*")) {
                for (var entry : entries) {
                    versions.add(
                            LocalDateTime.parse(entry.getFileName().toString().substring(BACKUP.length()), FOLDER));
                }
            }
        }
        Collections.sort(versions);
        return versions;
    }

    void print(LocalDateTime version, PrintStream out, boolean german) {
        var local = version.atOffset(ZoneOffset.UTC).atZoneSameInstant(ZoneId.systemDefault());
        var identifier = IDENTIFIER.format(version);
        if (german) {
            out.println("Sicherungszeit: "
                    + DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm").format(local));
            out.println("Sicherungsort: " + (volume ? "Festplatte " : "Netzwerkfreigabe mit der Bezeichnung ") + name);
            out.println("Versions-ID: " + identifier);
            out.println("Wiederherstellbar: Volume(s), Datei(en), Anwendung(en)");
        } else {
            out.println("Backup time: "
                    + DateTimeFormatter.ofPattern("M/d/yyyy h:mm a", Locale.US).format(local));
            out.println("Backup target: " + (volume ? "1394/USB Disk labeled " : "Network Share labeled ") + name);
            out.println("Version identifier: " + identifier);
            out.println("Can recover: Volume(s), File(s), Application(s), System State");
        }
        out.println();
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
