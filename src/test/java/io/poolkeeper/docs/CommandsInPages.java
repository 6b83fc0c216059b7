// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The command lines of all {@code sh} blocks, in the order in which a reader meets them. */
final class CommandsInPages {
    private static final Pattern EXITS = Pattern.compile("exits (\\d+)");

    private CommandsInPages() {}

    /**
     * One command line.
     *
     * @param place page and line, e.g. {@code README.md:17}
     * @param block page and line of its block
     * @param text without comment and without {@code &}
     * @param background whether it ends in {@code &}: it runs until its block ends
     * @param exit what it must end with
     * @param notRun why the test does not run it
     */
    record Command(String place, String block, String text, boolean background, int exit, Optional<String> notRun) {
        boolean isPoolkeeper() {
            return text.startsWith("./poolkeeper ") || text.startsWith("poolkeeper ");
        }

        /** The words after the program. */
        List<String> words() {
            return Arrays.asList(text.split("\\s+")).subList(1, text.split("\\s+").length);
        }

        @Override
        public String toString() {
            return place + " " + text;
        }
    }

    static List<Command> all() {
        var commands = new ArrayList<Command>();
        for (var page : Page.all()) {
            for (var fence : page.fences()) {
                if (fence.language().equals("sh")) {
                    for (var i = 0; i < fence.lines().size(); i++) {
                        var line = fence.lines().get(i).strip();
                        if (!line.isEmpty() && !line.startsWith("#")) {
                            commands.add(command(page, fence, fence.line() + 1 + i, line));
                        }
                    }
                }
            }
        }
        return commands;
    }

    private static Command command(Page page, Page.Fence fence, int number, String line) {
        var hash = line.indexOf(" #");
        var comment = hash < 0 ? "" : line.substring(hash + 2).strip();
        var text = (hash < 0 ? line : line.substring(0, hash)).strip();
        var background = text.endsWith(" &");
        var exits = EXITS.matcher(comment);
        return new Command(
                page.file() + ":" + number,
                page.file() + ":" + fence.line(),
                background ? text.substring(0, text.length() - 2).strip() : text,
                background,
                exits.find() ? Integer.parseInt(exits.group(1)) : 0,
                comment.startsWith("not run by the test: ")
                        ? Optional.of(comment.substring("not run by the test: ".length()))
                        : Optional.empty());
    }
}
