// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        return ShareFolders.of(site).stream().map(this::look).toList();
    }

    @Override
    public Output handle(Step step, Work work) {
        var folders = ShareFolders.of(site).stream()
                .filter(folder -> folder.worker().equals(step.worker()))
                .map(this::look)
                .toList();
        return new Output.Discovered(new Inventory(Map.of(), folders, null));
    }

    /** Why a share cannot be listed, and what to do; both null if it can. */
    private record Obstacle(
            @Nullable String cause, @Nullable String hint) {}

    private Inventory.Folder look(ShareFolder folder) {
        var obstacle = obstacle(folder);
        return new Inventory.Folder(
                folder.key(),
                folder.role(),
                folder.pool().orElse(null),
                folder.edition(),
                folder.worker(),
                folder.path().map(Path::toString).or(folder::url).orElse(""),
                obstacle.cause() == null,
                obstacle.cause(),
                obstacle.hint(),
                true,
                Instant.now());
    }

    private Obstacle obstacle(ShareFolder folder) {
        if (folder.obstacle().isPresent()) {
            return new Obstacle(folder.obstacle().get(), null);
        }
        if (site.worksByHandOff(folder.worker()) && site.shareMethod(folder.key()) == Method.WBADMIN) {
            return new Obstacle(null, null); // its host alone sees it, and wbadmin says there whether it is
        }
        try (var tree = Trees.of(site, folder)) {
            tree.list("");
            return new Obstacle(null, null);
        } catch (IOException e) {
            return new Obstacle(Faults.text(e), null);
        } catch (StepFault e) {
            return new Obstacle(e.getMessage(), e.hint());
        }
    }
}
