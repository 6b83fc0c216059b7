// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.directory.DirectoryChanges;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.SetChoice;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows how the directory differs from a set, and one set from another. */
final class DirectoryDifference {
    private final SiteVerb verb;
    private final Site site;
    private final Vault vault;

    DirectoryDifference(SiteVerb verb, Site site) {
        this.verb = verb;
        this.site = site;
        this.vault = Vault.of(site);
    }

    /** What somebody reads of it. */
    private interface Difference {
        DirectoryChanges find() throws DirectoryChanges.Damaged, IOException;
    }

    /**
     * The directory parts that a request is about; none if it is about others.
     *
     * @throws WrongUsage if it is about both
     */
    List<SetChoice.Chosen> chosen(Request request) {
        return PartsOfOneKind.of(
                vault,
                request,
                Kind.DIRECTORY,
                "of the directory its differences are shown, and other parts are restored. HINT: name"
                        + " the directory alone with --part, or a folder for all parts with --to");
    }

    /** Prints what would bring the directory to what each part's set holds. */
    int show(List<SetChoice.Chosen> parts, @Nullable String path) {
        for (var choice : parts) {
            var exit = print(() -> againstLive(choice, path, false));
            if (exit != ExitCode.OK) {
                return exit.code();
            }
        }
        return ExitCode.OK.code();
    }

    /**
     * Says what bringing back one object would take away.
     *
     * @return why it cannot be begun; {@link ExitCode#OK} if nothing speaks against it
     */
    ExitCode announce(SetChoice.Chosen choice, String path) {
        return with(() -> againstLive(choice, path, true), changes -> {
            changes.losses().forEach(loss -> verb.err().println("poolkeeper: LOST: " + loss));
            verb.err().flush();
        });
    }

    /** Prints what leads from one set to another. */
    ExitCode between(String older, String newer, List<PartId> parts) {
        var exit = ExitCode.OK;
        for (var part : parts) {
            if (exit == ExitCode.OK) {
                exit = print(() -> DirectoryChanges.between(stored(older, part), stored(newer, part)));
            }
        }
        return exit;
    }

    private DirectoryChanges againstLive(SetChoice.Chosen choice, @Nullable String path, boolean one)
            throws DirectoryChanges.Damaged, IOException {
        var set = choice.set();
        if (set == null) {
            throw new NotStarted("no set holds " + choice.part() + " as it was then. HINT: 'list' shows the sets");
        }
        var stored = stored(set, choice.part());
        var changes = path != null && one
                ? DirectoryChanges.ofObject(site, stored, path)
                : DirectoryChanges.againstLive(site, stored, path);
        if (path != null && !changes.isAboutSomething()) {
            throw new NotStarted("neither set " + set + " nor the directory has an object that --path " + path
                    + " names. HINT: "
                    + (one
                            ? "--apply needs its whole distinguished name; without it, all that differ are shown"
                            : "write a whole distinguished name, or * for what may stand there"));
        }
        return changes;
    }

    private StoredPart stored(String set, PartId id) throws IOException {
        var manifest = vault.manifest(set);
        var part = manifest.part(id).filter(Manifest.Part::captured);
        if (part.isEmpty() || !part.get().method().isLdif()) {
            throw new NotStarted("set " + set + " holds no LDIF of " + id + ". HINT: 'show " + set + "' tells why");
        }
        return new StoredPart(vault, vault.set(set), manifest, part.get());
    }

    private ExitCode print(Difference difference) {
        return with(difference, changes -> {
            if (verb.json()) {
                changes.lines().forEach(verb::line);
            } else {
                changes.writeLdif(verb.out());
            }
            changes.account().forEach(line -> verb.err().println("poolkeeper: " + line));
            verb.err().flush();
        });
    }

    private interface Use {
        void of(DirectoryChanges changes);
    }

    private ExitCode with(Difference difference, Use use) {
        try {
            use.of(difference.find());
            return ExitCode.OK;
        } catch (DirectoryChanges.Damaged e) {
            verb.err().println("poolkeeper: " + e.getMessage() + ". HINT: choose another set; 'list' shows them");
            return ExitCode.DAMAGE;
        } catch (StepFault e) {
            throw new NotStarted(e.getMessage() + ". HINT: " + e.hint(), e);
        } catch (MalformedDocument | IOException e) {
            throw new NotStarted("the vault cannot be used: " + e.getMessage() + ". HINT: 'verify' tells more", e);
        }
    }
}
