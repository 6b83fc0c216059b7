// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.catalogue.Level;
import io.poolkeeper.schema.MalformedDocument;
import io.poolkeeper.set.Manifest;
import io.poolkeeper.set.Vault;
import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.Step;
import io.poolkeeper.step.Work;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Decides at which level a database can be captured: what was asked for, or a full backup if that cannot be taken or would
 * not fit what the vault holds. Asked live, because the chain lies in msdb and not in our memory: whoever takes a full or log
 * backup that is not copy-only moves it on.
 */
final class LevelChoice {
    private final Step step;
    private final SqlSource source;
    private final Vault vault;
    private final Statements statements;

    LevelChoice(Step step, Work work, SqlSource source, Statements statements) {
        this.step = step;
        this.source = source;
        this.vault = new Vault(work.vault());
        this.statements = statements;
    }

    TakenLevel make() throws SQLException {
        var database = step.part().leaf();
        if (step.level() == Level.FULL) {
            return TakenLevel.asked(source.foreignChain());
        }
        if (source.foreignChain()) {
            return TakenLevel.onlyFull(true, "another product owns the chain (sql." + source.key() + ".chain)");
        }
        if (database.equalsIgnoreCase("master")) {
            return TakenLevel.onlyFull(false, "master has full backups only");
        }
        if (step.level() == Level.LOG && recoveryModel().equals("SIMPLE")) {
            return TakenLevel.brokenChain("its recovery model is SIMPLE now, so it has no log to back up");
        }
        var base = step.base();
        if (base == null) {
            return TakenLevel.onlyFull(false, "there is no earlier set to build on");
        }
        try {
            return onto(base);
        } catch (IOException | MalformedDocument e) {
            return TakenLevel.brokenChain("set " + base + " cannot be built on: " + e.getMessage());
        }
    }

    private TakenLevel onto(String base) throws SQLException, IOException {
        var before = vault.manifest(base)
                .part(step.part())
                .map(Manifest.Part::recorded)
                .flatMap(BackupFacts::of)
                .orElseThrow(
                        () -> new MalformedDocument("it does not say which backup of " + step.part() + " it holds"));
        return step.level() == Level.LOG ? log(base, before) : differential(base, before);
    }

    private TakenLevel differential(String base, BackupFacts full) throws SQLException {
        var newest = BackupHistory.newestFull(statements, step.part().leaf());
        if (newest.isPresent() && !newest.get().facts().uuid().equalsIgnoreCase(full.uuid())) {
            return TakenLevel.brokenChain("a differential would not fit set " + base + ": the newest full backup is "
                    + newest.get().told());
        }
        return TakenLevel.onto(Level.INCREMENTAL, base, full);
    }

    private TakenLevel log(String base, BackupFacts before) throws SQLException {
        var newest = BackupHistory.newestLog(statements, step.part().leaf());
        var gap = newest.isPresent()
                && newest.get().facts().lastLsn().compareTo(before.lastLsn()) > 0
                && !newest.get().facts().uuid().equalsIgnoreCase(before.uuid());
        if (gap) {
            return TakenLevel.brokenChain("the log after set " + base + " was taken away by "
                    + newest.get().told());
        }
        return TakenLevel.onto(Level.LOG, base, before);
    }

    private String recoveryModel() throws SQLException {
        var rows = statements.ask("SELECT name, recovery_model_desc FROM sys.databases WHERE name = "
                + Quoted.text(step.part().leaf()));
        return rows.isEmpty() ? "" : rows.get(0).text("recovery_model_desc").strip();
    }
}
