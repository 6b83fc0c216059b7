// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.plan;

import io.poolkeeper.directory.DiscoverDirectory;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a plan would say of pools and servers, asking the directory alone. */
public final class DirectoryFindings {
    private DirectoryFindings() {}

    /** The ids of the differences. */
    public static List<String> of(Site site) {
        var directory = new DiscoverDirectory(site).look(Duration.ofSeconds(5));
        if (directory.cause() != null) {
            throw new AssertionError(directory.cause());
        }
        return Expectations.of(site, new Inventory(Map.of(), List.of(), directory), Instant.now()).stream()
                .filter(part -> DeploymentParts.isOne(part.part()))
                .map(part -> part.part().toString())
                .toList();
    }
}
