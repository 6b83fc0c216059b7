// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.tool.Tool;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What a worker finds on its own host. Nothing is started and nothing written. */
final class Abilities {
    private Abilities() {}

    /** The words of {@link io.poolkeeper.step.Presence#can}. */
    static List<String> of(Site site, Vault vault) {
        var can = new ArrayList<String>();
        var folder = Files.isDirectory(vault.folder())
                ? vault.folder()
                : vault.folder().getParent();
        if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) {
            can.add("vault");
        }
        for (var tool : List.of(
                Tool.lcscmd(site),
                Tool.dbimpexp(site),
                Tool.wbadmin(site),
                Tool.ntdsutil(site),
                Tool.sambaTool(site))) {
            if (!tool.configured().isEmpty() && tool.startable()) {
                can.add(tool.name());
            }
        }
        return List.copyOf(can);
    }
}
