// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code poolkeeper-jobs.cmd} as cmd does, as far as that file goes: {@code set}, {@code if}, {@code goto}, {@code call
 * :label}, {@code for /f} over the helper, and command lines of words in quotation marks. What it does not know it refuses,
 * where cmd would do something.
 */
final class JobsFile {
    private static final Pattern VARIABLE = Pattern.compile("%~?([A-Za-z0-9_]+)%|%~?([0-9])|%%");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static final Pattern REDIRECTED = Pattern.compile("(.*) >\"([^\"]*)\" 2>&1");

    private final List<String> lines;
    private final Map<String, String> variables = new HashMap<>();
    private final Helper helper;
    private final String here;
    private final Map<String, String> environment;
    private int at;
    private int errorLevel;

    /** What the script asks its helper, and what it runs. */
    interface Helper {
        /** A distinguished name of the directory. */
        String rootDse(String name) throws IOException;

        /** Whether the directory has an entry. */
        boolean exists(String dn) throws IOException;

        /** Runs a program, with a file for what it prints, and gives its exit code. */
        int run(List<String> words, @Nullable String output) throws IOException;
    }

    JobsFile(Path file, Map<String, String> environment, Helper helper) throws IOException {
        var text = Files.readString(file, StandardCharsets.US_ASCII);
        if (text.replace("\r\n", "").contains("\n")) {
            throw new IOException(file + " has lines that do not end in CRLF");
        }
        this.lines = Arrays.asList(text.split("\r\n", -1));
        this.helper = helper;
        this.environment = environment;
        this.here = file.toAbsolutePath().getParent() + "/";
    }

    /** A variable that the file sets when it is called without a job. */
    String setting(String name) throws IOException {
        run("", "");
        return Objects.requireNonNull(variables.get(name), name);
    }

    /**
     * Calls it with a job.
     *
     * @return the exit code
     */
    int run(String job, String folder) throws IOException {
        variables.clear();
        variables.putAll(environment);
        variables.put("PK_FOLDER", folder);
        variables.put("PK_HERE", here);
        variables.put("PK_ID", folder.substring(folder.lastIndexOf('/') + 1));
        variables.put("1", job);
        at = 0;
        errorLevel = 0;
        while (at < lines.size()) {
            var line = lines.get(at++).strip();
            if (line.isEmpty() || line.startsWith(":") || line.startsWith("rem ") || line.equals("@echo off")) {
                continue;
            }
            var ended = command(line);
            if (ended != null) {
                return ended;
            }
        }
        return errorLevel;
    }

    private @Nullable Integer command(String raw) throws IOException {
        if (raw.startsWith("for /f ")) {
            forEach(raw);
            return null;
        }
        var line = expand(raw);
        if (line.startsWith("if ")) {
            return condition(line);
        }
        if (line.startsWith("set \"")) {
            var assignment = line.substring("set \"".length(), line.lastIndexOf('"'));
            var equals = assignment.indexOf('=');
            variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            return null;
        }
        if (line.startsWith("exit /b ")) {
            return Integer.parseInt(line.substring("exit /b ".length()).strip());
        }
        if (line.startsWith("goto ")) {
            jump(line.substring("goto ".length()));
            return null;
        }
        if (line.startsWith("call :")) {
            call(words(line));
            return null;
        }
        if (line.startsWith("echo ")) {
            return null;
        }
        if (line.startsWith("cscript ")) {
            var words = words(line);
            errorLevel = helper.exists(words.get(words.indexOf("exists") + 1)) ? 0 : 1;
            return null;
        }
        if (line.matches("(for|set|if|goto|call|pushd|start)\\b.*")) {
            throw new IOException("a line that this stand-in of cmd does not know: " + raw);
        }
        var redirected = REDIRECTED.matcher(line);
        errorLevel = redirected.matches()
                ? helper.run(words(redirected.group(1)), redirected.group(2))
                : helper.run(words(line), null);
        return null;
    }

    private @Nullable Integer condition(String line) throws IOException {
        var words = words(line);
        if (words.get(1).equals("errorlevel")) {
            return errorLevel >= Integer.parseInt(words.get(2)) ? command(after(line, words.get(2) + " ")) : null;
        }
        if (words.get(1).equals("defined") || words.get(2).equals("defined")) {
            var negated = words.get(1).equals("not");
            var name = words.get(negated ? 3 : 2);
            var defined = !variables.getOrDefault(name, "").isEmpty();
            return defined != negated ? command(after(line, name + " ")) : null;
        }
        var comparison =
                Pattern.compile("if (not )?\"([^\"]*)\"==\"([^\"]*)\" (.*)").matcher(line);
        if (!comparison.matches()) {
            throw new IOException("an if that this stand-in of cmd does not know: " + line);
        }
        var equal = comparison.group(2).equals(comparison.group(3));
        return equal == (comparison.group(1) == null) ? command(comparison.group(4)) : null;
    }

    private static String after(String line, String words) {
        return line.substring(line.indexOf(words) + words.length());
    }

    /** {@code for /f .. in (`cscript .. rootdse NAME`) do set "VARIABLE=%%a"}. */
    private void forEach(String line) throws IOException {
        var parts = Pattern.compile(
                        "for /f \"usebackq delims=\" %%a in \\(`(.*) rootdse (\\w+)`\\) do set \"(\\w+)=%%a\"")
                .matcher(line);
        if (!parts.matches()) {
            throw new IOException("a for that this stand-in of cmd does not know: " + line);
        }
        variables.put(parts.group(3), helper.rootDse(parts.group(2)));
    }

    private void call(List<String> words) throws IOException {
        var back = at;
        var before = variables.get("1");
        variables.put("1", words.size() > 2 ? words.get(2) : "");
        jump(words.get(1));
        while (true) {
            var ended = command(lines.get(at++).strip());
            if (ended != null) {
                break;
            }
        }
        variables.put("1", Objects.requireNonNullElse(before, ""));
        at = back;
    }

    private void jump(String label) throws IOException {
        for (var line = 0; line < lines.size(); line++) {
            if (lines.get(line).strip().equalsIgnoreCase(label)) {
                at = line + 1;
                return;
            }
        }
        throw new IOException("The system cannot find the batch label specified - " + label);
    }

    private String expand(String line) {
        return VARIABLE.matcher(line).replaceAll(found -> Matcher.quoteReplacement(value(found.group())));
    }

    private String value(String reference) {
        if (reference.equals("%%")) {
            return "%";
        }
        var name = reference.replaceAll("[%~]", "");
        if (name.toLowerCase(Locale.ROOT).equals("errorlevel")) {
            return String.valueOf(errorLevel);
        }
        return variables.getOrDefault(name, "");
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        WORD.matcher(line)
                .results()
                .forEach(found -> words.add(found.group(1) == null ? found.group(2) : found.group(1)));
        return words;
    }
}
