// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.Work;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Looks whether this host could take images of Windows Server Backup; takes none, and writes nothing. */
public final class PreflightWbadmin {
    private PreflightWbadmin() {}

    /**
     * Looks.
     *
     * @param needed the methods of the parts that a backup captures
     */
    public static void look(Site site, Set<Method> needed, Findings findings) {
        var systemState = needed.contains(Method.SYSTEM_STATE)
                && site.controller().worker().equals(Site.LOCAL);
        if (!needed.contains(Method.WBADMIN) && !systemState) {
            return;
        }
        var os = systemState
                ? site.controller().os()
                : site.serverOf(Site.LOCAL).map(Pool.Server::os).orElse("2008r2");
        var tool = Tool.wbadmin(site);
        if (tool.startable()) {
            findings.ok(tool.key(), tool.program() + " can be started; it was not");
        } else {
            findings.problem(
                    tool.key(),
                    "there is no program " + tool.program() + " on this host that this account may start",
                    "install Windows Server Backup: " + WindowsBackup.installation(os));
        }
        target(site.wbadmin(), findings);
        if (site.methods().database() == Method.WBADMIN) {
            writer(
                    "SqlServerWriter",
                    findings,
                    work -> new Wbadmin(site, os, Clock.systemUTC()).requireSqlWriter(work));
        }
        if (systemState) {
            writer(
                    "the NTDS writer",
                    findings,
                    work -> new Wbadmin(site, os, Clock.systemUTC()).requireDomainController(work));
        }
    }

    private static void target(WindowsBackup wbadmin, Findings findings) {
        var target = wbadmin.target().orElse("");
        if (wbadmin.onVolume()) {
            findings.ok("wbadmin.target", target + " is a volume of each server; wbadmin looks for it itself");
            return;
        }
        try {
            var folder = Path.of(target);
            if (folder.isAbsolute() && Files.isDirectory(folder) && Files.isWritable(folder)) {
                findings.ok("wbadmin.target", target + " is there and may be written");
            } else {
                findings.problem(
                        "wbadmin.target",
                        target + " cannot be reached from this host, or not written",
                        "check the share, and the rights of the account that runs Poolkeeper");
            }
        } catch (InvalidPathException e) {
            findings.problem("wbadmin.target", target + " is no path of this host", "wbadmin runs on Windows alone");
        }
    }

    private static void writer(String name, Findings findings, Consumer<Work> look) {
        try {
            look.accept(new Unattended(Duration.ofMinutes(1)));
            findings.ok("wbadmin.vssadmin", name + " is listed, stable and without error");
        } catch (StepFault e) {
            findings.problem("wbadmin.vssadmin", e);
        }
    }
}
