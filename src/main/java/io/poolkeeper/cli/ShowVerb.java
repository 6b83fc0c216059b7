// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.notify.Table;
import io.poolkeeper.plan.PartNames;
import io.poolkeeper.proof.Prover;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Evidence;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show SET}: what a set holds and what was found about it. */
@Command(name = "show", description = "Shows what a set holds, part by part, and what was found about it.")
final class ShowVerb extends SiteVerb {
    @Parameters(index = "0", paramLabel = "SET", description = "A set's id, or 'latest'.")
    private String set = "latest";

    @Option(
            names = "--since",
            paramLabel = "SET",
            description = "Shows instead what has changed since that set: in the directory as LDIF change records, in"
                    + " settings a line for each value.")
    private @Nullable String since;

    @Option(names = "--part", paramLabel = "PART", description = "Of --since, this part alone; may be repeated.")
    private List<String> parts = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        var site = site();
        var vault = Vault.of(site);
        var id = id(vault, set);
        if (since == null && !parts.isEmpty()) {
            throw new WrongUsage("--part narrows --since. HINT: name a set with --since");
        }
        try {
            if (since != null) {
                return since(site, vault, id(vault, since), id);
            }
            show(site, vault, vault.manifest(id));
            return ExitCode.OK.code();
        } catch (NoSuchFileException e) {
            return damaged(id, e.getFile() + " is gone");
        } catch (MalformedDocument e) {
            return damaged(id, e.getMessage());
        }
    }

    /** What can be compared: exports of the directory by ourselves, and of settings by LCSCmd. */
    private int since(Site site, Vault vault, String older, String newer) throws IOException {
        var held = vault.manifest(newer).parts().stream()
                .filter(Manifest.Part::captured)
                .filter(part -> part.method().isLdif() || part.method() == Method.LCSCMD)
                .map(Manifest.Part::part)
                .toList();
        var wanted = wanted(held);
        if (wanted.isEmpty()) {
            throw new NotStarted("set " + newer + " holds no export of the directory and none of settings by LCSCmd."
                    + " HINT: 'list' shows the sets");
        }
        var directories =
                wanted.stream().filter(part -> part.kind() == Kind.DIRECTORY).toList();
        var settings =
                wanted.stream().filter(part -> part.kind() == Kind.SETTINGS).toList();
        var exit = new DirectoryDifference(this, site).between(older, newer, directories);
        return exit == ExitCode.OK
                ? new SettingsChanges(this, vault)
                        .between(older, newer, settings, !directories.isEmpty())
                        .code()
                : exit.code();
    }

    private List<PartId> wanted(List<PartId> held) {
        try {
            return parts.isEmpty() ? held : PartNames.resolve(parts, held);
        } catch (PartNames.NotOnePart e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private int damaged(String id, @Nullable String what) {
        err().println("poolkeeper: the manifest of " + id + " is damaged: " + what + ". HINT: 'verify --set " + id
                + "' tells more");
        return ExitCode.DAMAGE.code();
    }

    private static String id(Vault vault, String set) throws IOException {
        var sets = vault.sets();
        if (set.equals("latest") && !sets.isEmpty()) {
            return sets.get(sets.size() - 1);
        }
        if (!sets.contains(set)) {
            throw new WrongUsage("there is no set " + set + ". HINT: 'list' shows those that there are");
        }
        return set;
    }

    private void show(Site site, Vault vault, Manifest manifest) throws IOException {
        var findings = new Outline(vault).findings(manifest.set());
        if (json()) {
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "set-details")
                    .put("version", 1);
            line.set("manifest", Json.node(manifest));
            line.set(
                    "evidence",
                    Json.node(vault.evidence(manifest.set()).stream()
                            .filter(evidence -> !evidence.findings().isEmpty())
                            .toList()));
            line(line);
            return;
        }
        out().println("set " + manifest.set() + " of " + manifest.site() + ", "
                + manifest.level().word() + ", captured " + manifest.started() + " to " + manifest.finished());
        var table = new Table("OUTCOME", "PART", "DISPOSITION", "BYTES", "VERDICT", "WHY");
        for (var part : manifest.parts()) {
            var finding = findings.get(part.part());
            table.row(
                    part.disposition().expected() ? part.outcome().name() : "-",
                    part.part().toString(),
                    part.disposition().word(),
                    part.captured() ? Long.toString(part.bytes()) : "",
                    text(finding),
                    why(part));
        }
        out().print(table.text());
        new Outline(vault).coherence(manifest.set()).ifPresent(this::coherence);
        if (manifest.parts().stream().anyMatch(part -> part.kind() == Kind.DIRECTORY)) {
            var age = new Prover(site, vault).at(Instant.now()).directory();
            if (age != null) {
                out().println("today: " + age);
            }
        }
        out().flush();
    }

    private void coherence(Evidence.Finding found) {
        out().println("parts fit each other: " + found.verdict()
                + (found.reason() == null ? "" : ", " + found.reason()));
        found.damages().forEach(mismatch -> out().println("  " + mismatch.file() + " " + mismatch.what()));
    }

    private static String why(Manifest.Part part) {
        var elsewhere = ObservedBackup.of(part).map(ObservedBackup::told).orElse("");
        if (part.cause() != null) {
            return part.cause() + (elsewhere.isEmpty() ? "" : "; " + elsewhere);
        }
        return part.captured() || !elsewhere.isEmpty() ? elsewhere : String.valueOf(part.reason());
    }

    private static String text(Evidence.@Nullable Finding finding) {
        return finding == null ? "" : finding.verdict() + " " + finding.depth().word();
    }
}
