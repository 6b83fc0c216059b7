// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.set.Names;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Work;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** What a domain controller's own tool must have left, read as far as it can be read here. */
final class ControllerFiles {
    private static final int BUFFER = 1 << 16;
    private static final String DATABASE = Names.encode("Active Directory") + "/ntds.dit";

    /** Where and how an ESE database says what it is. */
    private static final int SIGNATURE_AT = 4;

    private static final byte[] SIGNATURE = {(byte) 0xEF, (byte) 0xCD, (byte) 0xAB, (byte) 0x89};

    private ControllerFiles() {}

    /**
     * Reads them.
     *
     * @param files by their path below the tool's folder, each segment {@linkplain Names#encode encoded}, with forward slashes
     * @return what is wrong with them; empty if nothing is
     * @throws IOException if one cannot be opened
     */
    static List<Damage> faults(Method method, Map<String, Path> files, Work work) throws IOException {
        return switch (method) {
            case IFM -> media(files);
            case SNAPSHOT -> note(files);
            default -> sambaBackup(files, work);
        };
    }

    private static List<Damage> note(Map<String, Path> files) throws IOException {
        var file = files.get(CaptureSnapshot.NOTE);
        if (file == null) {
            return List.of(new Damage(CaptureSnapshot.NOTE, "is missing"));
        }
        return Snapshots.ids(Files.readString(file)).isEmpty()
                ? List.of(new Damage(CaptureSnapshot.NOTE, "names no snapshot"))
                : List.of();
    }

    /** Install from media: the database, and the parts of the registry that decrypt it. */
    private static List<Damage> media(Map<String, Path> files) throws IOException {
        var faults = new ArrayList<Damage>();
        for (var name : List.of(DATABASE, "registry/SYSTEM", "registry/SECURITY")) {
            var file = files.get(name);
            if (file == null) {
                faults.add(new Damage(name, "is missing"));
            } else if (Files.size(file) == 0) {
                faults.add(new Damage(name, "is empty"));
            }
        }
        var database = files.get(DATABASE);
        if (faults.isEmpty() && database != null && !isDatabase(database)) {
            faults.add(new Damage(DATABASE, "is no database: its signature is not that of one"));
        }
        return faults;
    }

    private static boolean isDatabase(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var head = in.readNBytes(SIGNATURE_AT + SIGNATURE.length);
            return head.length > SIGNATURE_AT
                    && Arrays.equals(Arrays.copyOfRange(head, SIGNATURE_AT, head.length), SIGNATURE);
        }
    }

    /** One archive, with the database and the note that a restore reads first. */
    private static List<Damage> sambaBackup(Map<String, Path> files, Work work) throws IOException {
        if (files.size() != 1) {
            return List.of(new Damage("", "holds " + files.size() + " files in place of one archive"));
        }
        var file = files.entrySet().iterator().next();
        if (!file.getKey().endsWith(".tar.bz2")) {
            return List.of(new Damage(file.getKey(), "is no archive of samba-tool"));
        }
        var missing = new ArrayList<Damage>();
        try (var packed = new BufferedInputStream(Files.newInputStream(file.getValue()), BUFFER)) {
            var names = names(packed, work);
            for (var name : List.of("backup.txt", "private/sam.ldb", "sysvol.tar.gz")) {
                if (!names.contains(name)) {
                    missing.add(new Damage(file.getKey(), "has no " + name + " in it"));
                }
            }
            if (names.stream().noneMatch(name -> name.startsWith("private/sam.ldb.d/"))) {
                missing.add(new Damage(file.getKey(), "has no partition of the domain in it"));
            }
        } catch (UnreadableArchive e) {
            return List.of(new Damage(file.getKey(), "cannot be unpacked: " + e.getMessage()));
        }
        return missing;
    }

    /** Every entry is unpacked to its end. */
    private static Set<String> names(BufferedInputStream packed, Work work) throws UnreadableArchive {
        var names = new TreeSet<String>();
        try (var tar = new TarArchiveInputStream(new BZip2CompressorInputStream(packed, true))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var read = tar.transferTo(OutputStream.nullOutputStream());
                if (entry.isFile() && read != entry.getSize()) {
                    throw new IOException(entry.getName() + " ends early");
                }
                names.add(entry.getName());
                work.checkCancelled();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableArchive(e);
        }
        return names;
    }

    private static final class UnreadableArchive extends Exception {
        UnreadableArchive(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
