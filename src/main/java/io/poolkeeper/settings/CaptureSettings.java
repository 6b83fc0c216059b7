// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.Tool;
import java.util.List;

/**
 * Has LCSCmd export the global and pool settings of a pool, or the settings of a server, and records what has changed in
 * them since the set before.
 */
public final class CaptureSettings implements StepHandler {
    private final Site site;

    /** Exports what a site file describes. */
    public CaptureSettings(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        var captured = new ToolExport(site, Tool.lcscmd(site)).export(order(site, step.part()), work);
        return SettingsDifference.sinceLastSet(step.part(), captured, work);
    }

    /** What is wanted of LCSCmd for a part. */
    static ToolExport.Order order(Site site, PartId part) {
        var target = LcsCmdTarget.of(site, part);
        return new ToolExport.Order(
                target.path(),
                target::arguments,
                List.of(target.name()),
                (reading, warnings) -> check(target, reading, warnings));
    }

    private static void check(LcsCmdTarget target, XmlReading reading, List<String> warnings) {
        var facts = reading.facts();
        if (facts.root().equalsIgnoreCase("html") || facts.elements() < 2) {
            throw new PermanentFault(
                    "LCSCmd wrote no settings: <%s> with %d elements".formatted(facts.root(), facts.elements()),
                    "run the same command by hand on the server");
        }
        if (!reading.mentions(target.name())) {
            warnings.add("the exported settings nowhere mention " + target.name());
        }
        var levels = reading.levels();
        target.levels().stream()
                .filter(level -> !levels.isEmpty() && levels.stream().noneMatch(found -> found.contains(level)))
                .forEach(level -> warnings.add("the exported settings say nothing of the level " + level));
    }
}
