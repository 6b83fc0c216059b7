// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

import io.poolkeeper.site.SqlSource;
import io.poolkeeper.step.PermanentFault;
import io.poolkeeper.step.StepFault;
import io.poolkeeper.step.TransientFault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sorts what SQL Server and its driver throw into the two faults. The whole chain is read: 3013 and 3041 only say that a
 * statement ended, the cause stands in the message before it (message numbers: sys.messages).
 */
final class SqlFaults {
    /** They say that something failed, never what. */
    private static final Set<Integer> ONLY_ENDED = Set.of(3013, 3041);

    /** Evidence that a backup, or the data in it, is damaged. */
    static final Set<Integer> DAMAGE =
            Set.of(3182, 3183, 3188, 3189, 3241, 3242, 3243, 3246, 3254, 3256, 3266, 3270, 823, 824, 825, 3043);

    private static final Set<Integer> TRANSIENT = Set.of(3023, 3204, 1205, 701, 802, 8645, 10928, 10929, 40501, 49918);

    private static final Map<Integer, String> HINTS = Map.ofEntries(
            Map.entry(911, "was the database dropped or renamed? run 'plan' to see what the instance holds now"),
            Map.entry(916, "map the login to the database, or make it a member of db_backupoperator there"),
            Map.entry(924, "the database is in single-user mode: end that session"),
            Map.entry(927, "the database is in the middle of a restore: finish it with RESTORE ... WITH RECOVERY"),
            Map.entry(942, "bring it online with ALTER DATABASE ... SET ONLINE, or exclude it under dispositions"),
            Map.entry(945, "SQL Server cannot open its files: see the ERRORLOG"),
            Map.entry(1844, "this edition cannot do that"),
            Map.entry(3023, "another backup or file operation is running: it is tried again"),
            Map.entry(3043, "a page of the database is damaged: run DBCC CHECKDB at once and keep the earlier sets"),
            Map.entry(3059, "a mirror cannot be backed up: name the instance that is the principal under sql"),
            Map.entry(3062, "a secondary replica takes copy-only backups alone: name the primary under sql"),
            Map.entry(3101, "somebody is using the database: stop the OCS services"),
            Map.entry(3110, "grant the login the server role dbcreator, or make it the database's owner"),
            Map.entry(3169, "the backup is of a newer SQL Server: restore it on that release or a later one"),
            Map.entry(3201, "SQL Server's own service account must be able to write to backupDirectory"),
            Map.entry(3202, "the disk that SQL Server writes backups to is full or failing"),
            Map.entry(3257, "there is not enough space for the restore"),
            Map.entry(4060, "the login cannot open that database"),
            Map.entry(18456, "check user and password of this sql entry, and that the server allows SQL logins"),
            Map.entry(262, "grant the login the right, e.g. by membership in db_backupoperator"));

    private SqlFaults() {}

    /** What one exception of a chain says. */
    record Message(int number, String text) {}

    /** All messages of a chain, first first; texts without the driver's prefixes. */
    static List<Message> chain(SQLException error) {
        var messages = new ArrayList<Message>();
        for (var e = error; e != null; e = e.getNextException()) {
            messages.add(new Message(e.getErrorCode(), String.valueOf(e.getMessage())));
        }
        return messages;
    }

    /** The message that tells the cause. */
    static Message cause(SQLException error) {
        var chain = chain(error);
        return chain.stream()
                .filter(message -> message.number() != 0 && !ONLY_ENDED.contains(message.number()))
                .findFirst()
                .orElse(chain.get(0));
    }

    /** The whole chain in one line. */
    static String text(SQLException error) {
        return chain(error).stream()
                .map(message -> message.number() == 0 ? message.text() : message.number() + " " + message.text())
                .collect(Collectors.joining("; "));
    }

    /** Whether the chain holds evidence of damage. */
    static boolean damage(SQLException error) {
        return chain(error).stream().anyMatch(message -> DAMAGE.contains(message.number()));
    }

    /**
     * The fault of an exception.
     *
     * @param doing what was tried where, e.g. {@code BACKUP DATABASE [rtc] on ocs2007-rtc}
     */
    static StepFault sort(String doing, SQLException error) {
        var cause = cause(error);
        var text = doing + ": " + text(error);
        var hint = HINTS.getOrDefault(cause.number(), isConnection(error) ? UNREACHABLE : "see the server's ERRORLOG");
        return isConnection(error) || TRANSIENT.contains(cause.number())
                ? new TransientFault(text, hint, error)
                : new PermanentFault(text, hint, error);
    }

    /**
     * The fault of a connection that could not be opened, with what to do about it.
     *
     * @param doing what was tried
     */
    static StepFault refused(SqlSource source, String doing, SQLException error) {
        var fault = sort(doing, error);
        var text = String.valueOf(fault.getMessage());
        var hint = ConnectionAdvice.of(source, error);
        return fault instanceof TransientFault
                ? new TransientFault(text, hint, error)
                : new PermanentFault(text, hint, error);
    }

    private static final String UNREACHABLE =
            "is the service running, is TCP/IP enabled for the instance, and does the firewall let this host through?";

    /** SQLState class 08 is a lost or refused connection (SQL:1999); the driver uses it for those alone. */
    static boolean isConnection(SQLException error) {
        return error.getErrorCode() == 0 && String.valueOf(error.getSQLState()).startsWith("08");
    }
}
