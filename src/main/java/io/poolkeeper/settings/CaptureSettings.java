// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.settings;

import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HostJob;
import io.poolkeeper.tool.Tool;
import java.util.List;

/**
 * Has LCSCmd export the global and pool settings of a pool, or the settings of a server, and records what has changed in
 * them since the set before.
 */
public final class CaptureSettings implements StepHandler {
    private final Site site;
    private final HandOff handOff;

    /**
     * Exports what a site file describes.
     *
     * @param handOff has it done where the server has no Java
     */
    public CaptureSettings(Site site, HandOff handOff) {
        this.site = site;
        this.handOff = handOff;
    }

    /** What a host without Java does for a part. */
    public static HostJob hostJob(Site site, PartId part) {
        return ToolExport.hostJob(order(site, part), Tool.lcscmd(site), part);
    }

    @Override
    public Output handle(Step step, Work work) {
        work.checkCancelled();
        var captured = ToolExport.of(site, Tool.lcscmd(site), handOff, step).export(order(site, step.part()), work);
        return SettingsDifference.sinceLastSet(step.part(), captured, work);
    }

    /** What is wanted of LCSCmd for a part. */
    static ToolExport.Order order(Site site, PartId part) {
        var target = LcsCmdTarget.of(site, part);
        return new ToolExport.Order(
                "lcscmd-" + part.owner(),
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
