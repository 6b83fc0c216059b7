// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses BACKUP and RESTORE in all their forms. */
final class BackupParser {
    private static final Set<String> BACKUP_OPTIONS = Keywords.of("""
            INIT NOINIT SKIP NOSKIP FORMAT NOFORMAT CHECKSUM NO_CHECKSUM STOP_ON_ERROR CONTINUE_AFTER_ERROR
            COPY_ONLY COMPRESSION NO_COMPRESSION DIFFERENTIAL STATS NAME DESCRIPTION MEDIANAME MEDIADESCRIPTION
            EXPIREDATE RETAINDAYS BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE REWIND NOREWIND UNLOAD NOUNLOAD
            NORECOVERY NO_TRUNCATE SNAPSHOT""");

    private static final Set<String> RESTORE_OPTIONS = Keywords.of("""
            FILE MOVE REPLACE RECOVERY NORECOVERY STATS CHECKSUM NO_CHECKSUM STOPAT STOP_ON_ERROR
            CONTINUE_AFTER_ERROR LOADHISTORY BLOCKSIZE BUFFERCOUNT MAXTRANSFERSIZE REWIND NOREWIND UNLOAD
            NOUNLOAD""");

    private static final Set<String> UNSUPPORTED = Keywords.of("""
            ENCRYPTION PASSWORD MEDIAPASSWORD STANDBY RESTART PARTIAL STOPATMARK STOPBEFOREMARK KEEP_REPLICATION
            FILE_SNAPSHOT CREDENTIAL METADATA_ONLY EXPIREDATE RETAINDAYS LOADHISTORY RESTRICTED_USER""");

    private static final Map<String, Statement.Inspect.What> INSPECTIONS = Map.of(
            "VERIFYONLY", Statement.Inspect.What.VERIFYONLY,
            "HEADERONLY", Statement.Inspect.What.HEADERONLY,
            "FILELISTONLY", Statement.Inspect.What.FILELISTONLY,
            "LABELONLY", Statement.Inspect.What.LABELONLY);

    private final TokenStream in;

    BackupParser(TokenStream in) {
        this.in = in;
    }

    /** BACKUP was just taken. */
    Statement backup(int line) {
        var log = isLog("BACKUP");
        var database = Operand.parse(in);
        in.expect("TO");
        var first = in.peek();
        var virtual = first.is("VIRTUAL_DEVICE") && in.peek(1).isSymbol("=");
        var devices = virtual ? virtualDevice() : devices();
        if (in.peek().is("MIRROR")) {
            throw SyntaxError.unsupported("MIRROR TO", in.peek());
        }
        var options = options("BACKUP", BACKUP_OPTIONS);
        if (virtual != options.has("SNAPSHOT")) {
            throw SyntaxError.unsupported(
                    virtual ? "devices of type VIRTUAL_DEVICE without SNAPSHOT" : "BACKUP WITH SNAPSHOT to a disk",
                    first);
        }
        return new Statement.Backup(log, database, devices, options, line);
    }

    /** RESTORE was just taken. */
    Statement restore(int line) {
        var what = INSPECTIONS.get(in.peek().upper());
        if (what != null) {
            in.next();
            in.expect("FROM");
            return new Statement.Inspect(what, devices(), options("RESTORE " + what, RESTORE_OPTIONS), line);
        }
        var log = isLog("RESTORE");
        var database = Operand.parse(in);
        var devices = in.accept("FROM") ? devices() : List.<Operand>of();
        return new Statement.Restore(log, database, devices, options("RESTORE", RESTORE_OPTIONS), line);
    }

    private boolean isLog(String verb) {
        if (in.accept("LOG")) {
            return true;
        }
        if (in.accept("DATABASE")) {
            return false;
        }
        throw in.peek().isName()
                ? SyntaxError.unsupported(verb + " " + in.peek().upper(), in.peek())
                : near();
    }

    /** What the SQL writer of VSS backs up to. */
    private List<Operand> virtualDevice() {
        in.next();
        in.expectSymbol("=");
        return List.of(Operand.parse(in));
    }

    private List<Operand> devices() {
        var all = new ArrayList<Operand>();
        do {
            if (in.peek().isOneOf(Set.of("URL", "TAPE", "VIRTUAL_DEVICE"))
                    && in.peek(1).isSymbol("=")) {
                throw SyntaxError.unsupported("devices of type " + in.peek().upper(), in.peek());
            }
            in.expect("DISK");
            in.expectSymbol("=");
            all.add(Operand.parse(in));
        } while (in.acceptSymbol(","));
        return all;
    }

    private Options options(String statement, Set<String> known) {
        var values = Options.empty();
        var moves = new ArrayList<Options.Move>();
        if (in.accept("WITH")) {
            do {
                option(statement, known, values, moves);
            } while (in.acceptSymbol(","));
        }
        return new Options(values, moves);
    }

    private void option(String statement, Set<String> known, Map<String, Operand> values, List<Options.Move> moves) {
        var token = in.next();
        if (token.isOneOf(UNSUPPORTED)) {
            throw SyntaxError.unsupported(statement + " WITH " + token.upper(), token);
        }
        if (!token.isOneOf(known)) {
            throw token.isName() ? SyntaxError.option(token, statement) : SyntaxError.near(token);
        }
        if (token.is("MOVE")) {
            var logicalName = Operand.parse(in);
            in.expect("TO");
            moves.add(new Options.Move(logicalName, Operand.parse(in)));
            return;
        }
        values.put(token.upper(), in.acceptSymbol("=") ? Operand.parse(in) : Options.nothing());
    }

    private SyntaxError near() {
        return SyntaxError.near(in.peek());
    }
}
