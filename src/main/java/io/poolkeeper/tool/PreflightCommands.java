// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.OwnCommand;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Findings;
import java.nio.file.Files;

/** Looks whether the company's own commands could be started on this host; starts none. */
public final class PreflightCommands {
    private PreflightCommands() {}

    /** Looks at that of a share. */
    public static void look(Site site, String share, Findings findings) {
        var part = new PartId(Kind.SHARE, share);
        site.command(part).ifPresent(command -> look(site, part, command, findings));
    }

    private static void look(Site site, PartId part, OwnCommand command, Findings findings) {
        var own = new CompanyCommand(site, part, command);
        startable(own.backup(), findings);
        if (!command.verify().isEmpty()) {
            startable(own.verify(), findings);
        }
        command.result()
                .filter(result -> !Files.exists(result))
                .ifPresent(result -> findings.warning(
                        OwnCommand.key(part) + ".result",
                        "there is no " + result + " yet",
                        "it must be there when the command has ended: check the path"));
    }

    private static void startable(Tool tool, Findings findings) {
        if (tool.startable()) {
            findings.ok(tool.key(), tool.program() + " can be started; it was not");
        } else {
            findings.problem(
                    tool.key(),
                    "there is no program " + tool.program() + " on this host that this account may start",
                    "write its whole path as the first item of the list");
        }
    }
}
