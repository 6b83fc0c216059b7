// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.site.Pool;
import io.poolkeeper.site.ShadowTools.Way;
import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.StepFault;
import java.time.Duration;
import java.util.List;

/** Looks whether this host could make shadow copies; makes none. */
public final class PreflightShadow {
    private PreflightShadow() {}

    /** Looks at one share that is to be read from a shadow copy. */
    public static void look(Site site, ShareSource share, Findings findings) {
        if (share.shadow() == Way.NONE) {
            return;
        }
        var about = "shares." + share.key() + ".shadow";
        try {
            share.path().ifPresent(Volume::of);
        } catch (StepFault e) {
            findings.problem(about, e);
            return;
        }
        var os = site.serverOf(share.worker()).map(Pool.Server::os).orElse("2008r2");
        if (!ShadowCopies.fits(share.shadow(), os)) {
            findings.problem(about, "Windows Server " + os + " has no diskshadow", "set shadow: vssadmin");
        }
        var tool = ShadowCopies.needed(site, share.shadow());
        if (tool.startable()) {
            findings.ok(tool.key(), tool.program() + " can be started; no shadow copy was made");
            writers(site, findings);
        } else {
            findings.problem(
                    tool.key(),
                    "there is no program " + tool.program() + " on this host that this account may start",
                    "it belongs to Windows Server: name its path under " + tool.key());
        }
    }

    /** What is wrong with a writer does not touch files that no application keeps open; but the next image, perhaps. */
    static void writers(Site site, Findings findings) {
        var tool = ShadowCopies.vssadmin(site);
        try {
            var ended = new ToolRun(new SafeEnvironment(site))
                    .run(
                            tool.name(),
                            tool.with(List.of("list", "writers")),
                            Tool.folder(site),
                            new Unattended(Duration.ofMinutes(1)));
            if (ended.exit() != 0) {
                findings.unknown(
                        tool.key(),
                        "vssadmin list writers ended with " + ended.exit() + ": " + ended.lastWords(),
                        "run it by hand, elevated");
                return;
            }
            var writers = VssWriters.read(ended.output());
            var sick = writers.all().stream()
                    .filter(writer -> !writers.well(writer))
                    .toList();
            sick.forEach(
                    writer -> findings.warning(
                            tool.key(),
                            "the VSS writer " + writer.name() + " is in " + writer.told(),
                            "the state of a past failure lingers: restart its service and look again with  vssadmin list writers"));
            if (sick.isEmpty()) {
                findings.ok(tool.key(), writers.all().size() + " VSS writers, all stable and without error");
            }
        } catch (StepFault e) {
            findings.problem(tool.key(), e);
        }
    }
}
