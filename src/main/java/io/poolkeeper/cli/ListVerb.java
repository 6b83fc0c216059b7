// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.notify.Table;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code list}: the sets in the vault. */
@Command(
        name = "list",
        description = "Lists the sets in the vault, newest last, with what the evidence says about them.")
final class ListVerb extends SiteVerb {
    @Override
    public Integer call() throws IOException {
        var vault = Vault.of(site());
        var outline = new Outline(vault);
        var table = new Table("SET", "PLAN", "LEVEL", "PARTS", "BYTES", "VERDICT");
        for (var set : vault.sets()) {
            try {
                var manifest = vault.manifest(set);
                var verdict = outline.verdict(set).name();
                var parts =
                        manifest.parts().stream().filter(Manifest.Part::held).count();
                var bytes = manifest.parts().stream()
                        .mapToLong(Manifest.Part::bytes)
                        .sum();
                table.row(
                        set,
                        manifest.plan(),
                        manifest.level().word(),
                        Long.toString(parts),
                        Long.toString(bytes),
                        verdict);
                json(set, manifest.plan(), manifest.level().word(), parts, bytes, verdict);
            } catch (IOException | MalformedDocument e) {
                table.row(set, "?", "?", "?", "?", "SUSPECT: the manifest cannot be used: " + e.getMessage());
                json(set, "?", "?", 0, 0, "SUSPECT");
            }
        }
        if (!json()) {
            out().print(table.text());
        }
        out().flush();
        return ExitCode.OK.code();
    }

    private void json(String set, String plan, String level, long parts, long bytes, String verdict) {
        if (json()) {
            line(JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "set")
                    .put("version", 1)
                    .put("set", set)
                    .put("plan", plan)
                    .put("level", level)
                    .put("parts", parts)
                    .put("bytes", bytes)
                    .put("verdict", verdict));
        }
    }
}
