// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.catalogue.PartId;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.PartCheck;
import io.poolkeeper.set.PartCheck.Finding;
import io.poolkeeper.set.PartCheck.StoredPart;
import io.poolkeeper.set.StoredChain;
import io.poolkeeper.site.Site;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Output;
import io.poolkeeper.step.Output.Damage;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.StepHandler;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies a backup by what will restore it: RESTORE VERIFYONLY WITH CHECKSUM and RESTORE HEADERONLY, on the instance that it
 * came from or, if that cannot be reached, on the one for drills. What SQL Server reads is what the vault holds, byte for
 * byte.
 */
public final class VerifyDatabase implements StepHandler {
    /** BackupType of RESTORE HEADERONLY. */
    private static final Map<Level, Integer> TYPES = Map.of(Level.FULL, 1, Level.LOG, 2, Level.INCREMENTAL, 5);

    private final Site site;

    /** Verifies backups of a site's databases. */
    public VerifyDatabase(Site site) {
        this.site = site;
    }

    @Override
    public Output handle(Step step, Work work) {
        return PartCheck.judge(step, work, stored -> content(step, work, stored));
    }

    private Finding content(Step step, Work work, StoredPart stored) {
        var source = CaptureDatabase.source(site, step.part());
        if (site.askedByHost(source) && source.drill().isEmpty()) {
            return toldByHost(stored, source);
        }
        var reader = BackupReader.open(site, source, work);
        var staging = new Staging(reader.source());
        var artefact = stored.part().artefacts().get(0);
        var staged = name(step, stored, source, reader.source());
        staging.place(stored.setFolder().resolve(artefact.path()), artefact, staged);
        try (var statements = reader.statements()) {
            var finding = ask(stored, work, statements, staging.seenByServer(staged));
            if (finding.unknown() == null) {
                staging.remove(staged);
                captured(stored)
                        .filter(name -> source.bySqlcmd()
                                && !site.askedByHost(source)
                                && !reader.source().equals(source))
                        .ifPresent(name -> new Staging(source).remove(name));
            }
            return finding;
        } catch (SQLException e) {
            throw SqlFaults.sort(
                    "verifying " + step.part() + " on sql." + reader.source().key(), e);
        }
    }

    /** Nobody here reaches an instance that could read it: what its own said when it was taken holds for the same bytes. */
    private static Finding toldByHost(StoredPart stored, SqlSource source) {
        return CaptureByHost.verified(
                        stored.part().recorded(), stored.part().artefacts().get(0))
                ? Finding.GOOD
                : new Finding(
                        List.of(),
                        "its host has had it verified when it was taken, and could not tell whether the vault holds the same"
                                + " bytes (certutil -hashfile); name an instance for drills under sql." + source.key()
                                + ".drill, which reads it here");
    }

    /** The name under which the capture left it in staging, if the same instance reads it. */
    private static String name(Step step, StoredPart stored, SqlSource source, SqlSource reader) {
        return captured(stored)
                .filter(name -> reader.equals(source))
                .orElseGet(() -> "verify-" + step.run() + "-" + step.attemptName() + ".bak");
    }

    private static Optional<String> captured(StoredPart stored) {
        return Optional.ofNullable(stored.part().recorded())
                .map(node -> node.path("staged").asText(""))
                .filter(name -> name.matches("[A-Za-z0-9._%~-]+\\.bak"));
    }

    private static Finding ask(StoredPart stored, Work work, Statements statements, String device) throws SQLException {
        var damages = new ArrayList<Damage>();
        var file = device.substring(Math.max(device.lastIndexOf('\\'), device.lastIndexOf('/')) + 1);
        try {
            verifyOnly(statements, device);
            damages.addAll(
                    header(stored.part().part(), level(stored.part()), statements.ask(headerOnly(device)), file));
            chain(stored, damages);
        } catch (SQLException e) {
            work.checkCancelled();
            if (!SqlFaults.damage(e)) {
                return new Finding(
                        List.of(),
                        SqlFaults.sort("RESTORE VERIFYONLY of " + file, e).getMessage());
            }
            damages.add(
                    new Damage(stored.part().part().toString(), "SQL Server refuses the backup: " + SqlFaults.text(e)));
        }
        return new Finding(damages, null);
    }

    private static void verifyOnly(Statements statements, String device) throws SQLException {
        statements.run(verifyOnly(device)).orThrow();
    }

    static String verifyOnly(String device) {
        return "RESTORE VERIFYONLY FROM DISK = " + Quoted.text(device) + " WITH CHECKSUM, STATS = 10";
    }

    static String headerOnly(String device) {
        return "RESTORE HEADERONLY FROM DISK = " + Quoted.text(device);
    }

    /** Columns by name: their number differs between releases. */
    static List<Damage> header(PartId part, Level level, List<Row> rows, String file) throws SQLException {
        if (rows.isEmpty()) {
            return List.of(new Damage(file, "holds no backup set"));
        }
        var damages = new ArrayList<Damage>();
        var row = rows.get(0);
        if (!part.leaf().equalsIgnoreCase(row.text("DatabaseName"))) {
            damages.add(new Damage(file, "is a backup of database " + row.text("DatabaseName")));
        }
        if (row.number("BackupType") != TYPES.getOrDefault(level, 0)) {
            damages.add(new Damage(
                    file, "is not a backup of level " + level.word() + ": BackupType " + row.text("BackupType")));
        }
        if (row.flag("IsDamaged")) {
            damages.add(new Damage(file, "was damaged when it was made (IsDamaged)"));
        }
        if (!row.flag("HasBackupChecksums")) {
            damages.add(new Damage(file, "has no checksums although it was made with them (HasBackupChecksums)"));
        }
        return damages;
    }

    private static Level level(Manifest.Part part) {
        return part.level() == null ? Level.FULL : part.level();
    }

    /** Whether all that it builds on is there and fits; the content of each link is verified with its own set. */
    private static void chain(StoredPart stored, List<Damage> damages) {
        var part = stored.part();
        try {
            damages.addAll(Lineage.breaks(StoredChain.of(stored)));
        } catch (StoredChain.Broken e) {
            damages.add(new Damage(part.part().toString(), String.valueOf(e.getMessage())));
        } catch (IOException | MalformedDocument e) {
            throw new PermanentFault(
                    "what " + part.part() + " builds on cannot be read: " + e.getMessage(),
                    "verify set " + part.base());
        }
    }
}
