// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * Judges what a tool of the domain controller left. An archive of samba-tool is unpacked to its end: depth {@code content}. Nothing
 * here reads Active Directory's database, so that of media from ntdsutil only the bytes are known: depth {@code media}. Of a snapshot
 * the set holds a note alone.
 */
public final class VerifyControllerFiles implements StepHandler {
    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> content(stored, work));
    }

    private static Finding content(StoredPart stored, Work work) {
        var files = new TreeMap<String, Path>();
        for (var artefact : stored.part().artefacts()) {
            var path = artefact.path();
            files.put(
                    path.substring(path.indexOf('/', path.indexOf('/') + 1) + 1),
                    stored.setFolder().resolve(path));
        }
        try {
            var method = stored.part().method();
            var faults = ControllerFiles.faults(method, files, work);
            return new Finding(faults, null, method == Method.SAMBA_TOOL ? Depth.CONTENT : Depth.MEDIA, List.of());
        } catch (IOException e) {
            return new Finding(List.of(), "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
