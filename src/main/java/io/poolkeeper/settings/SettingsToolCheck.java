// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.site.Site;
import io.poolkeeper.tool.Tool;
import java.util.List;
import java.util.stream.Stream;

/** Says which of the product's export tools this host could run; starts none. */
public final class SettingsToolCheck {
    private final Site site;

    /** Looks at the tools of a site. */
    public SettingsToolCheck(Site site) {
        this.site = site;
    }

    /**
     * One tool.
     *
     * @param key of the site file, e.g. {@code settings.lcscmd}
     * @param program where it should be; empty if it is not configured
     * @param configured whether the site file names it
     * @param startable whether it exists here and this account may execute it
     */
    public record Found(String key, String program, boolean configured, boolean startable) {}

    /** LCSCmd and dbimpexp, in this order. */
    public List<Found> look() {
        return Stream.of(Tool.lcscmd(site), Tool.dbimpexp(site))
                .map(tool -> tool.configured().isEmpty()
                        ? new Found(tool.key(), "", false, false)
                        : new Found(tool.key(), tool.program(), true, tool.startable()))
                .toList();
    }
}
