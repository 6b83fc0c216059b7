// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.catalogue.Kind;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.site.OwnCommand;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Work;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the company's own command for a part, as this host's site file has it. It learns in its environment what it is asked for; what
 * it prints is kept in the log.
 */
public final class CompanyCommand {
    private static final Logger LOG = LoggerFactory.getLogger(CompanyCommand.class);

    private final Site site;
    private final PartId part;
    private final OwnCommand command;

    /** That of a part. */
    public CompanyCommand(Site site, PartId part, OwnCommand command) {
        this.site = site;
        this.part = part;
        this.command = command;
    }

    /** The program that backs up, as the site file names it. */
    public Tool backup() {
        return tool("backup", command.backup());
    }

    /** The program that verifies; not configured if there is none. */
    public Tool verify() {
        return tool("verify", command.verify());
    }

    private Tool tool(String key, List<String> words) {
        return new Tool("command " + key + " of " + part, OwnCommand.key(part) + "." + key, words, Tool.folder(site));
    }

    /**
     * Runs one of them to its end.
     *
     * @param result where what it leaves lies, or shall lie
     * @throws io.poolkeeper.step.StepFault if it cannot be started, took too long, or the run was cancelled
     */
    public ToolRun.Ended run(Tool tool, Step step, Path result, Work work) {
        var limited = command.atMost().map(most -> Limited.to(most, work)).orElse(work);
        var ended = new ToolRun(new SafeEnvironment(site))
                .run(tool.name(), tool.with(List.of()), Tool.folder(site), environment(step, result), limited);
        LOG.info("{} ended with {} in run {}; it printed: {}", tool.name(), ended.exit(), step.run(), ended.output());
        return ended;
    }

    private Map<String, String> environment(Step step, Path result) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("POOLKEEPER_SITE", site.name());
        environment.put("POOLKEEPER_RUN", step.run());
        environment.put("POOLKEEPER_SET", step.requiredSet());
        environment.put("POOLKEEPER_PART", part.toString());
        environment.put("POOLKEEPER_RESULT", result.toString());
        path().ifPresent(path -> environment.put("POOLKEEPER_PATH", path.toString()));
        return environment;
    }

    private Optional<Path> path() {
        return part.kind() == Kind.SHARE
                ? Optional.ofNullable(site.shares().get(part.name())).flatMap(share -> share.path())
                : Optional.empty();
    }
}
