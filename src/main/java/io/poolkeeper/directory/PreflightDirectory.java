// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Inventory;
import java.time.Duration;

/** Looks whether the domain controller lets this site's account in and shows it the containers of OCS. */
public final class PreflightDirectory {
    private static final String ABOUT = "directory";

    /** Kerberos refuses larger differences. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private PreflightDirectory() {}

    /** Asks it, for at most 5 s a question. */
    public static void look(Site site, Findings findings) {
        judge(new DiscoverDirectory(site).look(DomainController.CONNECT), findings);
    }

    /** What an answer means. */
    static void judge(Inventory.Directory found, Findings findings) {
        if (found.cause() != null) {
            findings.problem(ABOUT, found.cause(), String.valueOf(found.hint()));
            return;
        }
        if (found.containers().isEmpty()) {
            findings.problem(
                    ABOUT,
                    "the domain controller of " + found.domain() + " shows this account no container of OCS",
                    "is it the domain (and forest) in which OCS was prepared, and may directory.bindDn read there?");
            return;
        }
        findings.ok(
                ABOUT,
                "bound; domain " + found.domain() + ", configuration " + found.configuration() + ", "
                        + "OCS in "
                        + String.join(" and ", found.containers()));
        if (Math.abs(found.skewSeconds()) > SKEW.toSeconds()) {
            findings.warning(
                    ABOUT,
                    "its clock differs from this host's by " + found.skewSeconds() + " s",
                    "let both hosts follow the same time server");
        }
    }
}
