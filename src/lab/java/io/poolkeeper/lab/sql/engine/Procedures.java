// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Batch;
import io.poolkeeper.lab.sql.session.Column;
import io.poolkeeper.lab.sql.session.Completion;
import io.poolkeeper.lab.sql.session.Parameter;
import io.poolkeeper.lab.sql.session.SqlType;
import io.poolkeeper.lab.sql.tsql.Operand;
import io.poolkeeper.lab.sql.tsql.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The system procedures that the lab has; any other is message 2812. */
final class Procedures {
    private static final long MEGABYTE = 1 << 20;

    private final StatementContext context;

    Procedures(StatementContext context) {
        this.context = context;
    }

    void call(Statement.Execute statement) {
        switch (statement.procedure().toLowerCase(Locale.ROOT)) {
            case "sp_executesql" -> executeSql(statement);
            case "xp_fileexist" -> fileExists(statement);
            case "xp_fixeddrives" -> fixedDrives();
            case "sp_reset_connection" -> context.session().reset();
            default -> throw SqlFailure.of(2812, statement.procedure());
        }
    }

    /** The value of an argument by its place. */
    private String text(Statement.Execute statement, int index) {
        if (index >= statement.arguments().size()) {
            throw SqlFailure.of(8178, "@" + index);
        }
        return context.variables().text(statement.arguments().get(index).value());
    }

    private void executeSql(Statement.Execute statement) {
        var declaration = statement.arguments().size() > 1 ? text(statement, 1) : "";
        var parameters = new ArrayList<Parameter>();
        for (var i = 2; i < statement.arguments().size(); i++) {
            var argument = statement.arguments().get(i);
            var value = context.variables().text(argument.value());
            parameters.add(new Parameter(argument.name(), SqlType.nvarchar(4000), value, false));
        }
        context.session().execute(new Batch(text(statement, 0), declaration, parameters), context.results());
    }

    /** Says whether a path is a file, is a folder, and has a folder to be in, as the service account sees it. */
    private void fileExists(Statement.Execute statement) {
        var path = context.instance().folders().resolve(String.valueOf(text(statement, 0)));
        var exists = path.filter(Files::isRegularFile).isPresent();
        if (statement.arguments().size() > 1) {
            var target = (Operand.Variable) statement.arguments().get(1).value();
            context.variables().set(target.name(), exists ? 1 : 0);
            context.results().done(Completion.PLAIN);
            return;
        }
        var isFolder =
                path.filter(Files::isDirectory).isPresent() || holdsDatabaseFiles(String.valueOf(text(statement, 0)));
        var hasParent = path.map(Path::getParent).filter(Files::isDirectory).isPresent();
        context.results()
                .columns(List.of(
                        new Column("File Exists", SqlType.TINYINT),
                        new Column("File is a Directory", SqlType.TINYINT),
                        new Column("Parent Directory Exists", SqlType.TINYINT)));
        context.results().row(List.of(exists ? 1 : 0, isFolder ? 1 : 0, isFolder || hasParent ? 1 : 0));
        context.results().done(Completion.of(Completion.Command.SELECT, 1));
    }

    /** The folders of the data files are there although nothing is mapped to them. */
    private boolean holdsDatabaseFiles(String path) {
        var folder = (path.endsWith("\\") ? path : path + "\\").toLowerCase(Locale.ROOT);
        return context.instance().databases().all().stream()
                .flatMap(database -> database.files().stream())
                .map(file -> file.physicalName().toLowerCase(Locale.ROOT))
                .anyMatch(file -> file.startsWith(folder) && file.indexOf('\\', folder.length()) < 0);
    }

    /** The free megabytes of drive C, where all mapped folders are. */
    private void fixedDrives() {
        context.results()
                .columns(List.of(new Column("drive", SqlType.character(1)), new Column("MB free", SqlType.INT)));
        var free = freeSpace();
        free.ifPresent(bytes -> context.results().row(List.of("C", (int) (bytes / MEGABYTE))));
        context.results().done(Completion.of(Completion.Command.SELECT, free.isPresent() ? 1 : 0));
    }

    private Optional<Long> freeSpace() {
        try {
            var root = context.instance().folders().anyReal();
            return root.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Files.getFileStore(root.get()).getUsableSpace());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
