// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.tsql.Token.Kind;
import java.util.List;
import java.util.Set;

/** A place in a run of words, and the small steps of a parser. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    /** Over words whose last is of kind END. */
    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** The word before this one, or this one if it is the first. */
    Token previous() {
        return tokens.get(Math.max(0, at - 1));
    }

    Token next() {
        var token = peek();
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    int position() {
        return at;
    }

    List<Token> since(int start) {
        return tokens.subList(start, at);
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    /** Takes the keyword if it is next. */
    boolean accept(String word) {
        if (peek().is(word)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    /** Takes one of the keywords, given in upper case, and returns it in upper case; null if none is next. */
    String acceptOneOf(Set<String> words) {
        return peek().isOneOf(words) ? next().upper() : null;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw SyntaxError.near(peek());
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw SyntaxError.near(peek());
        }
    }

    /** A name: bare, in brackets or in double quotes. */
    String expectName() {
        if (!peek().isName()) {
            throw SyntaxError.near(peek());
        }
        return next().text();
    }

    String expectString() {
        if (peek().kind() != Kind.STRING) {
            throw SyntaxError.near(peek());
        }
        return next().text();
    }

    int expectInteger() {
        if (peek().kind() != Kind.NUMBER) {
            throw SyntaxError.near(peek());
        }
        try {
            return Integer.parseInt(peek().text());
        } catch (NumberFormatException e) {
            throw SyntaxError.near(peek());
        } finally {
            next();
        }
    }
}
