// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.SetChoice;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.MediaCheck;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.Vault;
import io.poolkeeper.settings.SettingsImport;
import io.poolkeeper.site.Pool;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.tool.Unattended;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows how settings and user data would be imported from a set, and what that would change. */
final class SettingsRestore {
    private final SiteVerb verb;
    private final Site site;
    private final Vault vault;

    SettingsRestore(SiteVerb verb, Site site) {
        this.verb = verb;
        this.site = site;
        this.vault = Vault.of(site);
    }

    /**
     * The settings that a request is about; none if it is about other parts.
     *
     * @throws WrongUsage if it is about both
     */
    List<SetChoice.Chosen> chosen(Request request) {
        return PartsOfOneKind.of(
                vault,
                request,
                Kind.SETTINGS,
                "settings are imported by the product's own tool, and other parts are restored. HINT:"
                        + " name settings alone with --part, or a folder for all parts with --to");
    }

    /**
     * Prints for each part the command that would import it, and what that would change.
     *
     * @param apply whether it is about to be done: then to stderr, and what cannot be done is refused
     */
    ExitCode show(List<SetChoice.Chosen> parts, boolean apply) {
        for (var choice : parts) {
            try {
                var stored = stored(choice);
                var damages = new ArrayList<>(PartCheck.againstLedger(stored));
                var media = MediaCheck.of(
                        stored.setFolder(), stored.part().artefacts(), new Unattended(Duration.ofMinutes(10)));
                damages.addAll(media.damages());
                if (media.unknown() != null) {
                    throw new IOException(media.unknown());
                }
                if (!damages.isEmpty()) {
                    verb.err()
                            .println("poolkeeper: set " + choice.set() + " is damaged: "
                                    + damages.get(0).file() + " "
                                    + damages.get(0).what()
                                    + ". HINT: choose another set; 'list' shows them");
                    verb.err().flush();
                    return ExitCode.DAMAGE;
                }
                requireHere(choice.part(), apply);
                show(choice, stored, apply);
            } catch (StepFault e) {
                throw new NotStarted(e.getMessage() + ". HINT: " + e.hint(), e);
            } catch (MalformedDocument | IOException e) {
                throw new NotStarted("the vault cannot be used: " + e.getMessage() + ". HINT: 'verify' tells more", e);
            }
        }
        return ExitCode.OK;
    }

    private StoredPart stored(SetChoice.Chosen choice) throws IOException {
        var set = choice.set();
        if (set == null) {
            throw new NotStarted("no set holds " + choice.part() + " as it was then. HINT: 'list' shows the sets");
        }
        var manifest = vault.manifest(set);
        var part = manifest.part(choice.part())
                .filter(Manifest.Part::captured)
                .filter(held -> held.method() == Method.LCSCMD || held.method() == Method.DBIMPEXP)
                .orElseThrow(() -> new NotStarted("set " + set + " holds no export of " + choice.part()
                        + " by the product's own tool. HINT: 'show " + set + "' tells why"));
        return new StoredPart(vault, vault.set(set), manifest, part);
    }

    /** LCSCmd writes on the machine on which it runs. */
    private void requireHere(PartId part, boolean apply) {
        var elsewhere = site.pools().stream()
                .flatMap(pool -> pool.servers().stream())
                .filter(server -> server.fqdn().equalsIgnoreCase(part.leaf()))
                .map(Pool.Server::worker)
                .filter(worker -> !worker.equals(Site.LOCAL))
                .findFirst();
        if (apply && elsewhere.isPresent()) {
            throw new NotStarted(part + " is imported on worker " + elsewhere.get()
                    + ", which is not this one. HINT: without --apply the command is printed; run it there");
        }
    }

    private void show(SetChoice.Chosen choice, StoredPart stored, boolean apply) {
        var way = new SettingsImport(site, choice.part());
        var file = stored.setFolder().resolve(stored.part().artefacts().get(0).path());
        List<String> lines = List.of();
        String unknown = null;
        try {
            lines = way.preview(stored);
        } catch (StepFault e) {
            unknown = "what is there now could not be exported, so nobody knows what would change: " + e.getMessage();
        }
        if (verb.json() && !apply) {
            verb.line(json(choice, way, way.command(file), lines, unknown));
            return;
        }
        var out = apply ? verb.err() : verb.out();
        var mark = apply ? "poolkeeper: " : "";
        out.println(mark + choice.part() + " from set " + choice.set());
        if (unknown == null) {
            out.println(mark + "  would change: " + (lines.isEmpty() ? "nothing" : ""));
            lines.forEach(line -> out.println(mark + "    " + line));
        } else {
            out.println(mark + "  UNKNOWN: " + unknown);
        }
        out.println(mark + "  by: " + way.command(file));
        out.println(mark + "  " + way.unverified());
        out.flush();
    }

    private static Object json(
            SetChoice.Chosen choice, SettingsImport way, String command, List<String> lines, @Nullable String unknown) {
        var line = JsonNodeFactory.instance
                .objectNode()
                .put("message_type", "settings-difference")
                .put("version", 1)
                .put("part", choice.part().toString())
                .put("set", choice.set())
                .put("from", "now")
                .put("unknown", unknown)
                .put("command", command)
                .put("unverified", way.unverified());
        line.set("lines", Json.node(lines));
        return line;
    }
}
