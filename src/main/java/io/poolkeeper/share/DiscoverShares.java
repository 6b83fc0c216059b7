// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks which of the worker's shares are there and can be listed: {@code source:shares}. */
public final class DiscoverShares implements StepHandler {
    private final Site site;

    /** Looks for the shares of a site. */
    public DiscoverShares(Site site) {
        this.site = site;
    }

    /** Looks without a step, for {@code plan}; the folders of other workers are looked for from here as well. */
    public List<Inventory.Folder> look() {
        return ShareFolders.of(site).stream().map(DiscoverShares::look).toList();
    }

    @Override
    public Output handle(Step step, Work work) {
        var folders = ShareFolders.of(site).stream()
                .filter(folder -> folder.worker().equals(step.worker()))
                .map(DiscoverShares::look)
                .toList();
        return new Output.Discovered(new Inventory(Map.of(), folders, null));
    }

    private static Inventory.Folder look(ShareFolder folder) {
        var cause = folder.obstacle().orElseGet(() -> cause(folder.path()));
        return new Inventory.Folder(
                folder.key(),
                folder.role(),
                folder.pool().orElse(null),
                folder.edition(),
                folder.worker(),
                folder.path().map(Path::toString).or(folder::url).orElse(""),
                cause == null,
                cause,
                true,
                Instant.now());
    }

    private static @Nullable String cause(Optional<Path> path) {
        try {
            new LocalTree(path.orElseThrow()).list("");
            return null;
        } catch (IOException e) {
            return Faults.text(e);
        }
    }
}
