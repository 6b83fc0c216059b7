// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.tools;

import io.poolkeeper.lab.tools.VssFolder.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A shadow copy: really a copy of all that is on what stands for the volume, with its times.
 *
 * @param id with braces
 * @param number that of its device
 * @param content where the copy lies
 */
record Shadow(VssFolder vss, String id, int number, Path content) {
    static final String DEVICE = "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy";

    String device() {
        return DEVICE + number;
    }

    /** Makes one of a volume, e.g. {@code E:}. */
    static Shadow make(VssFolder vss, String volume) {
        if (!Files.isDirectory(vss.volume(volume))) {
            throw new Refused("Either the specified volume was not found or it is not a local volume.");
        }
        if (vss.has(Fault.SHADOW_FAILS)) {
            throw new Refused("Insufficient storage available to create either the shadow copy storage file or other"
                    + " shadow copy data.");
        }
        try {
            var number = all(vss).stream().mapToInt(Shadow::number).max().orElse(0) + 1;
            var id = "{" + UUID.randomUUID() + "}";
            var place = Files.createDirectories(vss.shadows().resolve(number + "-" + id));
            copy(vss.volume(volume), place.resolve("content"));
            return new Shadow(vss, id, number, place.resolve("content"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (var tree = Files.walk(from)) {
            all = tree.toList();
        }
        for (var file : all) {
            Files.copy(
                    file,
                    to.resolve(from.relativize(file).toString()),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
        for (var i = all.size() - 1; i >= 0; i--) { // what was copied into a folder has changed its time
            if (Files.isDirectory(all.get(i), LinkOption.NOFOLLOW_LINKS)) {
                Files.setLastModifiedTime(
                        to.resolve(from.relativize(all.get(i)).toString()), Files.getLastModifiedTime(all.get(i)));
            }
        }
    }

    /** All that there are. */
    static List<Shadow> all(VssFolder vss) {
        if (!Files.isDirectory(vss.shadows())) {
            return List.of();
        }
        try (var places = Files.list(vss.shadows())) {
            var shadows = new ArrayList<Shadow>();
            for (var place : places.sorted().toList()) {
                var parts = place.getFileName().toString().split("-", 2);
                shadows.add(new Shadow(vss, parts[1], Integer.parseInt(parts[0]), place.resolve("content")));
            }
            return shadows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Shadow find(VssFolder vss, String id) {
        return all(vss).stream()
                .filter(shadow -> shadow.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> new Refused("No items found that satisfy the query."));
    }

    /** That of a device, with or without a backslash at its end. */
    static Shadow ofDevice(VssFolder vss, String device) {
        return all(vss).stream()
                .filter(shadow -> (shadow.device() + "\\").equalsIgnoreCase(device.replaceAll("\\\\+$", "") + "\\"))
                .findFirst()
                .orElseThrow(() -> new Refused("The system cannot find the path specified."));
    }

    void delete() {
        if (vss.has(Fault.SHADOW_STAYS)) {
            throw new Refused("Access is denied. " + id.toUpperCase(Locale.ROOT));
        }
        try (var tree = Files.walk(content.getParent())) {
            for (var file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
