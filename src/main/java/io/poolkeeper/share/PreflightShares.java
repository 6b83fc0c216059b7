// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks whether the folder of a share is what a backup expects. A mount point without its mount is an empty folder, and an
 * empty folder is backed up without complaint: that is what this is for.
 */
public final class PreflightShares {
    private PreflightShares() {}

    /**
     * Says how the changes of a watched share are noticed.
     *
     * @param captured whether a backup takes it at all
     */
    public static void watched(ShareSource share, boolean captured, Findings findings) {
        var about = "shares." + share.key() + ".watch";
        var scan = share.watch().map(watch -> watch.scan().toString()).orElse("");
        if (!captured) {
            findings.warning(
                    about,
                    "the share is not captured, so its changes start nothing",
                    "remove watch, or the decision about the share under dispositions");
            return;
        }
        if (!share.worker().equals(Site.LOCAL)) {
            findings.problem(
                    about,
                    "worker " + share.worker() + " reads it: neither watcher nor scan reach it from here",
                    "let the coordinator's own host reach it, or remove watch");
            return;
        }
        if (share.path().isEmpty()) {
            findings.ok(about, "by scan alone, every " + scan + ": it has no folder on this machine");
            return;
        }
        try {
            var watching = Watching.of(share.path().get());
            findings.ok(
                    about,
                    watching.told()
                            ? "by watcher and scan, every " + scan + ": " + watching.why()
                            : "by scan alone, every " + scan + ": " + watching.why()
                                    + ", whose system tells nobody here of changes");
        } catch (IOException e) {
            findings.unknown(
                    about,
                    "nobody can say where it lies: " + Faults.text(e),
                    "bring the folder back, or correct its path in the site file");
        }
    }

    /** Looks at one share; whether it is there at all is said about its part. */
    public static void look(ShareFolder share, Findings findings) {
        var about = "share:" + share.key();
        if (!share.worker().equals(Site.LOCAL)) {
            findings.unknown(
                    about,
                    "worker " + share.worker() + " reads it, and it cannot be seen from here",
                    "run check on the host of that worker");
            return;
        }
        if (share.path().isPresent()) {
            look(about, share.path().get(), findings);
        }
    }

    private static void look(String about, Path root, Findings findings) {
        try {
            var entries = new LocalTree(root).list("").size();
            var where = root + " on " + Files.getFileStore(root).type() + " ("
                    + Files.getFileStore(root).name() + ")";
            if (entries == 0) {
                findings.warning(
                        about,
                        where + " is empty: a backup would hold nothing",
                        "is the share mounted? If it is to be empty, exclude it under dispositions");
            } else {
                findings.ok(about, where + ", " + entries + (entries == 1 ? " entry" : " entries") + " at its top");
            }
        } catch (IOException e) {
            findings.problem(about, Faults.root(root.toString(), e));
        }
    }
}
