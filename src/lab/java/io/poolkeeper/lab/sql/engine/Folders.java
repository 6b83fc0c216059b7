// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The disks as the server's service account sees them: folders of Windows that stand for folders of this machine. Names
 * are compared in any case and with either slash, as Windows does.
 */
public final class Folders {
    private record Mapping(String windows, Path real) {}

    private final List<Mapping> mappings;

    /** Each key is what the service sees, e.g. {@code C:\backup}; the value is where it really lies. */
    public Folders(Map<String, Path> folders) {
        mappings = folders.entrySet().stream()
                .map(folder -> new Mapping(normal(folder.getKey()), folder.getValue()))
                .sorted((a, b) -> b.windows().length() - a.windows().length())
                .toList();
    }

    /** Where a path of the server really is, or nothing if it lies in no known folder. */
    public Optional<Path> resolve(String serverPath) {
        var path = normal(serverPath);
        for (var mapping : mappings) {
            if (path.equals(mapping.windows()) || path.startsWith(mapping.windows() + "\\")) {
                return under(
                        mapping.real(), serverPath.strip(), mapping.windows().length());
            }
        }
        return Optional.empty();
    }

    /** One of the real folders, to ask about the disk. */
    Optional<Path> anyReal() {
        return mappings.stream().map(Mapping::real).findFirst();
    }

    private static Optional<Path> under(Path real, String serverPath, int prefix) {
        var path = real;
        for (var part :
                serverPath.substring(Math.min(prefix, serverPath.length())).split("[\\\\/]+", -1)) {
            if (part.equals("..")) {
                return Optional.empty();
            }
            path = part.isEmpty() ? path : path.resolve(part);
        }
        return Optional.of(path);
    }

    private static String normal(String path) {
        var slashes = path.strip().replace('/', '\\');
        var trimmed = slashes.endsWith("\\") ? slashes.substring(0, slashes.length() - 1) : slashes;
        return trimmed.toLowerCase(Locale.ROOT);
    }
}
