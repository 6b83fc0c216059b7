// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.engine;

import io.poolkeeper.lab.sql.session.Message;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** What H2 complains about, in SQL Server's numbers; what has none becomes message 50000 with H2's own words. */
final class H2Errors {
    private static final int CANCELLED = 57014;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private H2Errors() {}

    /** The failure that an exception of H2 stands for; {@link Cancelled} if it is none. */
    static SqlFailure failure(SQLException e) {
        if (e.getErrorCode() == CANCELLED) {
            throw new Cancelled();
        }
        if (e.getCause() instanceof SqlFailure own) {
            return own;
        }
        var text = e.getMessage().lines().findFirst().orElse("").replaceAll("; SQL statement:$", "");
        var first = QUOTED.matcher(text);
        var name = first.find() ? first.group(1) : text;
        return switch (e.getErrorCode()) {
            case 42101 -> SqlFailure.of(2714, name);
            case 42102, 42103, 42104, 90013, 90079 -> ending(Messages.of(208, name));
            case 42121, 42122 -> ending(Messages.of(207, name));
            case 42000, 42001 -> ending(Messages.of(102, near(name)));
            case 90022 -> ending(Messages.of(195, name));
            case 23502 -> SqlFailure.of(515, name);
            case 23505 -> SqlFailure.of(2627, name);
            case 23503, 23506, 23513, 23514 -> SqlFailure.of(547, name);
            case 22001 -> SqlFailure.of(2628, name, "");
            case 22012 -> SqlFailure.of(8134);
            case 22003 -> SqlFailure.of(8115, "expression", "numeric");
            case 22007 -> SqlFailure.of(242);
            case 22018 -> SqlFailure.of(245, name, "int");
            case 21002 -> SqlFailure.of(213);
            default -> ending(Messages.unsupported("this: " + text));
        };
    }

    private static SqlFailure ending(Message message) {
        return SqlFailure.endingBatch(message);
    }

    /** H2 marks the place in the statement with [*]. */
    private static String near(String statement) {
        var at = statement.indexOf("[*]");
        var rest = at < 0 ? statement : statement.substring(at + 3).strip();
        var end = rest.indexOf(' ');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
