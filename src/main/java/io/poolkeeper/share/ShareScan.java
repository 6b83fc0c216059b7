// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a share with the newest list of it in the vault, by names, sizes and times: is anything different? Reads no file of the
 * share, and stops at the first difference. What is no reason for a backup, such as the time of a folder, does not count.
 */
public final class ShareScan {
    private final Site site;
    private final Vault vault;
    private final Runnable checkStopped;

    /**
     * Scans shares of a site.
     *
     * @param checkStopped is called at each name; throws to end the scan
     */
    public ShareScan(Site site, Vault vault, Runnable checkStopped) {
        this.site = site;
        this.vault = vault;
        this.checkStopped = checkStopped;
    }

    /**
     * The first thing that is different, in words.
     *
     * @return empty if the vault holds the share as it is
     * @throws io.poolkeeper.step.StepFault if the share cannot be listed
     * @throws IOException if the vault cannot be read
     */
    public Optional<String> difference(String key) throws IOException {
        try (var tree = tree(key)) {
            return difference(new PartId(Kind.SHARE, key), new Walk(tree, Exclusions::cover));
        }
    }

    private Optional<String> difference(PartId part, Walk walk) throws IOException {
        var set = vault.newestWith(part);
        if (set.isEmpty()) {
            return Optional.of("no set holds it yet");
        }
        try {
            var held = vault.manifest(set.get())
                    .part(part)
                    .orElseThrow(() -> new MalformedDocument("its manifest does not know " + part));
            try (var list = new FileListReader(FileList.checked(vault.set(set.get()), held))) {
                return difference(walk, list);
            }
        } catch (MalformedDocument e) {
            return Optional.of("the list of set " + set.get() + " cannot be used: " + e.getMessage());
        }
    }

    private Optional<String> difference(Walk walk, FileListReader list) throws IOException {
        var now = walk.next();
        var then = list.next();
        while (now != null || then != null) {
            checkStopped.run();
            var order = order(now, then);
            if (order < 0) {
                return Optional.of(Objects.requireNonNull(now).path() + " is new");
            }
            if (order > 0) {
                return Optional.of(Objects.requireNonNull(then).path() + " is gone");
            }
            if (!same(
                    Objects.requireNonNull(now).facts(),
                    Objects.requireNonNull(then).facts())) {
                return Optional.of(now.path() + " has changed");
            }
            now = walk.next();
            then = list.next();
        }
        return Optional.empty();
    }

    private static int order(@Nullable Node now, @Nullable FileLine then) {
        if (now == null || then == null) {
            return now == null ? 1 : -1;
        }
        return SharePath.compare(now.path(), then.path());
    }

    /** A folder's time changes with what is in it, also with what no backup takes. */
    private static boolean same(Facts now, Facts then) {
        return switch (now.type()) {
            case FILE -> now.equals(then);
            case LINK -> then.is(NodeType.LINK) && Objects.equals(now.target(), then.target());
            case FOLDER, UNREADABLE, GONE -> then.is(now.type());
        };
    }

    private FileTree tree(String key) {
        var folder = ShareFolders.find(site, key)
                .orElseThrow(() -> new PermanentFault("the site file has no share " + key, "correct the site file"));
        return Trees.of(site, folder);
    }
}
