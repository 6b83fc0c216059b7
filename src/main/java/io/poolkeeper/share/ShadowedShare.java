// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.site.ShadowTools.Way;
import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.ShadowCopies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Captures a share from a shadow copy of its volume, where the site file says so: as it was at one moment, also files that are open
 * or that change meanwhile. Without a shadow copy there is no capture; it never falls back to the files as they are.
 */
public final class ShadowedShare implements StepHandler {
    private final Site site;
    private final CaptureShare capture;
    private final ShadowCopies shadows;

    /**
     * Captures shares of a site.
     *
     * @param capture takes a share as it is
     */
    public ShadowedShare(Site site, CaptureShare capture, ShadowCopies shadows) {
        this.site = site;
        this.capture = capture;
        this.shadows = shadows;
    }

    @Override
    public Output handle(Step step, Work work) {
        var share = Optional.ofNullable(site.shares().get(step.part().name()));
        var way = share.map(ShareSource::shadow).orElse(Way.NONE);
        return way == Way.NONE
                ? capture.handle(step, work)
                : from(way, share.flatMap(ShareSource::path).orElseThrow(), step, work);
    }

    private Output from(Way way, Path folder, Step step, Work work) {
        if (!Files.isDirectory(folder)) {
            throw new PermanentFault(
                    folder + ": is not there", "is the volume there? Else correct its path in the site file");
        }
        var shadow = shadows.make(way, folder, step, work);
        var warnings = new ArrayList<>(shadow.warnings());
        Output.Captured taken;
        try {
            taken = capture.from(new NamedTree(folder.toString(), new LocalTree(shadow.folder())), step, work);
        } catch (RuntimeException e) {
            shadows.remove(shadow.name()).ifPresent(left -> e.addSuppressed(new IllegalStateException(left)));
            throw e;
        }
        shadows.remove(shadow.name()).ifPresent(warnings::add);
        return with(warnings, taken);
    }

    private static Output.Captured with(List<String> warnings, Output.Captured taken) {
        warnings.addAll(taken.warnings());
        return new Output.Captured(
                taken.artefacts(), taken.recorded(), taken.tools(), taken.level(), taken.base(), List.copyOf(warnings));
    }
}
