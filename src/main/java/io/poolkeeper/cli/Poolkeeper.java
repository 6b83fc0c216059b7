// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.cli;

import io.poolkeeper.app.BrokerUnreachable;
import io.poolkeeper.app.NotStarted;
import io.poolkeeper.plan.PartNames;
import io.poolkeeper.run.ExitCode;
import io.poolkeeper.schema.ConfigurationException;
import io.poolkeeper.web.RemoteCoordinator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code poolkeeper <verb>}. */
@Command(
        name = "poolkeeper",
        description = "Backs up an Office Communications Server deployment and proves that it can be restored.",
        subcommands = {
            InitVerb.class,
            ConfigVerb.class,
            CheckVerb.class,
            PlanVerb.class,
            BackupVerb.class,
            StatusVerb.class,
            ListVerb.class,
            ShowVerb.class,
            VerifyVerb.class,
            DrillVerb.class,
            RestoreVerb.class,
            TriggerVerb.class,
            CancelVerb.class,
            ScriptVerb.class,
            ServeVerb.class,
            WorkerVerb.class,
            BrokerVerb.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = ReleaseVersion.class,
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nThe lab (in a clone):%n",
        footer = {
            "  demo       Starts a whole lab site, backs it up, restores and compares it.",
            "  lab        Starts, stops or shows a lab site."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:all as policy asks",
            " 4:with warnings inside policy, each listed",
            " 8:a required or recommended part failed",
            "12:no required part captured, or no set published",
            "16:not started: configuration, pre-flight, permission, space",
            "20:evidence of damage",
            "24:could not conclude",
            "28:a drill did not meet its pass conditions",
            "32:deadline or time-out passed",
            "36:refused: a run of the plan is going on",
            "40:coordinator or broker unreachable",
            "64:the command line makes no sense",
            "70:an error of the program"
        })
public final class Poolkeeper {
    /** The lab's verbs come in a jar of their own; a JDK interface finds them, so that no code is shared. */
    private static final List<String> LAB_VERBS = List.of("demo", "lab", "bench");

    private Poolkeeper() {}

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        var exit = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(exit);
    }

    /** Runs one verb inside this process. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        if (args.length > 0 && LAB_VERBS.contains(args[0])) {
            return labVerb(out, err, args);
        }
        return commandLine(out, err).execute(args);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Poolkeeper())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Poolkeeper::wrongUsage)
                .setExecutionExceptionHandler((error, verb, parsed) -> failed(error, verb));
    }

    private static int labVerb(PrintWriter out, PrintWriter err, String... args) {
        for (var tool : ServiceLoader.load(ToolProvider.class)) {
            if (tool.getClass().getName().startsWith("io.poolkeeper.")
                    && tool.name().equals(args[0])) {
                return tool.run(out, err, List.of(args).subList(1, args.length).toArray(new String[0]));
            }
        }
        err.println("poolkeeper: the verb " + args[0]
                + " comes with the lab, and its jar is not here. HINT: use a clone of the repository");
        return ExitCode.USAGE.code();
    }

    private static int wrongUsage(CommandLine.ParameterException error, String[] args) {
        var verb = error.getCommandLine();
        verb.getErr().println("poolkeeper: " + error.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(error, verb.getErr());
        verb.getErr().println("HINT: " + verb.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.code();
    }

    private static int failed(Exception error, CommandLine verb) {
        verb.getErr()
                .println(error instanceof ConfigurationException ? error.getMessage() : "poolkeeper: " + text(error));
        return codeOf(error).code();
    }

    private static String text(Exception error) {
        if (isDisk(error)) {
            return "a file or folder cannot be used: " + error
                    + ". HINT: check the vault, its volume and its permissions";
        }
        return codeOf(error) == ExitCode.INTERNAL
                ? "an error of the program: " + error + ". HINT: report it with the log"
                : String.valueOf(error.getMessage());
    }

    private static boolean isDisk(Exception error) {
        return error instanceof IOException || error instanceof UncheckedIOException;
    }

    private static ExitCode codeOf(Exception error) {
        if (error instanceof ConfigurationException || error instanceof NotStarted || isDisk(error)) {
            return ExitCode.NOT_STARTED;
        }
        if (error instanceof RemoteCoordinator.Unreachable || error instanceof BrokerUnreachable) {
            return ExitCode.UNREACHABLE;
        }
        return error instanceof PartNames.NotOnePart || error instanceof WrongUsage
                ? ExitCode.USAGE
                : ExitCode.INTERNAL;
    }
}
