// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.tsql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Runs CREATE, ALTER and DROP DATABASE, KILL and DBCC CHECKDB. */
final class DatabaseStatements {
    private final StatementContext context;
    private final Instance instance;

    DatabaseStatements(StatementContext context) {
        this.context = context;
        instance = context.instance();
    }

    void run(Statement statement) {
        if (statement instanceof Statement.CreateDatabase s) {
            create(s);
        } else if (statement instanceof Statement.DropDatabase s) {
            s.databases().forEach(name -> drop(name, s.ifExists()));
        } else if (statement instanceof Statement.AlterDatabase s) {
            alter(s);
        } else if (statement instanceof Statement.Kill s) {
            kill(s);
        } else if (statement instanceof Statement.CheckDb s) {
            new CheckDb(context).run(s);
        } else {
            throw SqlFailure.of(Messages.unsupported(statement.getClass().getSimpleName()));
        }
    }

    private void create(Statement.CreateDatabase statement) {
        var model = instance.databases().get("model").recoveryModel();
        var plain = DatabaseSpec.of(statement.database(), model, instance.profile());
        var collation = statement.collation() == null ? plain.collation() : statement.collation();
        instance.databases()
                .create(new DatabaseSpec(
                        plain.name(), model, files(statement, plain), collation, plain.compatibilityLevel()));
    }

    private static List<DatabaseFile> files(Statement.CreateDatabase statement, DatabaseSpec plain) {
        var files = new ArrayList<DatabaseFile>();
        for (var file : plain.files()) {
            var given = statement.files().stream()
                    .filter(f -> f.log() == file.log())
                    .findFirst();
            files.add(given.map(f -> new DatabaseFile(
                            file.id(),
                            file.log(),
                            f.logicalName() == null ? file.logicalName() : f.logicalName(),
                            f.physicalName() == null ? file.physicalName() : f.physicalName(),
                            UUID.randomUUID()))
                    .orElse(file));
        }
        return files;
    }

    private void drop(String name, boolean ifExists) {
        var database = instance.databases().find(name).orElse(null);
        if (database == null) {
            if (ifExists) {
                return;
            }
            throw SqlFailure.of(3701, "database", name);
        }
        if (database.isSystem()) {
            throw SqlFailure.of(3708, database.name());
        }
        if (!instance.sessions().using(database, null).isEmpty()) {
            throw SqlFailure.of(3702, database.name());
        }
        instance.databases().drop(database);
    }

    private void alter(Statement.AlterDatabase statement) {
        var name = statement.database() == null ? context.session().database() : statement.database();
        var database = instance.databases().find(name).orElseThrow(() -> refused(SqlFailure.of(5011, name)));
        var change = new DatabaseChange(database, instance, context.session());
        try {
            for (var setting : statement.settings()) {
                change.apply(setting, statement.rollbackImmediate());
            }
        } catch (SqlFailure e) {
            throw refused(e);
        }
    }

    private static SqlFailure refused(SqlFailure cause) {
        return cause.followedBy(Messages.of(5069));
    }

    private void kill(Statement.Kill statement) {
        var id = Integer.parseInt(context.variables().text(statement.session()));
        if (id == context.session().id()) {
            throw SqlFailure.of(6104);
        }
        instance.sessions().find(id).orElseThrow(() -> SqlFailure.of(6106, id)).kill();
    }
}
