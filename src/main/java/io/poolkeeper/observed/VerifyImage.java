// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.observed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.Wbadmin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks whether an image of Windows Server Backup is still at its target. Nothing but a restore shows that it can be restored, so
 * the verdict is UNKNOWN at best; an image that is gone is damage.
 */
public final class VerifyImage implements StepHandler {
    private static final String UNREAD =
            " is there, but nothing short of a restore shows what is in an image of Windows Server Backup";

    private static final Pattern VOLUME = Pattern.compile("[A-Za-z]:\\\\?");

    private final Site site;
    private final Clock clock;

    /** Looks for images of a site. */
    public VerifyImage(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> content(step, work, stored));
    }

    private Finding content(Step step, Work work, StoredPart stored) {
        var node = stored.part().recorded();
        var recorded = node == null ? MissingNode.getInstance() : node;
        var target = recorded.path("target").asText();
        var version = recorded.path("version").asText();
        if (version.isEmpty()) {
            return unknown("the set does not say which image holds the part");
        }
        var where = recorded.path("where").asText();
        var worker = recorded.path("worker").asText(step.worker());
        if (site.worksByHandOff(worker)) {
            return vanished(target)
                    ? gone(where, "its folder has been removed")
                    : unknown(where
                            + " was there when its host had taken it, which is not asked again; and nothing short of a"
                            + " restore shows what is in an image of Windows Server Backup" + howTo(recorded));
        }
        if (VOLUME.matcher(target).matches() && !worker.equals(step.worker())) {
            return unknown(where + " is a volume of the host of worker " + worker + ", which this one does not see");
        }
        if (vanished(target)) {
            return gone(where, "its folder has been removed");
        }
        var listing = new Wbadmin(site, os(stored), clock).versions(target, work);
        if (listing.versions().contains(version)) {
            return unknown(where + UNREAD + howTo(recorded));
        }
        return listing.listed()
                ? gone(
                        where,
                        "wbadmin lists " + (listing.versions().isEmpty() ? "none" : listing.versions()) + " there")
                : unknown("wbadmin cannot say what is at " + target + ": " + listing.words());
    }

    /** Whether the image's own folder on a share is not there although the share is. */
    private static boolean vanished(String target) {
        var folder = Path.of(target);
        var run = folder.getParent();
        return folder.isAbsolute()
                && run != null
                && Optional.ofNullable(run.getParent())
                        .filter(Files::isDirectory)
                        .isPresent()
                && !Files.isDirectory(folder.resolve("WindowsImageBackup"));
    }

    private String os(StoredPart stored) {
        return stored.part().kind() == Kind.DIRECTORY ? site.controller().os() : osOf(stored);
    }

    private String osOf(StoredPart stored) {
        return Optional.ofNullable(site.sql().get(stored.part().part().owner()))
                .flatMap(site::serverOf)
                .map(server -> server.os())
                .orElse("2008r2");
    }

    private static String howTo(JsonNode recorded) {
        var how = recorded.path("how").asText();
        var missing = recorded.path("not_in_it").asText();
        return (missing.isEmpty() ? "" : "; not in it: " + missing) + (how.isEmpty() ? "" : "; on the server:  " + how);
    }

    private static Finding unknown(String why) {
        return new Finding(List.of(), why);
    }

    private static Finding gone(String where, String what) {
        return new Finding(List.of(new Damage(where, "is gone: " + what)), null);
    }
}
