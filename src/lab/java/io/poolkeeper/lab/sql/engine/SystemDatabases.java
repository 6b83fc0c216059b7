// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import java.sql.SQLException;
import java.util.List;

/** The databases that Setup makes: master, tempdb, model and msdb, with the tables that tools look for. */
final class SystemDatabases {
    private final Instance instance;

    SystemDatabases(Instance instance) {
        this.instance = instance;
    }

    void create() {
        create("master", RecoveryModel.SIMPLE, "mastlog");
        create("tempdb", RecoveryModel.SIMPLE, "templog");
        create("model", defaultModel(), "modellog");
        create("msdb", RecoveryModel.SIMPLE, "MSDBLog");
        fill(
                "master",
                "CREATE TABLE dbo.MSreplication_options(optname VARCHAR(128) NOT NULL, \"value\" BOOLEAN NOT NULL,"
                        + " major_version INTEGER NOT NULL, minor_version INTEGER NOT NULL,"
                        + " revision INTEGER NOT NULL, install_failures INTEGER NOT NULL)",
                "INSERT INTO dbo.MSreplication_options VALUES ('transactional', TRUE, 90, 0, 0, 0),"
                        + " ('merge', TRUE, 90, 0, 0, 0), ('security_model', TRUE, 90, 0, 0, 0)",
                "CREATE TABLE dbo.spt_monitor(lastrun TIMESTAMP(3) NOT NULL, cpu_busy INTEGER NOT NULL,"
                        + " connections INTEGER NOT NULL, total_errors INTEGER NOT NULL)",
                "INSERT INTO dbo.spt_monitor VALUES (LOCALTIMESTAMP(3), 0, 0, 0)");
        fill("msdb", MsdbTables.definitions(instance.version()));
    }

    /** Express Setup leaves model in SIMPLE, the others in FULL. */
    private RecoveryModel defaultModel() {
        return instance.profile().edition() == Edition.EXPRESS ? RecoveryModel.SIMPLE : RecoveryModel.FULL;
    }

    private void create(String name, RecoveryModel model, String log) {
        var plain = DatabaseSpec.of(name, model, instance.profile());
        var data = plain.files().get(0);
        var folder = instance.profile().folder() + "\\DATA\\";
        var logFile = plain.files().get(1);
        var files = List.of(data, new DatabaseFile(2, true, log, folder + log + ".ldf", logFile.guid()));
        instance.databases()
                .create(new DatabaseSpec(name, model, files, plain.collation(), plain.compatibilityLevel()));
    }

    private void fill(String name, String... statements) {
        try (var connection = instance.databases().get(name).store().open();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot fill " + name + ": " + e.getMessage(), e);
        }
    }
}
