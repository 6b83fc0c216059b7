// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.set;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.site.AcceptedRisk;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import io.poolkeeper.step.Sizes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks whether the vault can take a set, whether others can read it, and whether it would survive what it protects. */
public final class PreflightVault {
    private static final String ABOUT = "vault";

    private final Site site;
    private final Vault vault;

    /** Looks at the vault of a site. */
    public PreflightVault(Site site) {
        this.site = site;
        this.vault = Vault.of(site);
    }

    /**
     * Looks at all but its free space.
     *
     * @param sources folders that the site protects, by what they are
     */
    public void look(Map<String, Path> sources, Findings findings) {
        tryOut(findings);
        holder(findings);
        place(sources, findings);
        for (var copy : site.vault().copies()) {
            findings.warning(
                    "vault.copies." + copy.name(),
                    "this release fills no copies: there is one vault and no second place",
                    "copy the site's folder of the vault by other means");
        }
    }

    private void tryOut(Findings findings) {
        try {
            var there = Files.isDirectory(vault.folder());
            var tried = FolderProbe.of(vault.folder());
            findings.ok(
                    ABOUT,
                    there
                            ? vault.folder() + " can be written, flushed, renamed and deleted in"
                            : vault.folder() + " is not there yet and can be made in " + tried.where());
            var wide = there ? FolderAccess.wide(vault.folder(), site.vault().readers()) : tried.wide();
            wide.ifPresent(who -> findings.problem(
                    ABOUT,
                    (there ? vault.folder().toString() : "what is made in " + tried.where()) + ": " + who,
                    "leave access to the account that runs Poolkeeper, and reading to vault.readers; sets hold password"
                            + " hashes, contacts and conversations"));
        } catch (IOException e) {
            findings.problem(
                    ABOUT,
                    "this account cannot keep files in " + vault.folder() + ": " + reason(e),
                    "is the volume mounted? Let the account that runs Poolkeeper modify that folder");
        }
    }

    private void holder(Findings findings) {
        try {
            VaultLock.holder(vault, Clock.systemUTC())
                    .ifPresent(holder -> findings.ok(
                            ABOUT,
                            "in use by the coordinator in process " + holder.pid() + " on " + holder.host()
                                    + ", state folder " + holder.state()));
        } catch (IOException e) {
            findings.unknown(ABOUT, "its lock cannot be read: " + reason(e), "check the permissions of the vault");
        }
    }

    private void place(Map<String, Path> sources, Findings findings) {
        try {
            var thisHost = InetAddress.getLocalHost().getHostName();
            var lies = placeOf(vault.folder(), thisHost);
            var volume = sources.entrySet().stream()
                    .filter(source -> isOn(lies, source.getValue(), thisHost))
                    .map(source -> "on the volume of " + source.getKey())
                    .findFirst();
            var beside = volume.or(() ->
                    lies.among(hosts(), thisHost).map(host -> "on the host " + host + ", which the site protects"));
            if (beside.isEmpty()) {
                findings.ok(ABOUT, "lies on " + lies.host() + ", which holds none of the sources");
                return;
            }
            var accepted = site.acceptedRisks().stream()
                    .filter(risk -> risk.risk() == AcceptedRisk.Risk.VAULT_BESIDE_SOURCE)
                    .findFirst();
            if (accepted.isPresent()) {
                findings.ok(
                        ABOUT,
                        "lies " + beside.get() + "; accepted: " + accepted.get().reason());
            } else {
                findings.problem(
                        ABOUT,
                        "lies " + beside.get() + ": what destroys the source destroys its backups",
                        "move the vault to another host, or accept the risk vault-beside-source under acceptRisk");
            }
        } catch (IOException e) {
            findings.unknown(ABOUT, "where it lies cannot be found out: " + reason(e), "check the vault's volume");
        }
    }

    private static VaultPlace placeOf(Path folder, String thisHost) throws IOException {
        var store = Files.getFileStore(FolderProbe.nearest(folder));
        return VaultPlace.of(folder.toString(), store.name(), thisHost);
    }

    private static boolean isOn(VaultPlace lies, Path source, String thisHost) {
        try {
            return placeOf(source, thisHost).equals(lies);
        } catch (IOException e) {
            return false; // what is said about the source itself tells more
        }
    }

    private List<String> hosts() {
        var hosts = new ArrayList<String>();
        site.pools().forEach(pool -> pool.servers().forEach(server -> hosts.add(server.fqdn())));
        site.sources().values().forEach(source -> hosts.add(source.host()));
        hosts.removeIf(String::isEmpty);
        return hosts;
    }

    /**
     * Looks whether a full set fits.
     *
     * @param databases bytes of the databases' data files; 0 if nobody could find out
     */
    public void space(long databases, Findings findings) {
        try {
            var free = Files.getFileStore(FolderProbe.nearest(vault.folder())).getUsableSpace();
            var last = lastFull();
            space(free, databases, last, findings);
        } catch (IOException | MalformedDocument e) {
            findings.unknown(
                    ABOUT, "its free space cannot be judged: " + e.getMessage(), "run 'verify', or look by hand");
        }
    }

    /**
     * What the figures mean.
     *
     * @param last bytes of the newest full set of the whole site; 0 if there is none
     */
    static void space(long free, long databases, long last, Findings findings) {
        var need = Math.max(databases, last);
        var figures = Sizes.text(free) + " free; "
                + (last > 0
                        ? "the newest full set takes " + Sizes.text(last)
                        : "no full set yet, so shares are not counted")
                + (databases > 0 ? "; data files of the databases: " + Sizes.text(databases) : "");
        if (need == 0) {
            findings.unknown(ABOUT, figures + "; nobody knows what a set will take", "mend what is said about sql");
        } else if (free < need) {
            findings.problem(ABOUT, figures, "free space in the vault, or give it a larger volume");
        } else {
            findings.ok(ABOUT, figures);
        }
    }

    private long lastFull() throws IOException {
        var sets = vault.sets();
        for (var i = sets.size() - 1; i >= 0; i--) {
            var manifest = vault.manifest(sets.get(i));
            if (manifest.whole() && manifest.level() == Level.FULL) {
                return manifest.parts().stream().mapToLong(Manifest.Part::bytes).sum();
            }
        }
        return 0;
    }

    private static String reason(IOException error) {
        return error.getClass().getSimpleName() + " " + error.getMessage();
    }
}
