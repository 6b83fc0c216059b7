// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.database.RestorePreview;
import io.poolkeeper.run.Course;
import io.poolkeeper.run.Request;
import io.poolkeeper.run.SetChoice;
import io.poolkeeper.schema.Json;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Names;
import io.poolkeeper.set.ObservedBackup;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.set.Vault;
import io.poolkeeper.share.SharePreview;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a restore would do, part by part, and what speaks against it. */
final class RestorePlan {
    private final Site site;
    private final Request request;
    private final Vault vault;
    private final List<Line> lines = new ArrayList<>();

    /**
     * What one part is restored from.
     *
     * @param set null if nothing reaches back to the wanted time
     * @param stopAt where its log is stopped, ISO 8601 UTC; null if all of it is restored
     * @param where the instance and database, or the folder
     * @param lost what is there and would be lost; null if nothing is
     * @param refused why it cannot be restored; null if nothing speaks against it
     * @param statements what SQL Server would be told
     */
    record Line(
            String part,
            @Nullable String set,
            @Nullable String stopAt,
            String where,
            List<Link> chain,
            @Nullable String lost,
            @Nullable String refused,
            List<String> statements) {}

    /** One set that is read. */
    record Link(String set, String level, long bytes, List<String> files) {}

    /**
     * Plans a restore.
     *
     * @throws NotStarted if the vault cannot answer what is asked for
     */
    RestorePlan(Site site, Request request) {
        this.site = site;
        this.request = request;
        this.vault = Vault.of(site);
        try {
            new SetChoice(vault).of(request, false).forEach(choice -> lines.add(line(choice)));
        } catch (Course.CannotPlan e) {
            throw new NotStarted(String.valueOf(e.getMessage()));
        }
        if (lines.isEmpty()) {
            throw new NotStarted("the vault holds nothing of that. HINT: 'list' shows its sets");
        }
    }

    private Line line(SetChoice.Chosen choice) {
        if (choice.set() == null) {
            return refused(choice, "no set holds it as it was at " + request.at() + ". HINT: 'list' shows the sets");
        }
        var kind = choice.part().kind();
        if (request.place() != Place.BESIDE && kind != Kind.DATABASE && kind != Kind.SHARE) {
            return refused(
                    choice,
                    "it is restored into a folder, not in place. HINT: name a folder with --to, or databases and shares"
                            + " alone with --part");
        }
        try {
            return line(choice, stored(choice));
        } catch (StepFault e) {
            return refused(choice, e.getMessage() + ". HINT: " + e.hint());
        } catch (StoredChain.Broken | IOException | MalformedDocument e) {
            return refused(choice, "set " + choice.set() + " cannot be used: " + e.getMessage());
        }
    }

    private StoredPart stored(SetChoice.Chosen choice) throws IOException {
        var set = Objects.requireNonNull(choice.set());
        var manifest = vault.manifest(set);
        var part = manifest.part(choice.part())
                .orElseThrow(() -> new MalformedDocument("its manifest does not know " + choice.part()));
        return new StoredPart(vault, vault.set(set), manifest, part);
    }

    private Line line(SetChoice.Chosen choice, StoredPart stored) throws StoredChain.Broken, IOException {
        var elsewhere = ObservedBackup.of(stored.part());
        if (elsewhere.isPresent()) {
            return refused(choice, elsewhere.get().told() + ". HINT: restore it with that product");
        }
        var chain = StoredChain.of(stored).stream().map(RestorePlan::link).toList();
        var stopAt = choice.stopAt() == null ? null : choice.stopAt().toString();
        if (request.place() == Place.BESIDE) {
            var where = choice.part().kind() == Kind.DATABASE
                    ? "another name on the instance for drills"
                    : String.valueOf(request.target());
            return new Line(choice.part().toString(), choice.set(), stopAt, where, chain, null, null, List.of());
        }
        if (choice.part().kind() == Kind.SHARE) {
            return share(choice, stored, chain);
        }
        var preview = new RestorePreview(site).of(stored, request.place(), choice.stopAt());
        var refused = preview.lost() != null && request.place() == Place.IN_PLACE
                ? preview.lost() + ". HINT: --overwrite restores over it; " + preview.keep()
                : null;
        return new Line(
                choice.part().toString(),
                choice.set(),
                stopAt,
                preview.where(),
                chain,
                preview.lost(),
                refused,
                preview.statements());
    }

    private Line share(SetChoice.Chosen choice, StoredPart stored, List<Link> chain) throws IOException {
        var where = request.target() == null
                ? SharePreview.inPlace(site, choice.part())
                : Path.of(request.target())
                        .resolve(choice.part().kind().word())
                        .resolve(Names.encode(choice.part().name()));
        var preview = SharePreview.of(stored, where, request.path());
        var refused = request.place() == Place.IN_PLACE && !preview.empty()
                ? where + " is not empty. HINT: --overwrite replaces files of the same names; others stay"
                : null;
        return new Line(
                choice.part().toString(),
                choice.set(),
                null,
                where.toString(),
                chain,
                preview.lost(),
                refused,
                List.of());
    }

    private static Link link(StoredPart stored) {
        return new Link(
                stored.manifest().set(),
                stored.part().level() == null ? "full" : stored.part().level().word(),
                stored.part().bytes(),
                stored.part().artefacts().stream().map(file -> file.path()).toList());
    }

    private static Line refused(SetChoice.Chosen choice, String why) {
        return new Line(choice.part().toString(), choice.set(), null, "", List.of(), null, why, List.of());
    }

    /** Why nothing of it may begin; all reasons at once. */
    Optional<String> refusal() {
        var reasons = lines.stream()
                .filter(line -> line.refused() != null)
                .map(line -> line.part() + ": " + line.refused())
                .toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("\npoolkeeper: ", reasons));
    }

    /** What will be lost. */
    List<String> losses() {
        return lines.stream()
                .filter(line -> line.lost() != null)
                .map(line -> line.part() + ": " + line.lost())
                .toList();
    }

    ObjectNode json() {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("message_type", "restore-plan")
                .put("version", 1)
                .put("site", site.name())
                .put("place", request.place().word());
        node.set("parts", Json.node(lines));
        return node;
    }

    String text() {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line.part()).append('\n');
            for (var link : line.chain()) {
                text.append("  from set ")
                        .append(link.set())
                        .append(" (")
                        .append(link.level())
                        .append(", ")
                        .append(link.bytes())
                        .append(" bytes)\n");
            }
            if (!line.chain().isEmpty()) {
                text.append("  to ").append(line.where());
                text.append(line.stopAt() == null ? "" : " as it was at " + line.stopAt())
                        .append('\n');
            }
            if (line.lost() != null) {
                text.append("  LOST: ").append(line.lost()).append('\n');
            }
            line.statements()
                    .forEach(statement -> text.append("    ").append(statement).append(";\n"));
        }
        return text.toString();
    }
}
