// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import io.poolkeeper.lab.shares.ContentTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench shares}. */
@Command(
        name = "shares",
        description = "Backs up and restores a tree of files beside restic, borg, rsync and tar.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        exitCodeOnExecutionException = 70,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:everything was measured, whether or not a budget was kept",
            "16:a command failed, or the folder cannot be used",
            "64:the command line is wrong"
        })
final class SharesCommand implements Callable<Integer> {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "Where it happens: new or empty, with room for eight times the tree. Its files stay.")
    private Path dir = Path.of("");

    @Option(
            names = "--kind",
            defaultValue = "meeting",
            description =
                    "meeting: like meeting content; text: all has to be compressed; small: a few hundred bytes each.")
    private ContentTree.Kind kind = ContentTree.Kind.MEETING;

    @Option(names = "--files", defaultValue = "60000", description = "How many files the tree has.")
    private int files;

    @Option(names = "--megabytes", defaultValue = "1600", description = "How large the tree is, in 10^6 bytes.")
    private long megabytes;

    @Option(names = "--rounds", defaultValue = "3", description = "How often each is measured.")
    private int rounds;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "PEER",
            defaultValue = "restic,borg,rsync,tar",
            description = "Which of restic, borg, rsync and tar; those that are not there are left out.")
    private List<Peer> peers = List.of();

    @Option(names = "--chart", paramLabel = "FILE", description = "Also draws the medians as an SVG file.")
    private @Nullable Path chart;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (files < 1 || rounds < 1 || megabytes < 1) {
            throw new ParameterException(spec.commandLine(), "bench: files, megabytes and rounds are at least 1");
        }
        try {
            var folder = EmptyFolder.of(dir);
            var contenders = contenders();
            var versions = new LinkedHashMap<String, String>();
            for (var contender : contenders) {
                versions.put(contender.title(), contender.version().orElseThrow());
            }
            var measured = new Rounds(contenders, folder, this::say)
                    .run(new ContentTree(kind, files, megabytes * 1_000_000), rounds);
            spec.commandLine().getOut().println(new SharesReport(versions, measured).text());
            if (chart != null) {
                Files.writeString(chart, Chart.of(List.copyOf(versions.keySet()), measured));
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("bench: " + e.getMessage());
            return 16;
        }
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        var all = new ArrayList<Contender>();
        all.add(new Poolkeeper(Path.of(System.getProperty("poolkeeper.home", ""))
                .toAbsolutePath()
                .resolve("poolkeeper")));
        for (var peer : peers) {
            if (peer.version().isPresent()) {
                all.add(peer);
            } else {
                say(peer.title() + " is not on this machine and is left out");
            }
        }
        return all;
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println("bench: " + sentence);
        spec.commandLine().getErr().flush();
    }
}
