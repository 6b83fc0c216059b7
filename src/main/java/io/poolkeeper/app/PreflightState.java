// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.app;

import io.poolkeeper.set.FolderAccess;
import io.poolkeeper.set.FolderProbe;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks whether the state folder can be used, and whether a coordinator owns it. Needs no lock: it works beside one. */
final class PreflightState {
    private PreflightState() {}

    static void look(Site site, Findings findings) {
        var about = "state";
        var folder = site.state().dir();
        try {
            FolderProbe.of(folder);
            findings.ok(about, folder + " can be written");
            wide(folder, findings);
        } catch (IOException e) {
            findings.problem(
                    about,
                    "this account cannot keep files in " + folder + ": "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    "run check as the account that runs the coordinator, and let it modify state.dir");
        }
        try {
            owner(site, findings);
        } catch (NotStarted e) {
            findings.unknown(
                    about, "whether a coordinator runs cannot be found out: " + e.getMessage(), "see state/owner.json");
        }
    }

    /** It is made for its owner; an administrator may have made it before. */
    private static void wide(Path folder, Findings findings) throws IOException {
        if (Files.isDirectory(folder)) {
            FolderAccess.wide(folder, List.of())
                    .ifPresent(who -> findings.warning(
                            "state",
                            folder + ": " + who,
                            "leave access to the account that runs Poolkeeper: results and messages are kept there"));
        }
    }

    private static void owner(Site site, Findings findings) {
        var about = "coordinator";
        var card = StateOwner.find(site.state().dir());
        var alive = card.filter(owner -> ProcessHandle.of(owner.pid()).isPresent());
        var timers = site.plans().values().stream().anyMatch(plan -> plan.cron().isPresent());
        if (alive.isPresent()) {
            findings.ok(
                    about,
                    "runs in process " + alive.get().pid() + " since "
                            + alive.get().since());
        } else if (card.isPresent() || timers) {
            findings.warning(
                    about,
                    card.isPresent()
                            ? "process " + card.get().pid() + " owned the state folder and has ended without stopping"
                            : "none is running: the plans with a cron expression are not started",
                    "run 'serve' as a service");
        } else {
            findings.ok(about, "none is running, and no plan has a cron expression");
        }
    }
}
