// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.step.Output.Damage;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the backups of a chain fit each other by their LSNs: a differential the full backup that it was counted from, a log
 * whatever comes before it (msdb.dbo.backupset).
 */
final class Lineage {
    private Lineage() {}

    /**
     * What does not fit; nothing where msdb could not be asked at capture, because then nobody knows.
     *
     * @param chain oldest first
     */
    static List<Damage> breaks(List<StoredPart> chain) {
        var breaks = new ArrayList<Damage>();
        for (var link = 1; link < chain.size(); link++) {
            var before = chain.get(link - 1);
            var mine = chain.get(link);
            if (!fits(mine.part(), before.part())) {
                breaks.add(new Damage(
                        mine.part().part().toString(),
                        "of set " + mine.manifest().set() + " does not continue set "
                                + before.manifest().set() + " (LSN)"));
            }
        }
        return breaks;
    }

    private static boolean fits(Manifest.Part part, Manifest.Part before) {
        var mine = BackupFacts.of(part.recorded());
        var theirs = BackupFacts.of(before.recorded());
        if (mine.isEmpty() || theirs.isEmpty()) {
            return true;
        }
        return part.level() == Level.LOG
                ? mine.get().continuesLogOf(theirs.get())
                : mine.get().isDifferentialOf(theirs.get());
    }
}
