// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.set.Disk;
import io.poolkeeper.site.SecretRef;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.SafeEnvironment;
import io.poolkeeper.tool.Tool;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * By sqlcmd, which speaks what an old SQL Server speaks: one process and one session for each statement. The statement goes in a
 * file of its owner alone and the answer comes back in another, both in Unicode, because the code pages of consoles differ; the
 * password goes in the environment. Ending the process ends the session, and SQL Server rolls back what it was doing.
 */
final class SqlcmdStatements implements Statements {
    private static final String PASSWORD = "SQLCMDPASSWORD";

    /** The server refuses who asks, whatever is asked. */
    private static final Set<Integer> REFUSED = Set.of(18452, 18456);

    private final SqlSource source;
    private final Tool tool;
    private final ToolRun runner;
    private final Duration login;
    private final Work work;

    SqlcmdStatements(Site site, SqlSource source, Duration login, Work work) {
        this.source = source;
        this.tool = Tool.sqlcmd(site, source);
        this.runner = new ToolRun(new SafeEnvironment(site));
        this.login = login;
        this.work = work;
    }

    /** How sqlcmd ended and what it printed. */
    private record Answer(ToolRun.Ended ended, SqlcmdOutput output) {}

    @Override
    public List<Row> ask(String question) throws SQLException {
        return askIn("", question);
    }

    @Override
    public List<Row> askIn(String database, String question) throws SQLException {
        var answer = execute((database.isEmpty() ? "" : "USE " + Quoted.name(database) + ";\n") + question);
        var error = answer.output().error();
        if (error != null) {
            throw error;
        }
        return answer.output().rows();
    }

    @Override
    public Said run(String statement) throws SQLException {
        var output = execute(statement).output();
        return new Said(output.numbers(), output.error());
    }

    @Override
    public Map.Entry<String, String> client() {
        return Map.entry("sqlcmd", tool.program());
    }

    @Override
    public void close() {
        // every statement had a session of its own
    }

    /**
     * Runs a script.
     *
     * @throws StepFault if it did not reach the server, was refused there, or ended badly for no reason of the server's
     */
    private Answer execute(String sql) {
        requirePlain(sql);
        try {
            var folder = Files.createTempDirectory("poolkeeper-sqlcmd-", Disk.folderRights());
            try {
                return answer(execute(sql, folder));
            } finally {
                Disk.delete(folder);
            }
        } catch (IOException e) {
            throw new TransientFault(
                    "sqlcmd's script or answer cannot be written or read: " + e,
                    "has the folder for temporary files of this account free space?",
                    e);
        }
    }

    /** What sqlcmd takes for its own at the beginning of a line, a batch's end or a command, never comes from us. */
    private static void requirePlain(String sql) {
        var commands = sql.lines()
                .map(line -> line.strip().toUpperCase(Locale.ROOT))
                .anyMatch(line -> line.equals("GO")
                        || line.startsWith("GO ")
                        || line.startsWith(":")
                        || line.startsWith("!!")
                        || List.of("ED", "RESET", "QUIT", "EXIT").contains(line)
                        || line.startsWith("EXIT("));
        if (commands) {
            throw new PermanentFault(
                    "a name has a line that sqlcmd takes for a command of its own",
                    "rename what has a line break in its name");
        }
    }

    private Answer execute(String sql, Path folder) throws IOException {
        var script = Files.createFile(folder.resolve("script.sql"), Disk.fileRights());
        var printed = Files.createFile(folder.resolve("printed.txt"), Disk.fileRights());
        Files.write(script, ("\uFEFFSET NOCOUNT ON;\n" + sql + "\nGO\n").getBytes(StandardCharsets.UTF_16LE));
        var ended = run(command(script, printed), folder);
        return new Answer(ended, new SqlcmdOutput(text(Files.readAllBytes(printed)) + "\n\n" + ended.output()));
    }

    private ToolRun.Ended run(List<String> command, Path folder) {
        var until = Instant.now().plus(work.timeLeft());
        try {
            return runner.run(tool.name(), command, folder, secrets(), work);
        } catch (PermanentFault e) {
            work.checkCancelled();
            throw Instant.now().isBefore(until)
                    ? e
                    : new PermanentFault(
                            e.getMessage() + "; with its session gone, SQL Server rolls back what it was doing",
                            "give the plan more time under deadline, or look what the server was busy with",
                            e);
        }
    }

    private List<String> command(Path script, Path printed) {
        var arguments = new ArrayList<>(List.of("-S", source.server()));
        if (source.authentication().equals("windows")) {
            arguments.add("-E");
        } else {
            arguments.addAll(List.of("-U", source.user().orElse("")));
        }
        // errors end it with their severity; all messages come with their numbers; no variables in names
        arguments.addAll(List.of("-b", "-V", "11", "-m-1", "-r1", "-x"));
        arguments.addAll(List.of("-l", Long.toString(Math.max(1, login.toSeconds()))));
        arguments.addAll(List.of("-W", "-w", "65535", "-s", "\t", "-u"));
        arguments.addAll(List.of("-i", script.toString(), "-o", printed.toString()));
        return tool.with(arguments);
    }

    private Map<String, String> secrets() {
        if (source.authentication().equals("windows")) {
            return Map.of();
        }
        try {
            return source.password()
                    .map(password -> Map.of(PASSWORD, password.resolve()))
                    .orElse(Map.of());
        } catch (SecretRef.UnresolvedSecret e) {
            throw new PermanentFault(
                    "sql." + source.key() + ".password: " + e.getMessage(), "check the reference in the site file", e);
        }
    }

    private Answer answer(Answer answer) {
        var error = answer.output().error();
        if (error != null && !REFUSED.contains(error.getErrorCode())) {
            return answer;
        }
        if (error == null && answer.ended().exit() == 0) {
            return answer;
        }
        var why = error != null
                ? error
                : new SQLException(
                        "sqlcmd ended with " + answer.ended().exit() + ": "
                                + answer.output().lastWords(),
                        "08001");
        throw SqlFaults.refused(source, "asking sql." + source.key() + " (" + source.server() + ") by sqlcmd", why);
    }

    /** Windows' sqlcmd writes little-endian Unicode with a mark; others may write UTF-8, or what the system speaks. */
    static String text(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (java.nio.charset.CharacterCodingException e) {
            return new String(bytes, Charset.forName(System.getProperty("native.encoding", "UTF-8")));
        }
    }
}
