// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.Disk;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HostImages;
import io.poolkeeper.tool.ImageTurns;
import io.poolkeeper.tool.Wbadmin;
import io.poolkeeper.tool.WindowsImage;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Has Windows Server Backup take the system state of this host, which must be a domain controller. It stays at its target; a set
 * records where. Of all methods for the directory this one brings back all of it.
 */
public final class CaptureSystemState implements StepHandler {
    private static final String NOT_IN_IT =
            "what OCS keeps outside of Active Directory; and no single object comes back from"
                    + " it by itself: replication deletes it again unless it is restored authoritatively (ntdsutil)";

    private final Site site;
    private final ImageTurns turns;
    private final HandOff handOff;
    private final Clock clock;

    /**
     * Captures the directory of a site.
     *
     * @param turns shared by all that takes images on this host
     * @param handOff has it done where the domain controller has no Java
     * @param clock that of this host
     */
    public CaptureSystemState(Site site, ImageTurns turns, HandOff handOff, Clock clock) {
        this.site = site;
        this.turns = turns;
        this.handOff = handOff;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        var image = site.worksByHandOff(step.worker()) ? takenByHost(step, work) : taken(step, work);
        var recorded = JsonNodeFactory.instance.objectNode();
        new ObservedBackup(
                        image.begun(),
                        "Windows Server Backup on the domain controller of worker " + step.worker(),
                        image.where())
                .write(recorded);
        image.write(recorded);
        recorded.put("worker", step.worker()).put("not_in_it", NOT_IN_IT);
        return new Output.Captured(List.of(), recorded, Map.of(), Level.FULL, null, List.of());
    }

    private WindowsImage taken(Step step, Work work) {
        var wbadmin = new Wbadmin(site, site.controller().os(), clock);
        return turns.image(step.run(), WindowsImage.SYSTEM_STATE, List.of(WindowsImage.SYSTEM_STATE), work, () -> {
            wbadmin.requireDomainController(work);
            return wbadmin.takeSystemState(step, work);
        });
    }

    private WindowsImage takenByHost(Step step, Work work) {
        var folder = work.attemptFolder().resolve(".tool");
        try {
            Disk.delete(folder);
            Disk.createFolders(folder);
            try {
                return HostImages.takeSystemState(site, handOff, step, folder, work);
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }
}
