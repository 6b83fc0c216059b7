// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import io.poolkeeper.lab.sql.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Takes a batch apart into words; comments and white space are dropped. */
public final class Lexer {
    private static final List<String> LONG_SYMBOLS = List.of("<=", ">=", "<>", "!=", "!<", "!>", "+=", "-=", "::");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Lexer(String text) {
        this.text = text;
    }

    /** All words of a batch; the last one is of kind END. */
    public static List<Token> tokens(String text) {
        return new Lexer(text).all();
    }

    private List<Token> all() {
        skipBlank();
        while (at < text.length()) {
            next();
            skipBlank();
        }
        add(Kind.END, "");
        return tokens;
    }

    private void next() {
        var c = text.charAt(at);
        if (c == '\'') {
            add(Kind.STRING, quoted('\''));
        } else if ((c == 'N' || c == 'n') && peek(1) == '\'') {
            at++;
            add(Kind.STRING, quoted('\''));
        } else if (c == '[') {
            add(Kind.QUOTED, quoted(']'));
        } else if (c == '"') {
            add(Kind.QUOTED, quoted('"'));
        } else if (c == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            add(Kind.BINARY, take(2, Lexer::isHex));
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            add(Kind.NUMBER, number());
        } else if (c == '@') {
            var isGlobal = peek(1) == '@';
            add(isGlobal ? Kind.GLOBAL : Kind.VARIABLE, take(isGlobal ? 2 : 1, Lexer::isNamePart));
        } else if (isNameStart(c)) {
            add(Kind.WORD, take(1, Lexer::isNamePart));
        } else {
            add(Kind.SYMBOL, symbol());
        }
    }

    private void add(Kind kind, String meaning) {
        tokens.add(new Token(kind, meaning, line));
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    /** Reads up to the closing quote; a doubled one stands for itself. */
    private String quoted(char close) {
        var meaning = new StringBuilder();
        var startLine = line;
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == close) {
                if (peek(1) != close) {
                    at++;
                    return meaning.toString();
                }
                at++;
            }
            line += c == '\n' ? 1 : 0;
            meaning.append(c);
        }
        throw SyntaxError.unclosed(meaning.toString(), startLine);
    }

    private String take(int first, IntPredicate more) {
        var start = at;
        at += first;
        while (at < text.length() && more.test(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String number() {
        var start = at;
        take(0, c -> isDigit(c) || c == '.');
        if (peek(0) == 'e' || peek(0) == 'E') {
            at += peek(1) == '+' || peek(1) == '-' ? 2 : 1;
            take(0, Lexer::isDigit);
        }
        return text.substring(start, at);
    }

    private String symbol() {
        var two = text.substring(at, Math.min(at + 2, text.length()));
        var found = LONG_SYMBOLS.contains(two) ? two : text.substring(at, at + 1);
        at += found.length();
        return found;
    }

    private void skipBlank() {
        while (at < text.length()) {
            if (text.startsWith("--", at)) {
                take(2, c -> c != '\n');
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF') {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    /** Comments nest. */
    private void skipComment() {
        var depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return Character.digit(c, 16) >= 0;
    }

    private static boolean isNameStart(int c) {
        return Character.isLetter(c) || c == '_' || c == '#';
    }

    private static boolean isNamePart(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '#' || c == '@' || c == '$';
    }
}
