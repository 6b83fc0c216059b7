// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench directory}. */
@Command(
        name = "directory",
        description = "Exports users from a directory beside ldapsearch.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:everything was measured, whether or not the budget was kept",
            "16:a command failed, the exports differ, or the folder cannot be used",
            "64:the command line is wrong"
        })
final class DirectoryCommand implements Callable<Integer> {
    private static final int SMALLER = 10;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "Where it happens: new or empty. Its files stay.")
    private Path dir = Path.of("");

    @Option(names = "--users", defaultValue = "10000", description = "How many users the lab's directory has.")
    private int users;

    @Option(names = "--rounds", defaultValue = "3", description = "How often each is measured.")
    private int rounds;

    @ArgGroup(exclusive = false)
    private @Nullable Another another;

    @Spec
    private CommandSpec spec;

    /** Another server than the lab's. */
    static final class Another {
        @Option(
                names = "--url",
                required = true,
                description = "Another server than the lab's, ldaps://host; it has OCS in its configuration.")
        private String url = "";

        @Option(names = "--bind-dn", paramLabel = "DN", required = true, description = "Who may read there.")
        private String bindDn = "";

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                required = true,
                description = "Holds the password, without a line end.")
        private Path password = Path.of("");

        @Option(
                names = "--trust",
                paramLabel = "FILE",
                required = true,
                description = "The certificate to be trusted, PEM.")
        private Path trust = Path.of("");

        DirectoryServer server() {
            return new DirectoryServer(url, bindDn, password.toAbsolutePath(), trust.toAbsolutePath());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (users < SMALLER * SMALLER || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "bench: users are at least 100, rounds at least 1");
        }
        try {
            var folder = EmptyFolder.of(dir);
            var versions = List.of(
                    "poolkeeper: " + product().version().orElse("") + "; its export alone from its manifest",
                    "ldapsearch: " + ldapsearch() + ", -E pr=1000, one process a partition");
            var report = another == null ? lab(versions, folder) : server(versions, folder, another.server());
            spec.commandLine().getOut().println(report.text());
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("bench: " + e.getMessage());
            return 16;
        }
    }

    private static Poolkeeper product() {
        return new Poolkeeper(launcher());
    }

    private static Path launcher() {
        return Path.of(System.getProperty("poolkeeper.home", ""))
                .toAbsolutePath()
                .resolve("poolkeeper");
    }

    private static String ldapsearch() throws IOException, InterruptedException {
        return Version.of(List.of("ldapsearch", "-VV"))
                .orElseThrow(() -> new IOException(
                        "ldapsearch is not on this machine. HINT: install Debian's package ldap-utils"));
    }

    private DirectoryReport lab(List<String> versions, Path folder) throws IOException, InterruptedException {
        DirectoryRound smaller;
        var tenth = Files.createDirectories(folder.resolve("tenth"));
        say("a directory of %,d users".formatted(users / SMALLER));
        try (var lab = new DirectoryLab(users / SMALLER, tenth)) {
            smaller = measure(lab.server(), tenth, 1).get(0);
        }
        say("a directory of %,d users".formatted(users));
        try (var lab = new DirectoryLab(users, folder)) {
            var measured = measure(lab.server(), folder, rounds);
            return new DirectoryReport(versions, lab.paging(), measured, smaller);
        }
    }

    private DirectoryReport server(List<String> versions, Path folder, DirectoryServer server)
            throws IOException, InterruptedException {
        var measured = measure(server, folder, rounds);
        return new DirectoryReport(versions, "nobody watched the pages", measured, null);
    }

    private List<DirectoryRound> measure(DirectoryServer server, Path folder, int times)
            throws IOException, InterruptedException {
        return new DirectoryRounds(launcher(), server, folder, this::say).run(times);
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println("bench: " + sentence);
        spec.commandLine().getErr().flush();
    }
}
