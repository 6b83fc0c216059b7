// SPDX-License-Identifier: Apache-2.0
package io.poolkeeper.lab.sql.tsql;

/** A batch that is not Transact-SQL, or not of the part that the lab speaks; nothing of it was run. */
public final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int line;

    private SyntaxError(int number, String text, int line) {
        super(text);
        this.number = number;
        this.line = line;
    }

    /** Message 102: the word that does not fit. */
    static SyntaxError near(Token token) {
        return new SyntaxError(102, "Incorrect syntax near '" + token.text() + "'.", token.line());
    }

    /** Message 105: a quote that is never closed. */
    static SyntaxError unclosed(String rest, int line) {
        return new SyntaxError(105, "Unclosed quotation mark after the character string '" + rest + "'.", line);
    }

    /** Message 137: a variable that was never declared. */
    static SyntaxError undeclared(Token token) {
        return new SyntaxError(137, "Must declare the scalar variable \"" + token.text() + "\".", token.line());
    }

    /** Message 155: an option that the statement does not have. */
    static SyntaxError option(Token token, String statement) {
        return new SyntaxError(
                155, "'" + token.text() + "' is not a recognized " + statement + " option.", token.line());
    }

    /** Message 50000: SQL Server knows it, the lab does not. */
    static SyntaxError unsupported(String what, Token token) {
        return new SyntaxError(50000, "The lab's SQL Server does not know " + what + ".", token.line());
    }

    /** The message's number. */
    public int number() {
        return number;
    }

    /** The line of the batch. */
    public int line() {
        return line;
    }
}
