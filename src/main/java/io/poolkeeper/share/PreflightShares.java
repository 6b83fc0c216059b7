// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.site.ShareSource;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Looks whether the folder of a share is what a backup expects. A mount point without its mount is an empty folder, and an
 * empty folder is backed up without complaint: that is what this is for.
 */
public final class PreflightShares {
    private static final Duration SKEW = Duration.ofMinutes(5);

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
    public static void look(Site site, ShareFolder share, Findings findings) {
        var about = "share:" + share.key();
        if (site.worksByHandOff(share.worker())) {
            findings.unknown(
                    about,
                    "host " + share.worker() + " works by hand-off, and what it has cannot be seen from here",
                    "look on the host whether the folder is there; wbadmin fails without it");
            return;
        }
        if (!share.worker().equals(Site.LOCAL)) {
            findings.unknown(
                    about,
                    "worker " + share.worker() + " reads it, and it cannot be seen from here",
                    "run check on the host of that worker");
            return;
        }
        if (share.path().isPresent()) {
            look(about, share.path().get(), findings);
        } else if (share.url().isPresent()) {
            server(site, share, about, findings);
        }
    }

    private static void look(String about, Path root, Findings findings) {
        try {
            var where = root + " on " + Files.getFileStore(root).type() + " ("
                    + Files.getFileStore(root).name() + ")";
            top(new LocalTree(root), about, where, findings);
        } catch (IOException e) {
            findings.problem(about, Faults.root(root.toString(), e));
        }
    }

    /** That it can be written is not looked at: a backup does not need it. */
    private static void server(Site site, ShareFolder share, String about, Findings findings) {
        try (var tree = SmbTree.of(site, share.key())) {
            var agreed = tree.agreed();
            top(tree, about, tree.name() + ", which speaks SMB " + agreed.dialect(), findings);
            var skew = Duration.ofMillis(agreed.skewMillis());
            if (skew.abs().compareTo(SKEW) > 0) {
                findings.warning(
                        about,
                        "the file server's clock differs from this host's by " + skew.toSeconds() + " s",
                        "set both by the same time server");
            }
        } catch (StepFault e) {
            findings.problem(about, e);
        } catch (IOException e) {
            findings.problem(about, Faults.root(share.url().orElseThrow(), e));
        }
    }

    private static void top(FileTree tree, String about, String where, Findings findings) throws IOException {
        var entries = tree.list("").names().size();
        if (entries == 0) {
            findings.warning(
                    about,
                    where + " is empty: a backup would hold nothing",
                    "is the share mounted? If it is to be empty, exclude it under dispositions");
        } else {
            findings.ok(about, where + ", " + entries + (entries == 1 ? " entry" : " entries") + " at its top");
        }
    }
}
