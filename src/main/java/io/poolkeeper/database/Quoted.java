// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.database;

/** Names and texts in T-SQL, quoted so that nothing in them is read as T-SQL. */
final class Quoted {
    private Quoted() {}

    /** An identifier: {@code [a]]b]}. */
    static String name(String identifier) {
        return "[" + identifier.replace("]", "]]") + "]";
    }

    /** A Unicode literal: {@code N'it''s'}. */
    static String text(String literal) {
        return "N'" + literal.replace("'", "''") + "'";
    }
}
