// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.catalogue.Method;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.StepFault;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Looks whether this host could take images of Windows Server Backup; takes none, and writes nothing. */
public final class PreflightWbadmin {
    private PreflightWbadmin() {}

    /**
     * Looks.
     *
     * @param needed the methods of the parts that a backup captures
     */
    public static void look(Site site, Set<Method> needed, Findings findings) {
        if (!needed.contains(Method.WBADMIN)) {
            return;
        }
        var os = site.serverOf(Site.LOCAL).map(Pool.Server::os).orElse("2008r2");
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
            writer(site, os, findings);
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

    private static void writer(Site site, String os, Findings findings) {
        try {
            new Wbadmin(site, os, Clock.systemUTC()).requireSqlWriter(new Unattended(Duration.ofMinutes(1)));
            findings.ok("wbadmin.vssadmin", "SqlServerWriter is listed, stable and without error");
        } catch (StepFault e) {
            findings.problem("wbadmin.vssadmin", e);
        }
    }
}
