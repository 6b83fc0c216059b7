// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.tool;

import io.poolkeeper.catalogue.PartId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a host without Java can be told to do: one job of a fixed list, whose command lines lie on that host.
 *
 * @param name of the job, e.g. {@code lcscmd-machine}
 * @param part that it serves
 * @param commands run in this order; the first that fails gives the exit code
 * @param scripts file names to texts, which lie beside the command lines and which they name
 */
public record HostJob(String name, PartId part, List<Command> commands, Map<String, String> scripts) {
    /** What names, run ids and values of job files may consist of: a batch file can carry it without quoting. */
    public static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:-]{1,250}");

    /** Stands in a command for the empty folder that the job writes into; no Windows path can hold it. */
    public static final String FOLDER = "<folder>";

    /** Stands for the distinguished name of the forest's configuration, which the host looks up. */
    public static final String CONFIGURATION = "<configuration>";

    /** Stands for the distinguished name of the host's domain. */
    public static final String DOMAIN = "<domain>";

    /** Stands for the distinguished name of the forest's schema. */
    public static final String SCHEMA = "<schema>";

    /** Stands for the folder in which the command lines and their scripts lie, with its last separator. */
    public static final String HERE = "<here>";

    /** Stands for the name of the job's folder: run, step and attempt, never used before. */
    public static final String ID = "<id>";

    /**
     * One command line.
     *
     * @param words program and arguments, as configured for that host
     * @param onlyIf distinguished name of an entry without which the command is not run; empty if it is always run
     * @param output name of the file that gets what it prints, and then not its exit code is judged but that; empty if it
     *     prints with the others
     */
    public record Command(List<String> words, String onlyIf, String output) {
        /** Runs whatever there is. */
        public static Command of(Tool tool, List<String> arguments) {
            return onlyIf("", tool, arguments);
        }

        /** Runs only where an entry of the directory exists. */
        public static Command onlyIf(String dn, Tool tool, List<String> arguments) {
            return new Command(words(tool, arguments), dn, "");
        }

        /** Tells something in a file of its own. */
        public static Command telling(String output, Tool tool, List<String> arguments) {
            return new Command(words(tool, arguments), "", output);
        }

        /** A command of cmd itself that tells something in a file of its own. */
        public static Command ofCmdTelling(String output, String... words) {
            return new Command(List.of(words), "", output);
        }

        /** A command of cmd itself. */
        public static Command ofCmd(String... words) {
            return new Command(List.of(words), "", "");
        }

        private static List<String> words(Tool tool, List<String> arguments) {
            var words = new ArrayList<>(tool.configured());
            words.addAll(arguments);
            return List.copyOf(words);
        }
    }

    /** A job whose commands need no script. */
    public HostJob(String name, PartId part, List<Command> commands) {
        this(name, part, commands, Map.of());
    }

    /**
     * Refuses a name that a job file could not carry.
     *
     * @throws IllegalArgumentException if it is one
     */
    public HostJob {
        if (!VALUE.matcher(name).matches()) {
            throw new IllegalArgumentException("a job cannot be called " + name);
        }
    }
}
