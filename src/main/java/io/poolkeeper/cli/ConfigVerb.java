// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.poolkeeper.notify.Table;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.ConfigurationException;
import io.poolkeeper.schema.Json;
import io.poolkeeper.site.SiteFile;
import picocli.CommandLine.Command;

/** {@code config validate|show}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks the site file, or shows what is in force.",
        subcommands = {ConfigVerb.Validate.class, ConfigVerb.Show.class})
final class ConfigVerb implements Runnable {
    @Override
    public void run() {
        throw new WrongUsage("config needs validate or show");
    }

    /** {@code config validate}: every problem at once. */
    @Command(
            name = "validate",
            description =
                    "Reports every problem of the site file with file, line, key and hint; exit 16 if there is one.")
    static final class Validate extends SiteVerb {
        @Override
        public Integer call() {
            try {
                var site = site();
                if (json()) {
                    line(JsonNodeFactory.instance
                            .objectNode()
                            .put("message_type", "validation")
                            .put("version", 1)
                            .put("valid", true)
                            .set("problems", Json.node(java.util.List.of())));
                } else {
                    out().println(siteFile() + " is valid: site " + site.name() + ", "
                            + site.catalogue().title());
                }
                return ExitCode.OK.code();
            } catch (ConfigurationException e) {
                if (!json()) {
                    throw e;
                }
                line(JsonNodeFactory.instance
                        .objectNode()
                        .put("message_type", "validation")
                        .put("version", 1)
                        .put("valid", false)
                        .set("problems", Json.node(e.problems())));
                return ExitCode.NOT_STARTED.code();
            }
        }
    }

    /** {@code config show}: effective values and where each came from. */
    @Command(name = "show", description = "Shows every value in force and where it came from; secrets are masked.")
    static final class Show extends SiteVerb {
        @Override
        public Integer call() {
            var values = SiteFile.effective(siteFile());
            if (json()) {
                values.forEach(value -> line(JsonNodeFactory.instance
                        .objectNode()
                        .put("message_type", "setting")
                        .put("version", 1)
                        .put("key", value.key())
                        .put("value", value.value())
                        .put("origin", value.origin())
                        .put("reference", value.reference())));
                return ExitCode.OK.code();
            }
            var table = new Table("KEY", "VALUE", "ORIGIN");
            values.forEach(value -> table.row(
                    value.key(),
                    value.value(),
                    value.reference() == null ? value.origin() : value.origin() + " (" + value.reference() + ")"));
            out().print(table.text());
            out().flush();
            return ExitCode.OK.code();
        }
    }
}
