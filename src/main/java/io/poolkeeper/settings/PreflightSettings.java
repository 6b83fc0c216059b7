// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.util.Set;

/** Looks whether the product's export tools are there that the parts of a site need; starts none. */
public final class PreflightSettings {
    private PreflightSettings() {}

    /**
     * Looks.
     *
     * @param needed the methods of the parts that a backup captures
     */
    public static void look(Site site, Set<Method> needed, Findings findings) {
        for (var tool : new SettingsToolCheck(site).look()) {
            var wanted = needed.stream().anyMatch(method -> tool.key().equals("settings." + method.word()));
            if (wanted && tool.startable()) {
                findings.ok(tool.key(), tool.program() + " can be started; it was not");
            } else if (wanted && tool.configured()) {
                findings.problem(
                        tool.key(),
                        "there is no program " + tool.program() + " that this account may start",
                        "correct the path; the tools come with OCS and run on a server that has them");
            } else if (wanted) {
                findings.problem(
                        tool.key(),
                        "is not configured, and the site has parts that only this tool exports",
                        "name the program in the site file under " + tool.key() + ", as a list");
            }
        }
    }
}
