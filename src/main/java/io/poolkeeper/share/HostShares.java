// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.share;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.WindowsBackup;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.tool.HostImages;
import io.poolkeeper.tool.HostJob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shares of which a host without Java takes one image by Windows Server Backup: all with method {@code wbadmin} that lie on it.
 * A pure function of the site file; how long a decision holds does not count, because the host's command lines stay.
 */
public final class HostShares {
    /** A folder of Windows, behind what another system took for the folder of the site file. */
    private static final String BEFORE_DRIVE = "^.*?/(?=[A-Za-z]:\\\\)";

    private final Site site;

    /** Those of a site. */
    public HostShares(Site site) {
        this.site = site;
    }

    /** The job of a host, if it has such shares. */
    public Optional<HostJob> job(String worker) {
        var places = places(worker);
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(HostImages.image(site, new PartId(Kind.SOURCE, "shares"), places));
    }

    /**
     * The job of the host on which a share lies.
     *
     * @throws StepFault if wbadmin there cannot take it
     */
    public HostJob job(PartId part) {
        return HostImages.image(site, part, List.of(place(part)));
    }

    /**
     * What wbadmin of its host is told of a share.
     *
     * @throws StepFault if there is nothing that it could be told
     */
    String place(PartId part) {
        var folder = ShareFolders.find(site, part.name())
                .orElseThrow(() -> new PermanentFault(
                        "this worker's site file has no " + part, "give all workers the same site file"));
        var said = site.shares().containsKey(folder.key())
                || site.serverOf(folder.worker())
                        .flatMap(Pool.Server::installRoot)
                        .isPresent(); // else what was found are drives of this machine
        var path = folder.path()
                .filter(there -> said)
                .map(there -> there.toString().replaceFirst(BEFORE_DRIVE, ""))
                .map(there -> there.matches("[A-Za-z]:.*") ? there.replace('/', '\\') : there)
                .orElseThrow(() -> new PermanentFault(
                        part + ": the site file does not say where it lies on host " + folder.worker(),
                        "set its path, or installRoot of the server, as that host sees it"));
        var os = site.serverOf(folder.worker()).map(Pool.Server::os).orElse("2008r2");
        return CaptureShareByWbadmin.place(path, site.wbadmin().wholeVolumes() || !WindowsBackup.takesFolders(os));
    }

    /** All that the image of a host holds, each once. */
    List<String> places(String worker) {
        return ShareFolders.of(site).stream()
                .filter(folder -> folder.worker().equals(worker) && site.shareMethod(folder.key()) == Method.WBADMIN)
                .filter(this::isWanted)
                .map(folder -> new PartId(Kind.SHARE, folder.key()))
                .filter(part -> site.dispositions().stream()
                        .noneMatch(rule -> !rule.as().captured() && names(rule.part(), part)))
                .flatMap(part -> {
                    try {
                        return Stream.of(place(part));
                    } catch (StepFault e) {
                        return Stream.empty(); // the plan says so of the part
                    }
                })
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isWanted(ShareFolder folder) {
        var part = new PartId(Kind.SHARE, folder.key());
        var decided = site.dispositions().stream().anyMatch(rule -> rule.as().captured() && names(rule.part(), part));
        return decided
                || site.catalogue()
                        .share(folder.role())
                        .map(entry -> entry.disposition().captured())
                        .orElse(false);
    }

    private static boolean names(String rule, PartId part) {
        return rule.equalsIgnoreCase(part.toString()) || rule.equalsIgnoreCase(part.name());
    }
}
