// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Catalogue;
import io.poolkeeper.catalogue.Edition;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every share of a site: those that the site file names, and the default folders of its Standard Edition pools. Where a
 * server's {@code installRoot} is not given, this host's drives are looked at, so a worker asks for its own shares only.
 */
public final class ShareFolders {
    private final Site site;
    private final Function<Catalogue, List<Path>> installations;
    private final List<ShareFolder> folders = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    /**
     * Looks.
     *
     * @param installations where OCS may be installed on this host, most likely first
     */
    ShareFolders(Site site, Function<Catalogue, List<Path>> installations) {
        this.site = site;
        this.installations = installations;
        this.keys.addAll(site.shares().keySet());
        site.shares().values().forEach(share -> folders.add(named(share)));
        var standard = site.pools().stream()
                .filter(pool -> pool.edition() == Edition.STANDARD)
                .toList();
        for (var i = 0; i < standard.size(); i++) {
            defaults(standard.get(i), i > 0);
        }
    }

    /** All shares of a site, in the order of the site file, those of the default folders last. */
    public static List<ShareFolder> of(Site site) {
        return List.copyOf(new ShareFolders(site, ShareFolders::onEveryDrive).folders);
    }

    /** The share of a key, if the site has one. */
    public static Optional<ShareFolder> find(Site site, String key) {
        return of(site).stream().filter(folder -> folder.key().equals(key)).findFirst();
    }

    /** What was found. */
    List<ShareFolder> found() {
        return folders;
    }

    private ShareFolder named(ShareSource share) {
        var pool = share.pool().flatMap(site::pool).or(this::onlyPool);
        return new ShareFolder(
                share.key(),
                share.role(),
                share.pool(),
                pool.map(Pool::edition).orElse(Edition.ENTERPRISE),
                share.worker(),
                share.path(),
                share.url());
    }

    private Optional<Pool> onlyPool() {
        return site.pools().size() == 1 ? Optional.of(site.pools().get(0)) : Optional.empty();
    }

    private void defaults(Pool pool, boolean later) {
        var server = pool.serverWithAny(Set.of("standard-edition"))
                .or(() -> pool.servers().stream().findFirst())
                .orElse(null);
        if (server == null) {
            return;
        }
        var root = server.installRoot().or(() -> installation(site.catalogue())).orElse(null);
        for (var share : site.catalogue().shares()) {
            if (!isReplaced(share.role(), pool)) {
                share.standardFolders().forEach((label, relative) -> {
                    var key = share.role() + (label.isEmpty() ? "" : "-" + label);
                    folders.add(standard(key(key, pool, later), share.role(), pool, server, below(root, relative)));
                });
            }
        }
    }

    private Optional<Path> installation(Catalogue catalogue) {
        return installations.apply(catalogue).stream()
                .filter(Files::isDirectory)
                .findFirst();
    }

    private boolean isReplaced(String role, Pool pool) {
        return site.shares().values().stream()
                .filter(share -> share.role().equals(role))
                .anyMatch(share -> share.pool()
                        .map(name -> name.equalsIgnoreCase(pool.name()))
                        .orElse(site.pools().size() == 1));
    }

    private String key(String key, Pool pool, boolean later) {
        var unique = later || keys.contains(key) ? key + "-" + pool.name() : key;
        keys.add(unique);
        return unique;
    }

    private static ShareFolder standard(String key, String role, Pool pool, Pool.Server server, Optional<Path> path) {
        return new ShareFolder(
                key, role, Optional.of(pool.name()), Edition.STANDARD, server.worker(), path, Optional.empty());
    }

    private static Optional<Path> below(@Nullable Path root, String relative) {
        return Optional.ofNullable(root).map(folder -> folder.resolve(relative.replace('\\', File.separatorChar)));
    }

    /** Drives are a matter of Windows: elsewhere nothing can be looked for. */
    private static List<Path> onEveryDrive(Catalogue catalogue) {
        var paths = new ArrayList<Path>();
        if (File.separatorChar == '\\') {
            for (var template : catalogue.installRoots()) {
                FileSystems.getDefault()
                        .getRootDirectories()
                        .forEach(drive -> paths.add(Path.of(
                                template.replace("{drive}", drive.toString().substring(0, 1)))));
            }
        }
        return paths;
    }
}
