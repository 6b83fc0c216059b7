// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.schema.Json;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SiteFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all verbs share that are about a site. */
@Command(mixinStandardHelpOptions = true)
abstract class SiteVerb implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "SITE.YAML",
            description = "The site file (default: $POOLKEEPER_SITE, else site.yaml).",
            defaultValue = "${env:POOLKEEPER_SITE:-site.yaml}")
    private Path siteFile = Path.of("site.yaml");

    @Option(names = "--json", description = "Results as JSON lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    Path siteFile() {
        return siteFile;
    }

    Site site() {
        return SiteFile.read(siteFile);
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    void line(Object object) {
        out().println(Json.line(object));
        out().flush();
    }
}
