// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.List;
import java.util.Set;

/**
 * Finds where a statement ends that the lab does not parse itself: clients put statements in a row without anything
 * between them. A statement ends before a word that begins another, unless the words before say that it goes on.
 */
final class Boundaries {
    static final Set<String> STARTS = Keywords.of("""
            SELECT INSERT UPDATE DELETE MERGE CREATE ALTER DROP TRUNCATE BACKUP RESTORE DBCC USE SET DECLARE
            PRINT RAISERROR WAITFOR EXEC EXECUTE BEGIN COMMIT ROLLBACK SAVE IF WHILE KILL RETURN ELSE END
            CHECKPOINT RECONFIGURE GRANT REVOKE DENY THROW""");

    /** After these, a word that could begin a statement does not. */
    private static final Set<String> GOES_ON = Keywords.of("""
            UNION ALL EXCEPT INTERSECT AS ON FOR THEN TABLE VIEW INDEX SCHEMA""");

    /** The verbs that take a further statement's word into themselves, once. */
    private static final Set<String> TAKES_SELECT = Set.of("INSERT", "WITH");

    private static final Set<String> WITH_VERBS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE");

    private final TokenStream in;
    private final String verb;
    private boolean tookOne;
    private int parentheses;
    private int cases;

    private Boundaries(TokenStream in, String verb) {
        this.in = in;
        this.verb = verb;
    }

    /** Takes a statement whose verb (in upper case) was just taken, and returns its words from the verb on. */
    static List<Token> takeStatement(TokenStream in, String verb) {
        var start = in.position() - 1;
        new Boundaries(in, verb).take();
        return in.since(start);
    }

    /** Takes an expression. */
    static Expression takeExpression(TokenStream in) {
        var start = in.position();
        new Boundaries(in, "").take();
        if (in.position() == start) {
            throw SyntaxError.near(in.peek());
        }
        return new Expression(in.since(start));
    }

    /** Takes an expression that also ends before a comma. */
    static Expression takeItem(TokenStream in) {
        var start = in.position();
        var boundaries = new Boundaries(in, ",");
        boundaries.take();
        if (in.position() == start) {
            throw SyntaxError.near(in.peek());
        }
        return new Expression(in.since(start));
    }

    private void take() {
        while (!ends()) {
            count(in.next());
        }
    }

    private void count(Token token) {
        if (token.isSymbol("(")) {
            parentheses++;
        } else if (token.isSymbol(")")) {
            parentheses--;
        } else if (token.is("CASE")) {
            cases++;
        } else if (token.is("END")) {
            cases--;
        }
    }

    private boolean ends() {
        var token = in.peek();
        if (in.atEnd()) {
            return true;
        }
        if (parentheses > 0) {
            return false;
        }
        if (token.isSymbol(";") || token.isSymbol(")") || (verb.equals(",") && endsItem(token))) {
            return true;
        }
        if (!token.isOneOf(STARTS) || cases > 0) {
            return false;
        }
        return !goesOn(token);
    }

    private static boolean endsItem(Token token) {
        return token.isSymbol(",") || token.is("FROM");
    }

    private boolean goesOn(Token token) {
        if (in.previous().isOneOf(GOES_ON) || verb.equals("MERGE") || verb.equals("ALTER")) {
            return true;
        }
        if ((token.is("SET") && verb.equals("UPDATE")) || (token.is("IF") && verb.equals("DROP"))) {
            return takeOnce();
        }
        if (TAKES_SELECT.contains(verb) && token.isOneOf(WITH_VERBS)) {
            return takeOnce();
        }
        return false;
    }

    private boolean takeOnce() {
        var first = !tookOne;
        tookOne = true;
        return first;
    }
}
