// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolkeeper.catalogue.Level;
import io.poolkeeper.set.ArtefactWriter;
import io.poolkeeper.set.Disk;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Artefact;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.TransientFault;
import io.poolkeeper.step.VaultFull;
import io.poolkeeper.step.Work;
import io.poolkeeper.tool.HandOff;
import io.poolkeeper.tool.HandOffFolder;
import io.poolkeeper.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Captures a database that only a host without Java reaches: that host asks by sqlcmd what {@link CaptureDatabase} asks, has SQL
 * Server verify the file, and leaves it with all that was said. What counts as done is decided here, by the same rules.
 */
final class CaptureByHost {
    private static final String FULL_ALONE = "its host works by hand-off, which knows full backups alone";

    /** As the host's command lines say. */
    private static final int NO_PASSWORD = 9007;

    private final HandOff handOff;

    CaptureByHost(HandOff handOff) {
        this.handOff = handOff;
    }

    /** What a host did. */
    private record Told(Step step, SqlSource source, Path folder, Instant started, HostQuestions.Answers answers) {
        String database() {
            return step.part().leaf();
        }

        String id() {
            return HandOffFolder.id(step, step.attempt());
        }

        String device() {
            return HostSql.device(source, step.part(), id());
        }

        TakenLevel level() {
            return step.level() == Level.FULL
                    ? TakenLevel.asked(source.foreignChain())
                    : TakenLevel.onlyFull(source.foreignChain(), FULL_ALONE);
        }
    }

    Output capture(Step step, Work work, SqlSource source) {
        var folder = work.attemptFolder().resolve(".tool");
        try {
            Disk.delete(folder);
            Disk.createFolders(folder);
            try {
                var done = handOff.run(HostSql.backupJob(step.part()), step, folder, work);
                var questions = HostSql.questions(source, step.part(), HandOffFolder.id(step, step.attempt()));
                var answers = questions.answers(source, said(step, folder, done.tool()), done.tool());
                return captured(new Told(step, source, folder, done.started(), answers), done.tool(), work);
            } finally {
                Disk.delete(folder);
            }
        } catch (SQLException e) {
            work.checkCancelled();
            throw SqlFaults.sort(
                    HostSql.doing(source, step.part()) + " on sql." + source.key() + " by host " + step.worker(), e);
        } catch (IOException e) {
            throw VaultFull.fault(folder, e);
        }
    }

    /** What sqlcmd wrote on a host. */
    static String said(Step step, Path folder, ToolRun.Ended ended) throws IOException {
        var file = folder.resolve(HostSql.SAID);
        if (!Files.isRegularFile(file)) {
            throw new PermanentFault(
                    "sqlcmd of host " + step.worker() + " ended with " + ended.exit() + " and wrote nothing: "
                            + ended.lastWords(),
                    ended.exit() == NO_PASSWORD
                            ? "set SQLCMDPASSWORD in the environment of the account of the host's task, as its README.txt says"
                            : "is sqlcmd there, and does the script that it names lie beside poolkeeper-jobs.cmd? Write the host's"
                                    + " files again with 'script --host'");
        }
        return SqlcmdStatements.text(Files.readAllBytes(file));
    }

    private static Output.Captured captured(Told told, ToolRun.Ended ended, Work work)
            throws SQLException, IOException {
        var answers = told.answers();
        var recorded = JsonNodeFactory.instance.objectNode();
        var clock = answers.ask(ServerClock.QUESTION);
        recorded.set("clock", ServerClock.of(clock.get(0), told.started()).json());
        CaptureDatabase.requireOnline(told.step(), told.source(), answers);
        var facts = ServerFacts.ask(answers);
        var before = RowCounts.of(answers, told.database());
        var doing = HostSql.doing(told.source(), told.step().part());
        var said = answers.run(HostSql.backup(told.source(), told.step().part(), told.id()));
        var warnings = CaptureDatabase.judged(said, doing, told.level());
        recorded.set("rows", CaptureDatabase.counts(before, RowCounts.of(answers, told.database())));
        CaptureDatabase.record(recorded, answers, told.database(), told.device(), told.level(), warnings);
        requireSound(told);
        var artefact = collect(told, ended, work);
        if (verified(told, artefact)) {
            recorded.putObject("verified")
                    .put("by", "RESTORE VERIFYONLY on its host")
                    .put("sha256", artefact.sha256());
        }
        return new Output.Captured(
                List.of(artefact), recorded, facts.tools(answers), Level.FULL, null, List.copyOf(warnings));
    }

    /** What SQL Server says of the file, asked by the host as soon as it was written. */
    private static void requireSound(Told told) throws SQLException {
        var part = told.step().part();
        var error = told.answers().run(VerifyDatabase.verifyOnly(told.device())).error();
        if (error != null) {
            throw new PermanentFault(
                    "RESTORE VERIFYONLY of the backup of " + part + " on sql."
                            + told.source().key() + " by host " + told.step().worker() + ": " + SqlFaults.text(error),
                    SqlFaults.damage(error)
                            ? "SQL Server refuses what it has just written: check the disk of backupDirectory"
                            : "the login needs CREATE ANY DATABASE; see the server's ERRORLOG",
                    error);
        }
        var header = told.answers().ask(VerifyDatabase.headerOnly(told.device()));
        var damages = VerifyDatabase.header(part, Level.FULL, header, "the backup of " + part);
        if (!damages.isEmpty()) {
            var first = damages.get(0);
            throw new PermanentFault(
                    "RESTORE HEADERONLY on sql." + told.source().key() + ": " + first.file() + " " + first.what(),
                    "look on the host what else writes into backupDirectory");
        }
    }

    private static Artefact collect(Told told, ToolRun.Ended ended, Work work) throws IOException {
        var file = told.folder().resolve(HostSql.BACKUP);
        if (!Files.isRegularFile(file)) {
            throw new PermanentFault(
                    "SQL Server wrote " + told.device() + ", but host "
                            + told.step().worker() + " could not take it from there: " + ended.lastWords(),
                    "sql." + told.source().key() + ".backupDirectory must be a folder of that host itself, or a share,"
                            + " and the account of its task must be able to read and delete files there");
        }
        try (var artefact = new ArtefactWriter(
                work.attemptFolder(), CaptureDatabase.path(told.step().part(), told.level()))) {
            Files.copy(file, artefact);
            return artefact.finish();
        }
    }

    /** Whether the host could tell that what SQL Server verified there is what the vault holds now. */
    private static boolean verified(Told told, Artefact artefact) throws IOException {
        var there = hash(told.folder().resolve(HostSql.HASH));
        if (there.isPresent() && !there.get().equals(artefact.sha256())) {
            throw new TransientFault(
                    "the backup of " + told.step().part() + " is not the same here as on host "
                            + told.step().worker() + ": SHA-256 " + artefact.sha256() + " in place of " + there.get(),
                    "check the network and the file server with the job folder");
        }
        return there.isPresent();
    }

    /** Of old, certutil has blanks between the bytes; one that knows no SHA-256 tells none. */
    private static Optional<String> hash(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? SqlcmdStatements.text(Files.readAllBytes(file))
                        .lines()
                        .map(line -> line.replace(" ", "").strip().toLowerCase(Locale.ROOT))
                        .filter(line -> line.matches("[0-9a-f]{64}"))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the host's SQL Server has read the very bytes that the vault holds, when they were taken. */
    static boolean verified(@Nullable JsonNode recorded, Artefact artefact) {
        return recorded instanceof ObjectNode node
                && node.path("verified").path("sha256").asText().equals(artefact.sha256());
    }
}
