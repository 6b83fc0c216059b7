// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.Json;
import io.poolkeeper.set.Vault;
import io.poolkeeper.settings.SettingsDifference;
import io.poolkeeper.step.StepFault;
import java.io.IOException;
import java.util.List;

/** Shows which settings have another value in one set than in another, a line each. */
final class SettingsChanges {
    private final SiteVerb verb;
    private final Vault vault;

    SettingsChanges(SiteVerb verb, Vault vault) {
        this.verb = verb;
        this.vault = vault;
    }

    /**
     * Prints them, part by part.
     *
     * @param comment whether they stand below LDIF, which has to stay LDIF
     */
    ExitCode between(String older, String newer, List<PartId> parts, boolean comment) throws IOException {
        for (var part : parts) {
            try {
                print(part, older, newer, SettingsDifference.between(vault, part, older, newer), comment ? "# " : "");
            } catch (SettingsDifference.NotComparable e) {
                verb.err()
                        .println("poolkeeper: " + part + ": " + e.getMessage()
                                + ". HINT: choose another set; 'list' shows them");
                verb.err().flush();
                return ExitCode.DAMAGE;
            } catch (StepFault e) {
                throw new NotStarted(e.getMessage() + ". HINT: " + e.hint(), e);
            }
        }
        return ExitCode.OK;
    }

    private void print(PartId part, String older, String newer, List<String> lines, String mark) {
        if (verb.json()) {
            var line = JsonNodeFactory.instance
                    .objectNode()
                    .put("message_type", "settings-difference")
                    .put("version", 1)
                    .put("part", part.toString())
                    .put("set", newer)
                    .put("from", older);
            line.set("lines", Json.node(lines));
            verb.line(line);
            return;
        }
        verb.out()
                .println(mark + part + ": " + lines.size() + (lines.size() == 1 ? " difference" : " differences")
                        + " since set " + older);
        lines.forEach(line -> verb.out().println(mark + "  " + line));
        verb.out().flush();
    }
}
