// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.session.SqlType;
import java.util.List;

/** One statement of a batch, taken apart as far as the lab carries it out itself. */
public sealed interface Statement {
    /** The line of the batch on which it begins, from 1. */
    int line();

    /** SELECT, INSERT, UPDATE, DELETE, MERGE and the statements on tables: for H2. The verb is in upper case. */
    record Query(String verb, List<Token> tokens, int line) implements Statement {}

    /** SELECT @a = x, @b = y FROM ...: gives values to variables and returns nothing. */
    record SelectAssign(List<Assignment> assignments, List<Token> rest, int line) implements Statement {}

    /** One of its items. */
    record Assignment(String variable, Expression value) {}

    /** BEGIN ... END. */
    record Block(List<Statement> statements, int line) implements Statement {}

    /** IF; the last component is null without an ELSE. */
    record If(Expression condition, Statement then, Statement otherwise, int line) implements Statement {}

    /** WHILE. */
    record While(Expression condition, Statement body, int line) implements Statement {}

    /** DECLARE. */
    record Declare(List<Declaration> declarations, int line) implements Statement {}

    /** One variable; the value is null where none is given. */
    record Declaration(String name, SqlType type, Expression value) {}

    /** SET @a = x. */
    record SetVariable(String name, Expression value, int line) implements Statement {}

    /** SET of one option of the session, or several with one value; names and value in upper case. */
    record SetOption(List<String> names, String value, int line) implements Statement {}

    /** PRINT. */
    record Print(Expression text, int line) implements Statement {}

    /** RAISERROR(text, severity, state, arguments). */
    record RaiseError(List<Expression> arguments, int line) implements Statement {}

    /** WAITFOR DELAY. */
    record WaitFor(Operand delay, int line) implements Statement {}

    /** USE. */
    record Use(String database, int line) implements Statement {}

    /** BEGIN, COMMIT or ROLLBACK TRANSACTION. */
    record Transaction(Verb verb, int line) implements Statement {
        /** What happens to the transaction. */
        public enum Verb {
            BEGIN,
            COMMIT,
            ROLLBACK
        }
    }

    /** EXEC procedure; the result variable is null where none is given. */
    record Execute(String procedure, List<Argument> arguments, String resultVariable, int line) implements Statement {}

    /** An argument of EXEC; its name is empty where it is given by its place. */
    record Argument(String name, Operand value, boolean output) {}

    /** EXEC ('text'). */
    record ExecuteText(Expression text, int line) implements Statement {}

    /** RETURN without a value. */
    record Return(int line) implements Statement {}

    /** KILL. */
    record Kill(Operand session, int line) implements Statement {}

    /** CHECKPOINT, RECONFIGURE: accepted, nothing to do. */
    record Nothing(int line) implements Statement {}

    /** BACKUP DATABASE or BACKUP LOG. */
    record Backup(boolean log, Operand database, List<Operand> devices, Options options, int line)
            implements Statement {}

    /** RESTORE DATABASE or RESTORE LOG; no devices for a mere RESTORE ... WITH RECOVERY. */
    record Restore(boolean log, Operand database, List<Operand> devices, Options options, int line)
            implements Statement {}

    /** RESTORE VERIFYONLY, HEADERONLY, FILELISTONLY, LABELONLY. */
    record Inspect(What what, List<Operand> devices, Options options, int line) implements Statement {
        /** What is asked of the media. */
        public enum What {
            VERIFYONLY,
            HEADERONLY,
            FILELISTONLY,
            LABELONLY
        }
    }

    /** DBCC CHECKDB; the database is null where the current one is meant. */
    record CheckDb(Operand database, boolean informational, int line) implements Statement {}

    /** CREATE DATABASE; files may be empty, the collation null. */
    record CreateDatabase(String database, List<File> files, String collation, int line) implements Statement {}

    /** One file of a new database; either name may be null. */
    record File(boolean log, String logicalName, String physicalName) {}

    /** DROP DATABASE. */
    record DropDatabase(List<String> databases, boolean ifExists, int line) implements Statement {}

    /** ALTER DATABASE SET; the settings are in upper case, e.g. RECOVERY SIMPLE; CURRENT has a null name. */
    record AlterDatabase(String database, List<String> settings, boolean rollbackImmediate, int line)
            implements Statement {}
}
