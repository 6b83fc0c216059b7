// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.Method;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Names;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.SafeEnvironment;
import io.poolkeeper.tool.Tool;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has ntdsutil make a snapshot of this domain controller, to look up in it what was: it is mounted, and dsamain serves it to
 * ldifde. It stays where it was made, in the volume's shadow copies, and is no backup; the set holds a note of it. ntdsutil ends
 * with 0 whatever became of it, so only a snapshot that its list shows afterwards, and did not before, counts. None is ever
 * deleted here.
 */
final class CaptureSnapshot implements StepHandler {
    /** The artefact's name below the part's folder. */
    static final String NOTE = "snapshot.txt";

    /** More of ours than that are told of: they fill the shadow copies' storage. */
    static final int FEW = 5;

    private static final String BY_HAND =
            "run it by hand on the domain controller: may the account do it, and have the shadow copies room on its volume?";

    private final Site site;
    private final Clock clock;

    CaptureSnapshot(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    @Override
    public Output handle(Step step, Work work) {
        var tool = Tool.ntdsutil(site);
        if (!tool.startable()) {
            throw new PermanentFault(
                    "there is no program " + tool.program() + " on this host that this account may start",
                    "name under directory.worker the worker that runs on the domain controller, and under " + tool.key()
                            + " its program");
        }
        var before = Snapshots.ids(run(tool, List.of("list all"), work));
        var made = clock.instant();
        var said = run(tool, List.of("activate instance ntds", "create"), work);
        var list = run(tool, List.of("list all"), work);
        var id = Snapshots.ids(said).stream()
                .filter(Snapshots.ids(list)::contains)
                .filter(one -> !before.contains(one))
                .findFirst()
                .orElseThrow(() -> new PermanentFault(
                        "ntdsutil ended with 0, but its list shows no snapshot that it made. It printed: "
                                + lastWords(said),
                        BY_HAND));
        return captured(step, new Made(id, made, list), work);
    }

    private record Made(String id, Instant at, String list) {}

    private String run(Tool tool, List<String> dialogue, Work work) {
        var lines = new ArrayList<String>();
        lines.add("snapshot");
        lines.addAll(dialogue);
        lines.add("quit");
        lines.add("quit");
        var ended = new ToolRun(new SafeEnvironment(site)).run(tool.name(), tool.with(lines), Tool.folder(site), work);
        if (ended.exit() != 0) {
            throw new PermanentFault("ntdsutil ended with " + ended.exit() + ": " + ended.lastWords(), BY_HAND);
        }
        return ended.output();
    }

    private static String lastWords(String said) {
        var words = said.strip().replaceAll("\\s+", " ");
        return words.substring(Math.max(0, words.length() - 300));
    }

    private static Output.Captured captured(Step step, Made made, Work work) {
        var warnings = new ArrayList<String>();
        var ours = ours(made, work, warnings);
        if (ours.size() > FEW) {
            warnings.add(
                    "%d snapshots that Poolkeeper had made are still on the domain controller: %s. It deletes none; ntdsutil snapshot \"delete {..}\" quit quit does"
                            .formatted(ours.size(), String.join(", ", ours)));
        }
        var path = "directory/" + Names.encode(step.part().name()) + "/" + NOTE;
        try (var note = new ArtefactWriter(work.attemptFolder(), path)) {
            var text = note(made).getBytes(StandardCharsets.UTF_8);
            note.write(text, 0, text.length);
            var recorded = JsonNodeFactory.instance
                    .objectNode()
                    .put("snapshot", made.id())
                    .put("made", made.at().toString())
                    .put("listed", Snapshots.listed(made.list()).size());
            ours.forEach(recorded.putArray("ours")::add);
            return new Output.Captured(
                    List.of(note.finish()), recorded, Map.of(), Level.FULL, null, List.copyOf(warnings));
        }
    }

    /** Those in the list that this run or an earlier set recorded. */
    private static Set<String> ours(Made made, Work work, List<String> warnings) {
        var recorded = new LinkedHashSet<String>();
        recorded.add(made.id());
        var vault = new Vault(work.vault());
        try {
            for (var set : vault.sets()) {
                for (var part : vault.manifest(set).parts()) {
                    if (part.method() == Method.SNAPSHOT && part.recorded() != null) {
                        recorded.add(part.recorded().path("snapshot").asText());
                    }
                }
            }
        } catch (IOException | MalformedDocument e) {
            warnings.add("which older snapshots Poolkeeper made is not known: " + e.getMessage());
        }
        var ours = new LinkedHashSet<>(Snapshots.ids(made.list()));
        ours.retainAll(recorded);
        return ours;
    }

    private static String note(Made made) {
        return """
                Snapshot %1$s of Active Directory, made by ntdsutil at %2$s.

                It lies in the shadow copies of the domain controller's own volume: it is gone with that disk, and Windows drops
                the oldest when their storage is full. It is no backup. While it lives it can be looked into there:

                  ntdsutil snapshot "mount %1$s" quit quit
                  dsamain /dbpath <where it says it mounted>\\Windows\\NTDS\\ntds.dit /ldapport 51389
                  ldifde -f found.ldf -s localhost -t 51389 -d "<where to look>" -r "(objectClass=*)"
                  ntdsutil snapshot "unmount %1$s" quit quit

                All snapshots that ntdsutil listed then:

                %3$s
                """.formatted(made.id(), made.at(), made.list().strip()).replaceAll("\\R", "\r\n");
    }
}
