// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

import java.util.Locale;
import java.util.Set;

/**
 * One word of a batch.
 *
 * @param kind what it is
 * @param text its meaning: without quotes or brackets, and with what was doubled in them single
 * @param line the line it stands on, from 1
 */
public record Token(Kind kind, String text, int line) {
    /** The kinds of words. */
    public enum Kind {
        /** A keyword or a bare name. */
        WORD,
        /** A name in brackets or double quotes. */
        QUOTED,
        /** A text, with or without N. */
        STRING,
        /** A number. */
        NUMBER,
        /** 0x and digits. */
        BINARY,
        /** A name with one at sign. */
        VARIABLE,
        /** A name with two at signs. */
        GLOBAL,
        /** An operator or punctuation. */
        SYMBOL,
        /** Behind the last word. */
        END
    }

    /** Whether it is this keyword or bare name, in any case. */
    public boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is one of these keywords, given in upper case. */
    boolean isOneOf(Set<String> words) {
        return kind == Kind.WORD && words.contains(upper());
    }

    /** Whether it is this operator or punctuation. */
    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether it can name something. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }
}
