// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Depth;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.MediaCheck;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.site.Site;
import io.poolkeeper.step.Action;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.Output.Judged;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Place;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Verdict;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores a database with all that its set builds on, lets DBCC CHECKDB read all of it, and compares its rows with what was
 * recorded at capture. Beside: under another name on the instance for drills, never on the instance that the backup came from
 * unless that risk was accepted. In place: under its own name where it came from; over a database that is there only when told
 * so, and only after the server has read the whole chain and found it good.
 */
public final class RestoreDatabase implements StepHandler {
    private final Site site;
    private final Turns turns;

    /** Restores databases of a site. */
    public RestoreDatabase(Site site, Turns turns) {
        this.site = site;
        this.turns = turns;
    }

    @Override
    public Output handle(Step step, Work work) {
        var destination = Destination.of(site, step);
        requireFree(step, destination);
        var judged = PartCheck.judge(step, work, stored -> restore(step, work, stored, destination));
        if (judged.verdict() != Verdict.PROVEN) {
            return judged;
        }
        return new Judged(
                Verdict.PROVEN,
                step.at() == null ? Depth.RESTORED : Depth.CONTENT, // rows of another moment cannot be compared
                List.of(),
                null,
                judged.bytes(),
                stays(step) ? destination.where() : null);
    }

    private static boolean stays(Step step) {
        return step.keep() || step.action() == Action.RESTORE;
    }

    private static void requireFree(Step step, Destination destination) {
        if (destination.place() != Place.IN_PLACE) {
            return;
        }
        try (var connection = SqlConnections.open(destination.instance(), SqlConnections.LOGIN)) {
            var live = LiveDatabase.find(connection, destination.name());
            if (live.isPresent()) {
                throw new PermanentFault(
                        live.get().told() + "; nothing was restored",
                        "--overwrite restores over it; " + live.get().keep());
            }
        } catch (SQLException e) {
            throw SqlFaults.sort("looking for " + step.part(), e);
        }
    }

    /**
     * One restore.
     *
     * @param chain what is restored, oldest first: a full backup, then what builds on it
     */
    private record Job(Step step, Work work, List<StoredPart> chain, Destination destination) {
        String doing() {
            return "restoring " + step.part() + " to " + destination.where();
        }

        String part() {
            return step.part().toString();
        }

        StoredPart last() {
            return chain.get(chain.size() - 1);
        }

        String staged(int link) {
            return step.run() + "-" + step.attemptName() + "-" + link + ".bak";
        }

        String device(int link) {
            return destination.instance().seenByServer(staged(link));
        }
    }

    private Finding restore(Step step, Work work, StoredPart stored, Destination destination) {
        try {
            var chain = StoredChain.of(stored);
            var damages = new ArrayList<>(Lineage.breaks(chain));
            damages.addAll(damagedBefore(chain, work));
            return damages.isEmpty() ? restore(new Job(step, work, chain, destination)) : new Finding(damages, null);
        } catch (StoredChain.Broken e) {
            return new Finding(List.of(new Damage(step.part().toString(), String.valueOf(e.getMessage()))), null);
        } catch (IOException | MalformedDocument e) {
            return new Finding(List.of(), "what " + step.part() + " builds on cannot be read: " + e.getMessage());
        }
    }

    /** The bytes of what the wanted set builds on; those of the set itself have been looked at already. */
    private static List<Damage> damagedBefore(List<StoredPart> chain, Work work) throws IOException {
        var damages = new ArrayList<Damage>();
        for (var link : chain.subList(0, chain.size() - 1)) {
            damages.addAll(PartCheck.againstLedger(link));
            var media = MediaCheck.of(link.setFolder(), link.part().artefacts(), work);
            if (media.unknown() != null) {
                throw new IOException(media.unknown());
            }
            media.damages()
                    .forEach(damage ->
                            damages.add(new Damage(link.manifest().set() + "/" + damage.file(), damage.what())));
        }
        return damages;
    }

    private Finding restore(Job job) {
        var staging = new Staging(job.destination().instance());
        try {
            for (var link = 0; link < job.chain().size(); link++) {
                var from = job.chain().get(link);
                var artefact = from.part().artefacts().get(0);
                staging.place(from.setFolder().resolve(artefact.path()), artefact, job.staged(link));
            }
            return turns.during(job.destination().instance(), job.work(), () -> run(job));
        } finally {
            for (var link = 0; link < job.chain().size(); link++) {
                staging.remove(job.staged(link));
            }
        }
    }

    private Finding run(Job job) {
        try (var connection = SqlConnections.open(job.destination().instance(), SqlConnections.LOGIN)) {
            return job.destination().isSandbox() ? trial(job, connection) : inPlace(job, connection);
        } catch (SQLException e) {
            throw SqlFaults.sort(job.doing(), e);
        }
    }

    private Finding trial(Job job, Connection connection) throws SQLException {
        var damages = new ArrayList<Damage>();
        var stays = false;
        try {
            restoreAndCheck(job, connection, damages);
            stays = damages.isEmpty() && stays(job.step());
        } finally {
            if (!stays) {
                job.destination().drop(connection);
            }
        }
        return new Finding(damages, null);
    }

    /** Before anything is lost, the server reads the whole chain; whoever is connected is sent away. */
    private Finding inPlace(Job job, Connection connection) throws SQLException {
        var damages = new ArrayList<Damage>();
        for (var link = 0; link < job.chain().size() && damages.isEmpty(); link++) {
            damages.addAll(unreadable(job, connection, link));
        }
        if (!damages.isEmpty()) {
            return new Finding(damages, null);
        }
        var live = LiveDatabase.find(connection, job.destination().name());
        if (live.isPresent() && live.get().state().equals("ONLINE")) {
            new JdbcStatements(connection, job.work())
                    .run(alter(job, "SINGLE_USER WITH ROLLBACK IMMEDIATE"))
                    .orThrow();
        }
        try {
            restoreAndCheck(job, connection, damages);
        } catch (SQLException | RuntimeException e) {
            try {
                letUsersIn(job, connection);
            } catch (SQLException also) {
                e.addSuppressed(also); // why the restore failed matters more
            }
            throw e;
        }
        letUsersIn(job, connection);
        return new Finding(damages, null);
    }

    private static List<Damage> unreadable(Job job, Connection connection, int link) throws SQLException {
        try {
            new JdbcStatements(connection, job.work())
                    .run("RESTORE VERIFYONLY FROM DISK = " + Quoted.text(job.device(link))
                            + " WITH CHECKSUM, STATS = 10")
                    .orThrow();
            return List.of();
        } catch (SQLException e) {
            job.work().checkCancelled();
            if (SqlFaults.damage(e)) {
                return List.of(new Damage(
                        job.part(),
                        "of set " + job.chain().get(link).manifest().set() + ": " + SqlFaults.text(e)
                                + "; nothing was restored"));
            }
            throw e;
        }
    }

    private static String alter(Job job, String access) {
        return "ALTER DATABASE " + Quoted.name(job.destination().name()) + " SET " + access;
    }

    /** A database that a failed restore left restoring has no users to let in; its fault says so. */
    private static void letUsersIn(Job job, Connection connection) throws SQLException {
        var left = LiveDatabase.find(connection, job.destination().name());
        if (left.isPresent() && left.get().state().equals("ONLINE")) {
            new JdbcStatements(connection, job.work())
                    .run(alter(job, "MULTI_USER"))
                    .orThrow();
        }
    }

    private void restoreAndCheck(Job job, Connection connection, List<Damage> damages) throws SQLException {
        try {
            var moves = new FilePlacement(
                            connection,
                            job.destination(),
                            site.catalogue().standardEdition().folders('C'))
                    .clauses(BackupFile.listed(
                            new JdbcStatements(connection, job.work()), " FROM DISK = " + Quoted.text(job.device(0))));
            for (var statement : RestoreScript.of(
                    job.destination(),
                    job.chain(),
                    job::device,
                    moves,
                    RestoreScript.stopAt(job.last(), job.step().at(), site.zone()))) {
                new JdbcStatements(connection, job.work()).run(statement).orThrow();
            }
            requireOnline(job, connection);
            var check = new RestoredCheck(
                    connection, job.work(), job.part(), job.destination().name());
            damages.addAll(check.consistency());
            if (job.step().at() == null) {
                damages.addAll(check.rows(job.last().part().recorded()));
            }
        } catch (SQLException e) {
            job.work().checkCancelled();
            if (!SqlFaults.damage(e)) {
                throw e;
            }
            damages.add(new Damage(job.part(), SqlFaults.text(e)));
        }
    }

    /** A STOPAT beyond the end of a log leaves the database restoring, and SQL Server says nothing. */
    private static void requireOnline(Job job, Connection connection) throws SQLException {
        var restored = LiveDatabase.find(connection, job.destination().name());
        var state = restored.map(LiveDatabase::state).orElse("gone");
        if (!state.equals("ONLINE")) {
            throw new PermanentFault(
                    job.doing() + ": the database is " + state + " after the last RESTORE",
                    "the log may end before the wanted time: see the server's ERRORLOG");
        }
    }
}
