// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.bench;

import io.poolkeeper.lab.shares.ContentTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures all contenders, task by task, in as many rounds as asked for. Each round begins with empty repositories, and another
 * contender comes first. Before each command what was written before is flushed to the disk; the tree itself is in memory,
 * because the round before has read it.
 */
final class Rounds {
    private final List<Contender> contenders;
    private final Path folder;
    private final Consumer<String> story;
    private final Stopwatch stopwatch;

    /**
     * Prepares.
     *
     * @param folder empty; everything happens in it
     * @param story hears what is being done
     */
    Rounds(List<Contender> contenders, Path folder, Consumer<String> story) {
        this.contenders = contenders;
        this.folder = folder;
        this.story = story;
        this.stopwatch = new Stopwatch(folder.resolve("output.log"));
    }

    /**
     * Writes the tree and measures.
     *
     * @throws IOException if a command fails, or restores something else than there was
     */
    List<Round> run(ContentTree content, int rounds) throws IOException, InterruptedException {
        var tree = folder.resolve("tree");
        story.accept("writing the tree");
        content.write(tree);
        var expected = Size.of(tree);
        story.accept(expected.toString());
        read(tree);
        var measured = new ArrayList<Round>();
        for (var i = 0; i < rounds; i++) {
            measured.add(round(tree, expected, i));
        }
        return measured;
    }

    private Round round(Path tree, Size expected, int number) throws IOException, InterruptedException {
        var round = new Round();
        var inOrder = new ArrayList<>(contenders);
        Collections.rotate(inOrder, -number);
        for (var contender : inOrder) {
            contender.prepare(Files.createDirectories(home(contender)), tree);
        }
        for (var task : Task.values()) {
            for (var contender : inOrder) {
                var one = measure(task, contender, tree, expected);
                if (one != null) {
                    story.accept("round %d, %s, %s: %.2f s, %.0f MB"
                            .formatted(number + 1, task.title(), contender.title(), one.seconds(), one.megabytes()));
                    round.add(task, contender, one);
                }
            }
        }
        for (var contender : inOrder) {
            delete(home(contender));
        }
        return round;
    }

    private @Nullable Measured measure(Task task, Contender contender, Path tree, Size expected)
            throws IOException, InterruptedException {
        var home = home(contender);
        var target = folder.resolve("restored");
        var command = contender.command(task, home, tree, target);
        if (command.isEmpty()) {
            return null;
        }
        var where = Files.createDirectories(contender.workingFolder(task, home, target));
        stopwatch.run(List.of("sync"), Map.of(), folder);
        var beside = contender.beside(task, home);
        Measured one;
        try {
            one = stopwatch.run(command.get(), contender.environment(), where);
        } finally {
            beside.close();
        }
        if (task == Task.RESTORE) {
            var restored = Size.of(contender.restored(target, tree));
            if (!restored.equals(expected)) {
                throw new IOException("%s restored %s instead of %s".formatted(contender.title(), restored, expected));
            }
            delete(target);
        }
        return one;
    }

    private Path home(Contender contender) {
        return folder.resolve(contender.title());
    }

    /** So that it is in memory when the first contender comes. */
    private static void read(Path tree) throws IOException {
        var buffer = new byte[1 << 16];
        try (var files = Files.walk(tree)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try (var in = Files.newInputStream(file)) {
                    while (in.read(buffer) >= 0) {}
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
