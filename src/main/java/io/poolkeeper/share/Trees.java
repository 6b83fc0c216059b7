// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.PermanentFault;

/** Opens shares, whichever way they are reached. */
final class Trees {
    private Trees() {}

    /**
     * A share as it is read; nothing is asked of it yet.
     *
     * @throws PermanentFault if the site file does not say enough
     */
    static FileTree of(Site site, ShareFolder folder) {
        folder.obstacle().ifPresent(cause -> {
            throw new PermanentFault("share " + folder.key() + ": " + cause, "correct the site file");
        });
        return folder.path().isPresent() ? new LocalTree(folder.path().get()) : SmbTree.of(site, folder.key());
    }
}
